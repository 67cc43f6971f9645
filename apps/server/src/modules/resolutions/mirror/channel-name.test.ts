import { expect, test } from "vitest";
import { channelName, nextName } from "./channel-name.ts";

const id = "0190c2a0-0000-7000-8000-0123456789ab";

test.each([
  ["incident-20240115-auth", "incident-20240115-auth"],
  ["Incident-20240115-Échec réseau", "incident-20240115-echec-reseau"],
  ["incident-20240115-مشكلة", "incident-20240115"],
  ["مشكلة", "swarm-0123456789ab"],
  [`incident-20240115-${"x".repeat(100)}`, `incident-20240115-${"x".repeat(62)}`],
  [`${"x".repeat(79)} yes`, "x".repeat(79)],
])("%s makes the channel %s", (name, channel) => {
  expect(channelName({ id, name })).toBe(channel);
  expect(channel).toMatch(/^[a-z0-9][a-z0-9_-]{0,79}$/);
});

test("a name that is taken is numbered, then told apart by chance, within what Slack takes", () => {
  const all = (name: string) => {
    const names = [channelName({ id, name })];
    for (let next = nextName({ id, name }, names[0] ?? ""); next; next = nextName({ id, name }, next))
      names.push(next);
    return names;
  };
  expect(all("auth")).toEqual([
    "auth",
    "auth-2",
    "auth-3",
    "auth-4",
    "auth-5",
    expect.stringMatching(/^auth-[a-z0-9]{8}$/),
  ]);
  expect(all("x".repeat(80)).slice(1)).toEqual([
    ...[2, 3, 4, 5].map((number) => `${"x".repeat(78)}-${number}`),
    expect.stringMatching(/^x{71}-[a-z0-9]{8}$/),
  ]);
});
