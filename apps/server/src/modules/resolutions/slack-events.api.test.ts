import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { refusal } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { type SlackServer, startSlackServer } from "../../../../../tests/harness/slack-server.ts";
import { contextFor } from "../../faces/principal.ts";
import { askForMirror } from "./mirror/ask-for-mirror.ts";
import { slackEvents } from "./mirror/mirror.tables.ts";
import { mirrorSwarm } from "./mirror/mirror-swarm.ts";
import { tidySlackEvents } from "./mirror/tidy-events.ts";
import { actionsOf, byHand, connectTo, newSwarm, speakTo } from "./testing/mirrored.ts";

const samples = join(
  process.env.PARLANCE_SHARED_DATA ?? resolve(import.meta.dirname, "../../../../../../shared/data"),
  "webhooks/slack",
);

function hasSamples(): boolean {
  if (existsSync(samples)) return true;
  process.stderr.write("skipped: webhooks/slack is not in the shared test data (set PARLANCE_SHARED_DATA)\n");
  return false;
}

let server: TestServer;
let slack: SlackServer;
let hangUp: () => void;
let ada: TestUser;
let swarmId: string;
let channel: string;
let url: string;

beforeAll(async () => {
  server = await sharedTestServer();
  url = `${server.url}/v1/webhooks/slack/events`;
  slack = await startSlackServer();
  hangUp = speakTo(server, slack);
  ada = await server.signUp("Ada");
  slack.people.set("bob@example.test", { id: "UBOB", name: "Bob" });
  swarmId = (await newSwarm(server, ada)).id;
  await connectTo(ada, slack);
  await askForMirror(byHand(server, ada).ctx, { swarmId });
  await work();
  channel = slack.channels[0]?.id ?? "";
});
afterAll(async () => {
  hangUp();
  await slack.close();
  await server.close();
});

/** Does what is to be done, beside the server's own worker or before it. */
async function work(): Promise<void> {
  const { ctx } = byHand(server, ada);
  await eventually(async () => {
    await mirrorSwarm(ctx, { swarmId }, { holder: "by hand", lastTry: false });
    expect(await waiting()).toBe(0);
  });
}
const rows = () => server.services.db.withTenant(ada.tenantId, (tx) => tx.select().from(slackEvents));
const waiting = async () => (await rows()).filter(({ takenInAt }) => takenInAt === null).length;
const texts = async () => (await ada.trpc.swarms.get.query({ swarmId })).messages.map(({ text }) => text);
const said = (text: string, change: object = {}) => ({
  type: "message",
  channel,
  user: "UBOB",
  text,
  ts: `1700000000.${String(++count).padStart(6, "0")}`,
  ...change,
});
let count = 0;

test("the challenge by which Slack tries the address is answered before anything is connected", async () => {
  const answer = await slack.deliver(url, { type: "url_verification", challenge: "3eZbrw1a", token: "old" });
  expect([answer.status, await answer.json()]).toEqual([200, { challenge: "3eZbrw1a" }]);
});

describe("nothing is taken, in the same words,", () => {
  const minutes = (number: number) => new Date(Date.now() + number * 60_000);
  const refused: { title: string; change?: object; wrong?: Parameters<SlackServer["deliver"]>[2] }[] = [
    { title: "with another secret", wrong: { secret: "other" } },
    { title: "six minutes later", wrong: { at: minutes(-6) } },
    { title: "six minutes early", wrong: { at: minutes(6) } },
    { title: "with another body than was signed", wrong: { body: '{"type":"event_callback"}' } },
    { title: "of a team that nobody connected", change: { team_id: "TNOBODY" } },
    { title: "of another app of the team", change: { api_app_id: "AOTHER" } },
    { title: "without a team", change: { team_id: undefined } },
  ];
  test.each(refused)("$title", async ({ change, wrong }) => {
    const answer = await slack.deliver(url, slack.envelope(said("Never"), change), wrong);
    const { error } = await answer.json();
    expect(answer.status).toBe(401);
    expect(error).toMatchObject({
      code: "UNAUTHORIZED",
      message: "This is not signed by a Slack app that is connected here.",
    });
    expect(await texts()).not.toContain("Never");
  });

  test("without a signature", async () => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(url, {
      method: "POST",
      headers,
      body: JSON.stringify(slack.envelope(said("Never"))),
    });
    expect(answer.status).toBe(401);
  });
});

test("an event that comes five times at once, and again later, is one message", async () => {
  const event = slack.envelope(said("Only once"));
  const answers = await Promise.all(Array.from({ length: 5 }, () => slack.deliver(url, event)));
  expect(answers.map(({ status }) => status)).toEqual(Array(5).fill(200));
  await work();
  await slack.deliver(url, event);
  await work();
  expect((await texts()).filter((text) => text === "Only once")).toHaveLength(1);
  const received = (await actionsOf(server, ada, swarmId)).filter(
    (action) => action === "swarm.message_received",
  );
  expect(received).toHaveLength(1);
});

test("words come in their order, as plain text, with names; their copy beside the swarm is gone", async () => {
  const first = said(
    "Look: <https://a.example/x?a=1&amp;b=2|the page> <!here> <#C1|general>, <@UBOB> &lt;b&gt;",
  );
  const files = [{ name: "tea <b>.png", url_private: "https://files.example/x" }, { title: "Menu\nof May" }];
  const second = said("A picture", { subtype: "file_share", files });
  for (const event of [first, second]) await slack.deliver(url, slack.envelope(event));
  await work();
  expect((await texts()).slice(-2)).toEqual([
    "Look: the page (https://a.example/x?a=1&b=2) @here #general, @Bob <b>",
    "A picture\n(In Slack, not here: tea <b>.png, Menu of May)",
  ]);
  expect((await rows()).map(({ text }) => text)).toEqual((await rows()).map(() => null));
});

test("who has no name there is somebody; a name that Slack is too busy for is waited for", async () => {
  await slack.deliver(url, slack.envelope(said("From a stranger", { user: "UGONE" })));
  await work();
  slack.people.set("late@example.test", { id: "ULATE", name: "Late" });
  slack.fail("users.info", { status: 429, retryAfter: 1 });
  await slack.deliver(url, slack.envelope(said("From Late", { user: "ULATE" })));
  await work();
  const { messages } = await ada.trpc.swarms.get.query({ swarmId });
  expect(messages.slice(-2).map(({ authorName }) => authorName)).toEqual(["Somebody on Slack", "Late"]);
});

describe("what somebody said in Slack", () => {
  const edited = (message: ReturnType<typeof said>, text: string) => ({
    ...said(""),
    subtype: "message_changed",
    message: { ...message, text, edited: { user: "UBOB", ts: "1" } },
    previous_message: message,
  });
  const deleted = (message: ReturnType<typeof said>) => ({
    ...said(""),
    subtype: "message_deleted",
    deleted_ts: message.ts,
    previous_message: message,
  });
  /** What is there of a message in the end, told in this order. */
  async function after(...events: object[]) {
    const before = (await texts()).length;
    for (const event of events) {
      await slack.deliver(url, slack.envelope(event));
      await work();
    }
    const { messages } = await ada.trpc.swarms.get.query({ swarmId });
    return messages.slice(before).map(({ text, editedAt, deletedAt }) => ({
      text,
      edited: editedAt !== null,
      deleted: deletedAt !== null,
    }));
  }

  test("follows its edits and its removal there, in whatever order they are told", async () => {
    const whole = (words: string) => {
      const first = said(words);
      const [second, third] = [edited(first, `${words} then`), edited(first, `${words} at last`)];
      return { first, second, third, last: deleted(first) };
    };
    const a = whole("A");
    const atLast = (text: string) => [{ text, edited: true, deleted: false }];
    expect(await after(a.first, a.second, a.third)).toEqual(atLast("A at last"));
    const b = whole("B");
    expect(await after(b.third, b.second, b.first)).toEqual(atLast("B at last"));
    const c = whole("C");
    expect(await after(c.first, c.last, c.second)).toEqual([{ text: "", edited: false, deleted: true }]);
    const d = whole("D");
    expect(await after(d.last, d.first, d.third)).toEqual([{ text: "", edited: false, deleted: true }]);
  });

  test("is changed by its author's event only, and leaves what was said here as it was", async () => {
    const message = said("Mine");
    const theirs = {
      ...edited(message, "Not mine"),
      message: { ...message, user: "UEVE", text: "No", edited: {} },
    };
    expect(await after(message, theirs)).toEqual([{ text: "Mine", edited: false, deleted: false }]);
    await ada.trpc.swarms.sendMessage.mutate({ swarmId, content: "Said here" });
    const post = await eventually(async () => {
      const last = slack.channels[0]?.messages.at(-1);
      if (!last?.text.endsWith("Said here")) throw new Error("It is not in Slack yet.");
      return last;
    });
    const ours = { ...said("Said here"), ts: post.ts };
    expect(await after(edited(ours, "Changed there"), deleted(ours))).toEqual([]);
    expect((await texts()).at(-1)).toBe("Said here");
    expect(await actionsOf(server, ada, swarmId)).toEqual(
      expect.arrayContaining(["swarm.message_edited", "swarm.message_deleted"]),
    );
  });
});

test.each([
  ["a program's words, as our own come back", { bot_id: "B1" }],
  ["an edit of nothing", { subtype: "message_changed" }],
  [
    "an edit of a program's words",
    { subtype: "message_changed", message: { ...said("Ours, changed"), bot_id: "B1", edited: {} } },
  ],
  ["a preview below words", { subtype: "message_changed", message: said("Nothing") }],
  ["a removal of nothing", { subtype: "message_deleted" }],
  ["somebody's joining", { subtype: "channel_join" }],
  ["what is said in another channel", { channel: "CELSE" }],
  ["no words", { text: "" }],
])("%s: nothing is kept", async (_title, change) => {
  const before = (await rows()).length;
  const answer = await slack.deliver(url, slack.envelope(said("Nothing", change)));
  expect([answer.status, await answer.json(), (await rows()).length]).toEqual([200, { ok: true }, before]);
});

test.skipIf(!hasSamples())("whatever else Slack sends is taken, and has no effect", async () => {
  const before = await texts();
  const files = readdirSync(samples);
  expect(files.length).toBeGreaterThan(40);
  for (const file of files) {
    const { event } = JSON.parse(readFileSync(join(samples, file), "utf8"));
    if (!event || /revoked|uninstalled/.test(event.type)) continue;
    const answer = await slack.deliver(url, slack.envelope({ ...event, channel, user: "UBOB" }));
    expect([file, answer.status]).toEqual([file, 200]);
  }
  expect(await texts()).toEqual(before);
});

test("another workspace can neither connect the same app nor speak in this one's swarm by its own", async () => {
  const eve = await server.signUp("Eve");
  expect(await refusal(connectTo(eve, slack))).toBe("CONFLICT");
  expect(await eve.trpc.communication.listConnections.query()).toEqual([]);
  const { teamId, signingSecret } = slack;
  Object.assign(slack, { teamId: "TEVE", signingSecret: "eves-own" });
  await connectTo(eve, slack);
  const answer = await slack.deliver(url, slack.envelope(said("From Eve")));
  expect(answer.status).toBe(200);
  const forged = await slack.deliver(url, slack.envelope(said("From Eve"), { team_id: teamId }));
  expect(forged.status).toBe(401);
  Object.assign(slack, { teamId, signingSecret });
  expect(await texts()).not.toContain("From Eve");
});

test("an app that was removed from Slack is shown as such", async () => {
  await slack.deliver(url, slack.envelope({ type: "app_uninstalled" }));
  const [connection] = await ada.trpc.communication.listConnections.query();
  expect(connection).toMatchObject({
    status: "failing",
    lastError: expect.stringContaining("removed from Slack"),
  });
});

test("what was taken in is known for a week, and then forgotten", async () => {
  const at = (days: number) => ({
    ...contextFor(server.services, { kind: "system", name: "maintenance" }, ada.tenantId, null),
    now: () => new Date(Date.now() + days * 86_400_000),
  });
  await tidySlackEvents(at(6));
  expect((await rows()).length).toBeGreaterThan(0);
  await tidySlackEvents(at(8));
  expect(await rows()).toEqual([]);
});
