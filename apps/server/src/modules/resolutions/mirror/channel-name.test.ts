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

test("a name that is taken is numbered, within what Slack takes, and not forever", () => {
  expect(nextName("incident-20240115", "incident-20240115")).toBe("incident-20240115-2");
  expect(nextName("incident-20240115", "incident-20240115-2")).toBe("incident-20240115-3");
  expect(nextName("x".repeat(80), "x".repeat(80))).toBe(`${"x".repeat(78)}-2`);
  expect(nextName("incident", "incident-30")).toBeNull();
});
