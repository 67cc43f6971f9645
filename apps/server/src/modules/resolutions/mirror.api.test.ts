import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { colleague, refusal, refusalText } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import {
  type SlackFault,
  type SlackServer,
  startSlackServer,
} from "../../../../../tests/harness/slack-server.ts";
import { askForMirror } from "./mirror/ask-for-mirror.ts";
import { mirrorSwarm } from "./mirror/mirror-swarm.ts";
import { addSwarmParticipant, closeSwarm, sendSwarmMessage } from "./service/swarms.ts";
import { actionsOf, byHand, connectTo, newSwarm, speakTo } from "./testing/mirrored.ts";

let server: TestServer;
let slack: SlackServer;
let hangUp: () => void;
let ada: TestUser;
let agent: TestUser;

beforeAll(async () => {
  server = await sharedTestServer();
  slack = await startSlackServer();
  hangUp = speakTo(server, slack);
  ada = await server.signUp("Ada");
  agent = await colleague(server, ada, "agent");
  slack.people
    .set(ada.email, { id: "UADA", name: "Ada L." })
    .set(agent.email, { id: "UAGENT", name: "Agent" });
});
afterAll(async () => {
  hangUp();
  await slack.close();
  await server.close();
});

/** What the server's own worker does is waited for. */
const soon = <Result>(check: () => Result | Promise<Result>) => eventually(check);
const read = (swarmId: string) => ada.trpc.swarms.get.query({ swarmId });
const deedsTo = (swarmId: string) => actionsOf(server, ada, swarmId);
const connection = async () => (await ada.trpc.communication.listConnections.query())[0];

test("without Slack a swarm has no mirror, and none can be asked for", async () => {
  const eve = await server.signUp("Eve");
  const { id: swarmId, ...swarm } = await newSwarm(server, eve);
  expect(swarm).toMatchObject({ slackChannelName: null, mirror: { state: "none" }, canMirror: false });
  expect(await refusalText(eve.trpc.swarms.mirror.mutate({ swarmId }))).toContain("No Slack is connected");
});

test.each([
  ["a token that Slack refuses", { botToken: "xoxb-wrong" }, "API_KEY_INVALID"],
  ["another kind of token", { botToken: "xoxp-1" }, "VALIDATION_ERROR"],
  ["no signing secret", { signingSecret: "" }, "VALIDATION_ERROR"],
])("by %s nothing is connected", async (_title, change, code) => {
  const eve = await server.signUp("Eve");
  expect(await refusal(connectTo(eve, { ...slack, ...change }))).toBe(code);
  expect(await eve.trpc.communication.listConnections.query()).toEqual([]);
});

test("a swarm's talk goes to a channel of its own and comes back from it, until it is closed", async () => {
  expect(await connectTo(ada, slack)).toMatchObject({
    status: "connected",
    settings: { teamId: slack.teamId, teamName: "Acme", appId: slack.appId },
  });
  expect(JSON.stringify(await connection())).not.toMatch(/xoxb|sign-/);
  const { id: swarmId, name, resolution } = await newSwarm(server, ada);
  expect(name).toMatch(/^incident-\d{8}-auth$/);
  await ada.trpc.swarms.sendMessage.mutate({ swarmId, content: "<!channel> it is R&D's *fault*" });
  const channel = await soon(async () => {
    expect(await read(swarmId)).toMatchObject({ slackChannelName: `#${name}`, mirror: { state: "linked" } });
    expect(slack.textsIn(name)).toEqual(["*Ada*\n&lt;!channel&gt; it is R&amp;D's *fault*"]);
    return slack.channels.find((one) => one.name === name);
  });
  expect(channel?.topic).toContain(`${server.url}/resolutions?id=${resolution.id}`);
  expect([...(channel?.members ?? [])]).toContain("UADA");
  expect(channel?.members.has("UAGENT")).toBe(false);

  const said = {
    type: "message",
    channel: channel?.id,
    user: "UADA",
    text: "On it &amp; <@UADA>",
    ts: "1.000001",
  };
  const back = await slack.deliver(`${server.url}/v1/webhooks/slack/events`, slack.envelope(said));
  expect(back.status).toBe(200);
  await soon(async () => expect((await read(swarmId)).messages).toHaveLength(2));
  await agent.trpc.swarms.sendMessage.mutate({ swarmId, content: "Thanks" });
  await soon(() => expect(slack.textsIn(name)).toHaveLength(2));
  expect(channel?.members.has("UAGENT")).toBe(true);
  await soon(async () => {
    const { messages } = await read(swarmId);
    expect(messages.map(({ authorName, text, source }) => [authorName, text, source])).toEqual([
      ["Ada", "<!channel> it is R&D's *fault*", "parlance"],
      ["Ada L.", "On it & @Ada L.", "slack"],
      ["agent", "Thanks", "parlance"],
    ]);
  });
  await ada.trpc.swarms.close.mutate({ swarmId });
  await soon(() => expect(channel?.isArchived).toBe(true));
  expect(await deedsTo(swarmId)).toEqual(
    expect.arrayContaining(["swarm.mirrored", "swarm.message_received"]),
  );
});

test("a text goes to a channel that Slack lists, and to nothing else", async () => {
  await connectTo(ada, slack);
  const { listChannels, send, history } = ada.trpc.communication;
  const { id, name } = await server.services.ports.slack.createChannel(slack.botToken, "general");
  expect(await listChannels.query({ kind: "slack" })).toContainEqual({ id, name: `#${name}` });
  expect(await refusal(send.mutate({ kind: "slack", to: "general", text: "Hi" }))).toBe("VALIDATION_ERROR");
  await send.mutate({ kind: "slack", to: id, text: "<!here> hi" });
  await send.mutate({ kind: "slack", to: "C404", text: "Nowhere" });
  await soon(async () => {
    const { items } = await history.query({ kind: "slack" });
    expect(items.map(({ text, status }) => [text, status])).toEqual([
      ["Nowhere", "failed"],
      ["<!here> hi", "sent"],
    ]);
  });
  expect(slack.textsIn(name)).toEqual(["&lt;!here&gt; hi"]);
});

describe("by hand", () => {
  let swarmId: string;
  let hand: ReturnType<typeof byHand>;
  const run = (holder = "one") => mirrorSwarm(hand.ctx, { swarmId }, { holder, lastTry: false });
  const say = (content: string) => sendSwarmMessage(hand.ctx, { swarmId, content });
  const own = async () => (await read(swarmId)).slackChannelName?.slice(1) ?? "";
  const linked = async () => {
    await run();
    expect(await read(swarmId)).toMatchObject({ mirror: { state: "linked" } });
    return own();
  };

  // made while no Slack is connected, so that no job of the server's knows of it
  beforeEach(async () => {
    if (await connection()) await ada.trpc.communication.disconnect.mutate({ kind: "slack" });
    swarmId = (await newSwarm(server, ada)).id;
    await connectTo(ada, slack);
    hand = byHand(server, ada);
    await askForMirror(hand.ctx, { swarmId });
  });

  const faults: { title: string; fault: SlackFault; afterSeconds: number }[] = [
    { title: "asks for a pause", fault: { status: 429, retryAfter: 7 }, afterSeconds: 7 },
    { title: "asks for a long pause", fault: { status: 429, retryAfter: 86_400 }, afterSeconds: 300 },
    { title: "says ratelimited", fault: { error: "ratelimited" }, afterSeconds: 5 },
    { title: "answers 500", fault: { status: 500 }, afterSeconds: 5 },
    { title: "does it and is not heard", fault: "unheard", afterSeconds: 5 },
  ];
  test.each(faults)(
    "where Slack $title, each thing is done once all the same",
    async ({ fault, afterSeconds }) => {
      const before = slack.channels.length;
      for (const method of ["conversations.create", "conversations.invite", "chat.postMessage"]) {
        slack.fail(method, fault);
      }
      await say("one");
      await say("two");
      hand.jobs.length = 0;
      for (let tries = 0; tries < 3; tries++) await run();
      expect(hand.jobs).toEqual(Array(3).fill({ queue: "swarm.mirror", afterSeconds }));
      expect(await read(swarmId)).toMatchObject({ mirror: { failure: null } });
      const name = await linked();
      expect(slack.channels.slice(before).map((one) => one.name)).toEqual([name]);
      expect(slack.textsIn(name)).toEqual(["*Ada*\none", "*Ada*\ntwo"]);
    },
  );

  test("trouble that stays is shown after eight tries, and the next message tries again", async () => {
    await linked();
    slack.fail("chat.postMessage", ...Array<SlackFault>(8).fill({ status: 503 }));
    await say("kept");
    hand.jobs.length = 0;
    for (let tries = 0; tries < 8; tries++) await run();
    expect((await read(swarmId)).mirror).toMatchObject({ state: "failed", reason: "unreachable" });
    expect(hand.jobs.map(({ afterSeconds }) => afterSeconds)).toEqual([5, 10, 20, 40, 80, 160, 300]);
    await say("more");
    expect(slack.textsIn(await linked())).toEqual(["*Ada*\nkept", "*Ada*\nmore"]);
  });

  test("two jobs at once, and jobs that run again, post each message once and in order", async () => {
    const texts = Array.from({ length: 6 }, (_, at) => `message ${at}`);
    for (const text of texts) await say(text);
    await Promise.all([run("one"), run("two"), run("three")]);
    await run("one");
    expect(slack.textsIn(await linked())).toEqual(texts.map((text) => `*Ada*\n${text}`));
  });

  test("a name that is taken is numbered; who has no account there is left out", async () => {
    const { name } = await read(swarmId);
    slack.fail("conversations.create", { error: "name_taken" });
    const other = await colleague(server, ada, "agent");
    await addSwarmParticipant(hand.ctx, { swarmId, userId: other.userId, role: "member" });
    expect(await linked()).toMatch(new RegExp(`^${name}-(\\d|[a-z0-9]{8})$`));
    expect(await run()).toBeUndefined();
    expect(slack.calls.filter(({ fields }) => fields.email === other.email)).toHaveLength(1);
  });

  test("a token that was withdrawn is told, loses nothing, and is made good by another try", async () => {
    const name = await linked();
    slack.fail("chat.postMessage", { error: "token_revoked" });
    await say("one");
    await run();
    expect(await read(swarmId)).toMatchObject({
      mirror: { state: "failed", reason: "token" },
      canMirror: true,
    });
    expect(await connection()).toMatchObject({
      status: "failing",
      lastError: expect.stringContaining("token_revoked"),
    });
    await say("two");
    await run();
    expect(slack.textsIn(name)).toEqual([]);
    await askForMirror(hand.ctx, { swarmId });
    await linked();
    expect(slack.textsIn(name)).toEqual(["*Ada*\none", "*Ada*\ntwo"]);
    expect(await connection()).toMatchObject({ status: "connected", lastError: null });
    expect(await refusal(ada.trpc.swarms.mirror.mutate({ swarmId }))).toBe("CONFLICT");
    expect(await deedsTo(swarmId)).toEqual([
      "swarm.created",
      "swarm.mirror_asked",
      "swarm.mirrored",
      "swarm.message_sent",
      "swarm.mirror_failed",
      "swarm.message_sent",
      "swarm.mirror_asked",
      "swarm.mirrored",
    ]);
  });

  test("a channel that was archived in Slack is told; another try makes another", async () => {
    const first = await linked();
    for (const channel of slack.channels) channel.isArchived = true;
    await say("still here");
    await run();
    expect((await read(swarmId)).mirror).toMatchObject({ state: "failed", reason: "gone" });
    await askForMirror(hand.ctx, { swarmId });
    const second = await linked();
    expect(second).not.toBe(first);
    expect(slack.textsIn(second)).toEqual(["*Ada*\nstill here"]);
    expect([...(slack.channels.at(-1)?.members ?? [])]).toContain("UADA");
  });

  test("a Slack that was disconnected stops the mirror and not the swarm", async () => {
    await linked();
    await ada.trpc.communication.disconnect.mutate({ kind: "slack" });
    await say("one");
    await run();
    expect(await read(swarmId)).toMatchObject({
      mirror: { state: "failed", reason: "disconnected" },
      canMirror: false,
      messages: [{ text: "one" }],
    });
    await closeSwarm(hand.ctx, { swarmId });
  });
});
