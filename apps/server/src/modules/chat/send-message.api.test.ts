import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { followEvents, visit } from "../../../../../tests/harness/chat.ts";
import { botWith, colleague, play, refusal, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import {
  sharedTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { newId } from "../../platform/ids/index.ts";

const question = "What does delivery to Belgium cost?";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let member: TestUser;
let botId: string;
let sessionId: string;
const people = new Map<string, TrpcClient>();
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  botId = (await botWith(ada, shopTexts)).id;
  member = await colleague(server, ada, "member");
  people
    .set("guest", server.guest)
    .set("owner", ada.trpc)
    .set("member", member.trpc)
    .set("stranger", eve.trpc);
  ({ sessionId } = await ada.trpc.chat.sendMessage.mutate({ botId, text: question }));
});
afterAll(() => server.close());

const as = (who: string) => () => {
  const trpc = people.get(who);
  if (!trpc) throw new Error(`Nobody is ${who}.`);
  return trpc;
};

describe("chat.sendMessage", () => {
  test("answers the whole of the answer, and what is kept is the same", async () => {
    const sent = await ada.trpc.chat.sendMessage.mutate({ botId, text: question, clientId: "first" });
    expect(sent).toMatchObject({
      deliveredTo: "bot",
      state: "complete",
      mode: "extractive",
      handoff: { offered: false, reason: null },
      text: expect.stringContaining("12 euros"),
    });
    expect(sent.sources[0]).toMatchObject({ number: 1, documentName: expect.any(String) });
    expect(sent.claims[0]).toMatchObject({ verdict: "supported", citations: [1] });
    expect(sent.confidence).toBeGreaterThan(0);
    const kept = await ada.trpc.answers.get.query({ id: sent.answerId ?? "" });
    expect(kept).toMatchObject({
      messageId: sent.messageId,
      verdict: sent.verdict,
      confidence: sent.confidence,
    });
    expect(kept.citations.map(({ quote }) => quote)).toEqual(sent.sources.map(({ quote }) => quote));
  });

  test("is the same for the same clientId, also at once, and counts once", async () => {
    const id = newId();
    const send = () =>
      ada.trpc.chat.sendMessage.mutate({ sessionId: id, botId, text: question, clientId: "twice" });
    const used = async () =>
      (await ada.trpc.user.getUsage.query()).limits.find(({ limit }) => limit === "queries")?.used ?? 0;
    const before = await used();
    const [one, two] = await Promise.all([send(), send()]);
    const { notice: _one, sources: _sources, ...first } = one;
    expect(two).toMatchObject(first);
    expect(await send()).toMatchObject(first);
    const { items } = await ada.trpc.chat.history.query({ sessionId: id });
    expect(items.map(({ author }) => author)).toEqual(["customer", "bot"]);
    expect(await used()).toBe(before + 1);
  });

  test("offers a person where nothing answers, again with the reason when it is asked again", async () => {
    const message = { botId, text: "Who painted the ceiling of the chapel?", clientId: "c" };
    const sent = await ada.trpc.chat.sendMessage.mutate(message);
    expect(sent).toMatchObject({
      mode: "abstained",
      confidence: 0,
      sources: [],
      handoff: { offered: true, reason: "unknown" },
    });
    const { sessionId } = sent;
    expect(await ada.trpc.chat.sendMessage.mutate({ ...message, sessionId })).toMatchObject({
      answerId: sent.answerId,
      text: sent.text,
      handoff: sent.handoff,
    });
    const { items } = await ada.trpc.chat.history.query({ sessionId });
    expect(items.at(-1)?.answer?.handoff).toEqual(sent.handoff);
  });

  test("small talk has words and no answer behind them", async () => {
    const sent = await ada.trpc.chat.sendMessage.mutate({ sessionId, text: "Hello" });
    expect(sent).toMatchObject({ answerId: null, verdict: null, confidence: null, mode: null });
    expect(sent.text).not.toBe("");
  });

  test("goes to a person where one was asked for, and is heard on the stream", async () => {
    const id = newId();
    await member.trpc.chat.sendMessage.mutate({ sessionId: id, botId, text: "Hello" });
    const live = await followEvents(server, id, member.headers);
    const sent = await member.trpc.chat.sendMessage.mutate({
      sessionId: id,
      text: "I want to talk to a human",
    });
    expect(sent).toMatchObject({ deliveredTo: "agent", messageId: null, text: "" });
    await live.until((events) => JSON.stringify(events).includes('"escalated"'));
    await live.close();
  });

  const visitorsId = async () => (await visit(server, ada, botId)).conversationId;
  const scenarios: Scenario[] = [
    {
      title: "a guest",
      as: as("guest"),
      call: (t) => t.chat.sendMessage.mutate({ botId, text: "Hi" }),
      refused: "UNAUTHORIZED",
    },
    { title: "a member", as: as("member"), call: (t) => t.chat.sendMessage.mutate({ botId, text: "Hi" }) },
    {
      title: "a member into another member's conversation",
      as: as("member"),
      call: (t) => t.chat.sendMessage.mutate({ sessionId, text: "Hi" }),
      refused: "NOT_FOUND",
    },
    {
      title: "a stranger with another tenant's bot",
      as: as("stranger"),
      call: (t) => t.chat.sendMessage.mutate({ botId, text: "Hi" }),
      refused: "NOT_FOUND",
    },
    {
      title: "a stranger into another tenant's conversation",
      as: as("stranger"),
      call: (t) => t.chat.sendMessage.mutate({ sessionId, text: "Hi" }),
      refused: "NOT_FOUND",
    },
    {
      title: "a member into a visitor's conversation",
      as: as("member"),
      call: async (t) => t.chat.sendMessage.mutate({ sessionId: await visitorsId(), text: "Hi" }),
      refused: "NOT_FOUND",
    },
    {
      title: "an absent conversation and no bot",
      as: as("owner"),
      call: (t) => t.chat.sendMessage.mutate({ sessionId: newId(), text: "Hi" }),
      refused: "NOT_FOUND",
    },
    {
      title: "an absent bot",
      as: as("owner"),
      call: (t) => t.chat.sendMessage.mutate({ botId: newId(), text: "Hi" }),
      refused: "NOT_FOUND",
    },
    {
      title: "neither a bot nor a conversation",
      as: as("owner"),
      call: (t) => t.chat.sendMessage.mutate({ text: "Hi" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "a conversation with another bot",
      as: as("owner"),
      call: async (t) => {
        const { id } = await t.bot.create.mutate({ name: "Other" });
        return t.chat.sendMessage.mutate({ sessionId, botId: id, text: "Hi" });
      },
      refused: "CONFLICT",
    },
    ...[
      { fields: { text: "" }, refused: "VALIDATION_ERROR" },
      { fields: { text: "  " }, refused: "VALIDATION_ERROR" },
      { fields: { text: "x".repeat(8_000) } },
      { fields: { text: "x".repeat(8_001) }, refused: "VALIDATION_ERROR" },
      { fields: { text: "Hi", clientId: "" }, refused: "VALIDATION_ERROR" },
      { fields: { text: "Hi", clientId: "c".repeat(200) } },
      { fields: { text: "Hi", clientId: "c".repeat(201) }, refused: "VALIDATION_ERROR" },
      { fields: { text: "Hi", sessionId: "x" }, refused: "VALIDATION_ERROR" },
      { fields: { text: "Hi", botId: "x" }, refused: "VALIDATION_ERROR" },
    ].map(({ fields, ...rest }) => ({
      title: JSON.stringify(fields).slice(0, 40) + (fields.text.length + (fields.clientId?.length ?? 0)),
      as: as("owner"),
      call: ((t) => t.chat.sendMessage.mutate({ sessionId, ...fields })) satisfies Scenario["call"],
      ...rest,
    })),
  ];
  test.each(scenarios)("$title: $refused", async (scenario) => {
    await play(scenario);
  });
});

describe("chat.history", () => {
  test("is paged, either way, with what lies behind the bot's messages", async () => {
    const id = newId();
    for (const text of [question, "Hello", "Are shipping costs refunded?"]) {
      await ada.trpc.chat.sendMessage.mutate({ sessionId: id, botId, text, clientId: text.slice(0, 5) });
    }
    const first = await ada.trpc.chat.history.query({ sessionId: id, pageSize: 4 });
    expect(first.items.map(({ author }) => author)).toEqual(["customer", "bot", "customer", "bot"]);
    expect(first.items[0]).toMatchObject({ text: question, clientId: "What ", answer: null });
    expect(first.items[1]).toMatchObject({ clientId: null, answer: { mode: "extractive", rating: null } });
    expect(first.items[1]?.answer?.sources[0]?.quote).toContain("12 euros");
    expect(first.meta).toEqual({
      totalItems: 6,
      itemCount: 4,
      itemsPerPage: 4,
      totalPages: 2,
      currentPage: 1,
    });
    const last = await ada.trpc.chat.history.query({ sessionId: id, pageSize: 4, page: 2 });
    const latest = await ada.trpc.chat.history.query({ sessionId: id, pageSize: 6, direction: "desc" });
    expect([...first.items, ...last.items].map(({ id }) => id)).toEqual(
      latest.items.map(({ id }) => id).reverse(),
    );
    expect((await ada.trpc.chat.history.query({ sessionId: id, page: 9 })).items).toEqual([]);
  });

  test.each([
    ["guest", () => ({ sessionId }), "UNAUTHORIZED"],
    ["member", () => ({ sessionId }), "NOT_FOUND"],
    ["stranger", () => ({ sessionId }), "NOT_FOUND"],
    ["owner", () => ({ sessionId: newId() }), "NOT_FOUND"],
    ["owner", () => ({ sessionId: "x" }), "VALIDATION_ERROR"],
    ["owner", () => ({ sessionId, pageSize: 0 }), "VALIDATION_ERROR"],
    ["owner", () => ({ sessionId, pageSize: 101 }), "VALIDATION_ERROR"],
    ["owner", () => ({ sessionId, page: 0 }), "VALIDATION_ERROR"],
  ] as const)("by a %s is refused (%#)", async (who, input, code) => {
    expect(await refusal(as(who)().chat.history.query(input()))).toBe(code);
  });
});
