import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat } from "../../../../../tests/harness/chat.ts";
import {
  botWith,
  colleague,
  play,
  refusal,
  refusalText,
  type Scenario,
} from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { newId } from "../../platform/ids/index.ts";
import { answers } from "../answers/answers.tables.ts";
import { auditLog } from "../identity/identity.tables.ts";

const question = "What does delivery to Belgium cost?";
const dateFrom = "2020-01-01T00:00:00Z";
const dateTo = "2120-01-01T00:00:00Z";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let agent: TestUser;
const people: Record<string, TestUser> = {};
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  agent = await colleague(server, ada, "agent");
  await botWith(ada, shopTexts, "Shop");
  Object.assign(people, { owner: ada, stranger: eve, agent });
});
afterAll(() => server.close());

const as = (who: string) => () => {
  const person = people[who];
  if (who !== "guest" && !person) throw new Error(`Nobody is ${who}.`);
  return person?.trpc ?? server.guest;
};

/** A member of Ada's who has not asked anything yet: ten questions a minute are soon over. */
const newcomer = () => colleague(server, ada, "member");

describe("qa.ask", () => {
  test("answers with sources, opens a conversation and goes on in it", async () => {
    const { trpc } = await newcomer();
    const first = await trpc.qa.ask.mutate({ question });
    expect(first.answer).toContain("12 euros");
    expect(first.sources[0]?.quote).toContain("12 euros");
    expect(first.confidence).toBeGreaterThan(0);
    const { conversationId } = first;
    const second = await trpc.qa.ask.mutate({ question: "Are shipping costs refunded?", conversationId });
    expect(second.conversationId).toBe(conversationId);
    const kept = await trpc.qa.getConversation.query(conversationId);
    expect(kept).toMatchObject({ id: conversationId, session_id: conversationId, language: "en" });
    expect(
      kept.interactions.map(({ id, question, answer, sources_used, confidence_score }) => ({
        interactionId: id,
        question,
        answer,
        sources: sources_used,
        confidence: confidence_score,
      })),
    ).toEqual([
      {
        interactionId: first.interactionId,
        question,
        answer: first.answer,
        sources: kept.interactions[0]?.sources_used,
        confidence: first.confidence,
      },
      {
        interactionId: second.interactionId,
        question: "Are shipping costs refunded?",
        answer: second.answer,
        sources: kept.interactions[1]?.sources_used,
        confidence: second.confidence,
      },
    ]);
    expect(kept.interactions[0]?.sources_used.map(({ quote }) => quote)).toEqual(
      first.sources.map(({ quote }) => quote),
    );
  });

  test("speaks of itself in the language that was chosen", async () => {
    const { trpc } = await newcomer();
    const unanswerable = "Who painted the ceiling of the chapel?";
    const said = async (language: "en" | "fr" | "ar") =>
      (await trpc.qa.ask.mutate({ question: unanswerable, language })).answer;
    expect(await said("en")).toMatch(/^I did not find/);
    expect(await said("fr")).toMatch(/^Je n’ai pas trouvé/);
    expect(await said("ar")).toMatch(/^لم أجد/);
    const asked = await trpc.qa.ask.mutate({ question: "Hello", language: "fr" });
    expect(asked).toMatchObject({ answer: expect.stringContaining("Bonjour"), confidence: 0, sources: [] });
    expect((await trpc.qa.getConversation.query(asked.conversationId)).language).toBe("fr");
  });

  test("a wish for a person is answered in words, and agents see the conversation", async () => {
    const { trpc } = await newcomer();
    const asked = await trpc.qa.ask.mutate({ question: "I want to talk to a human" });
    expect(asked).toMatchObject({ answer: expect.stringContaining("A person was asked"), sources: [] });
    const inbox = await agent.trpc.conversations.list.query({ view: "needs_human" });
    expect(inbox.items).toContainEqual(
      expect.objectContaining({ id: asked.conversationId, channel: "portal" }),
    );
    await agent.trpc.conversations.reply.mutate({
      id: asked.conversationId,
      text: "Here I am.",
      clientId: newId(),
    });
    const kept = await trpc.qa.getConversation.query(asked.conversationId);
    expect(kept.interactions).toMatchObject([
      { id: asked.interactionId, answer: expect.stringContaining("Here I am."), confidence_score: null },
    ]);
    expect(
      await refusal(trpc.qa.provideFeedback.mutate({ interactionId: asked.interactionId, rating: 5 })),
    ).toBe("NOT_FOUND");
  });

  const ask = (fields: {
    question?: string;
    conversationId?: string;
    language?: string;
  }): Scenario["call"] => {
    return (t) => Reflect.apply(t.qa.ask.mutate, null, [{ question, ...fields }]);
  };
  const bounds: [string, Scenario["call"], string | undefined][] = [
    ["an empty question", ask({ question: "" }), "VALIDATION_ERROR"],
    ["a blank question", ask({ question: "  " }), "VALIDATION_ERROR"],
    ["a question of one", ask({ question: "?" }), undefined],
    ["a question of 1,000", ask({ question: "q".repeat(1_000) }), undefined],
    ["a question of 1,001", ask({ question: "q".repeat(1_001) }), "VALIDATION_ERROR"],
    ["another language", ask({ language: "de" }), "VALIDATION_ERROR"],
    ["no conversation", ask({ conversationId: "x" }), "VALIDATION_ERROR"],
    ["an absent conversation", ask({ conversationId: newId() }), "NOT_FOUND"],
  ];
  const rows = bounds.map(([title, call, refused]) => ({ title, call, refused }));
  test.each(rows)("$title: $refused", async ({ call, refused }) => {
    await play({ as: as("owner"), call, ...(refused ? { refused } : {}) });
  });
});

describe("which bot answers", () => {
  test("the one that was chosen, else the first ready one; none is a clear refusal", async () => {
    const bea = await server.signUp("Bea");
    expect(await refusal(bea.trpc.qa.ask.mutate({ question }))).toBe("BOT_NOT_READY");
    expect(await refusalText(bea.trpc.qa.ask.mutate({ question }))).toContain("No bot can answer here yet.");
    const empty = await bea.trpc.bot.create.mutate({ name: "Empty" });
    const first = await botWith(bea, { "Delivery.md": "Delivery to Belgium costs four euros." }, "First");
    const second = await botWith(bea, { "Delivery.md": "Delivery to Belgium costs nine euros." }, "Second");
    const told = async () => (await bea.trpc.qa.ask.mutate({ question })).answer;
    expect(await bea.trpc.qa.getSettings.query()).toEqual({
      botId: null,
      answeredBy: { id: first.id, name: "First" },
    });
    expect(await told()).toContain("four");
    await bea.trpc.qa.updateSettings.mutate({ botId: second.id });
    expect(await told()).toContain("nine");
    expect(await bea.trpc.qa.updateSettings.mutate({ botId: empty.id })).toEqual({
      botId: empty.id,
      answeredBy: null,
    });
    expect(await refusal(bea.trpc.qa.ask.mutate({ question }))).toBe("BOT_NOT_READY");
    await bea.trpc.bot.delete.mutate({ id: empty.id });
    expect(await told()).toContain("four");
    await bea.trpc.qa.updateSettings.mutate({ botId: second.id });
    expect(await bea.trpc.qa.updateSettings.mutate({ botId: null })).toMatchObject({ botId: null });
    const entries = await server.services.db.withTenant(bea.tenantId, (tx) =>
      tx
        .select()
        .from(auditLog)
        .where(and(eq(auditLog.tenantId, bea.tenantId), eq(auditLog.action, "portal.updated"))),
    );
    expect(entries).toHaveLength(4);
  });
});

describe("feedback", () => {
  test("keeps the number and the comment; 1 and 2 are a thumb down, 4 and 5 one up, 3 neither", async () => {
    const { trpc } = await newcomer();
    const asked = await trpc.qa.ask.mutate({ question });
    const { interactionId, conversationId } = asked;
    const thumbs: unknown[] = [];
    for (const rating of [1, 2, 3, 4, 5]) {
      const rated = await trpc.qa.provideFeedback.mutate({ interactionId, rating, comment: "Fine." });
      expect(rated).toMatchObject({
        id: interactionId,
        conversation_id: conversationId,
        question,
        answer: asked.answer,
        feedback_rating: rating,
        feedback_comment: "Fine.",
      });
      const [row] = await server.services.db.withTenant(ada.tenantId, (tx) =>
        tx.select().from(answers).where(eq(answers.messageId, interactionId)),
      );
      expect(row?.ratingScore).toBe(rating);
      thumbs.push(row?.rating);
    }
    expect(thumbs).toEqual(["down", "down", null, "up", "up"]);
  });

  test("analytics count, average and divide nothing by none", async () => {
    const cem = await server.signUp("Cem");
    const read = () => cem.trpc.qa.getAnalytics.query({ dateFrom, dateTo });
    const none = { totalQuestions: 0, avgResponseTime: 0, avgConfidence: 0, feedbackRate: 0, avgRating: 0 };
    expect(await read()).toEqual(none);
    const bot = await botWith(cem, shopTexts);
    await askBot(server, memberChat(cem, bot.id), question); // a test of the bot is no question of the portal's
    const asked = [];
    for (let n = 0; n < 3; n++) asked.push(await cem.trpc.qa.ask.mutate({ question }));
    expect(await read()).toMatchObject({ totalQuestions: 3, feedbackRate: 0, avgRating: 0 });
    const [one, two] = asked;
    await cem.trpc.qa.provideFeedback.mutate({ interactionId: one?.interactionId ?? "", rating: 2 });
    await cem.trpc.qa.provideFeedback.mutate({ interactionId: two?.interactionId ?? "", rating: 5 });
    await server.services.db.withTenant(cem.tenantId, async (tx) => {
      const kept = await tx.select().from(answers);
      for (const [at, { id }] of kept.entries()) {
        const change = { latencyMs: 100 * (at + 1), confidence: 0.5 };
        await tx.update(answers).set(change).where(eq(answers.id, id));
      }
    });
    const figures = await read();
    expect(figures).toMatchObject({
      totalQuestions: 3,
      avgConfidence: 0.5,
      feedbackRate: 67,
      avgRating: 3.5,
    });
    expect(figures.avgResponseTime).toBeGreaterThanOrEqual(200);
    const before = { dateFrom, dateTo: "2021-01-01T00:00:00Z" };
    expect(await cem.trpc.qa.getAnalytics.query(before)).toEqual(none);
  });

  test.each([
    [{ rating: 0.9 }, "VALIDATION_ERROR"],
    [{ rating: 5.1 }, "VALIDATION_ERROR"],
    [{ rating: 5, comment: "c".repeat(1_001) }, "VALIDATION_ERROR"],
    [{ rating: 5, interactionId: "x" }, "VALIDATION_ERROR"],
    [{ rating: 5 }, "NOT_FOUND"],
  ])("a rating is refused (%#)", async (fields, code) => {
    const input = { interactionId: newId(), ...fields };
    expect(await refusal(ada.trpc.qa.provideFeedback.mutate(input))).toBe(code);
  });
});

describe("who may", () => {
  test("only whose it is reads and rates a conversation, an owner not either", async () => {
    const [mine, other] = [await newcomer(), await newcomer()];
    const { conversationId, interactionId } = await mine.trpc.qa.ask.mutate({ question });
    for (const { trpc } of [other, ada, agent, eve]) {
      expect(await refusal(trpc.qa.getConversation.query(conversationId))).toBe("NOT_FOUND");
      expect(await refusal(trpc.qa.provideFeedback.mutate({ interactionId, rating: 1 }))).toBe("NOT_FOUND");
      expect(await refusal(trpc.qa.ask.mutate({ question, conversationId }))).toBe("NOT_FOUND");
    }
    // a test of a bot is no conversation of the portal, though it is one's own
    const chat = memberChat(mine, (await ada.trpc.bot.list.query()).items[0]?.id ?? "");
    await askBot(server, chat, "Hello");
    expect(await refusal(mine.trpc.qa.getConversation.query(chat.chatId))).toBe("NOT_FOUND");
    expect(await refusal(mine.trpc.qa.getConversation.query("x"))).toBe("VALIDATION_ERROR");
  });

  const period = { dateFrom, dateTo };
  const cases: [string, Scenario["call"], string | undefined][] = [
    ["guest", (t) => t.qa.ask.mutate({ question }), "UNAUTHORIZED"],
    ["guest", (t) => t.qa.getConversation.query(newId()), "UNAUTHORIZED"],
    ["guest", (t) => t.qa.provideFeedback.mutate({ interactionId: newId(), rating: 1 }), "UNAUTHORIZED"],
    ["guest", (t) => t.qa.getAnalytics.query(period), "UNAUTHORIZED"],
    ["guest", (t) => t.qa.getSettings.query(), "UNAUTHORIZED"],
    ["guest", (t) => t.qa.updateSettings.mutate({ botId: null }), "UNAUTHORIZED"],
    ["agent", (t) => t.qa.getAnalytics.query(period), "FORBIDDEN"],
    ["agent", (t) => t.qa.getSettings.query(), undefined],
    ["agent", (t) => t.qa.updateSettings.mutate({ botId: null }), "FORBIDDEN"],
    ["owner", (t) => t.qa.getAnalytics.query(period), undefined],
    ["owner", (t) => t.qa.getAnalytics.query({ dateFrom: dateTo, dateTo: dateFrom }), "VALIDATION_ERROR"],
    ["owner", (t) => t.qa.getAnalytics.query({ dateFrom: "May", dateTo }), "VALIDATION_ERROR"],
    ["owner", (t) => t.qa.updateSettings.mutate({ botId: newId() }), "NOT_FOUND"],
    ["owner", (t) => t.qa.updateSettings.mutate({ botId: "x" }), "VALIDATION_ERROR"],
  ];
  const rows = cases.map(([who, call, refused]) => ({ who, call, refused }));
  test.each(rows)("$who ($#): $refused", async ({ who, call, refused }) => {
    await play({ as: as(who), call, ...(refused ? { refused } : {}) });
  });
});
