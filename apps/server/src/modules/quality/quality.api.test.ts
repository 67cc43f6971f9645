import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GivenAnswer, keepAnswers } from "../../../../../tests/harness/answers.ts";
import { askBot, memberChat, verificationOf } from "../../../../../tests/harness/chat.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { auditLog } from "../identity/identity.tables.ts";

const shopQuestion = "How many days does a refund take after the parcel?";
/** The same promise with another number. */
const contradicting = {
  "Policy.md":
    "The refund of the purchase price is paid to customers 14 days after the return of the parcel.",
  "Old policy.md":
    "After the return of the parcel, the refund of the purchase price is paid to customers in 30 days.",
};

let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

const range = { startDate: "2026-01-01", endDate: "2026-01-31" };
const given = (botId: string, day: number, more: Partial<GivenAnswer> = {}): GivenAnswer => ({
  botId,
  createdAt: new Date(Date.UTC(2026, 0, day, 12)),
  channel: "widget",
  question: "Do you deliver?",
  mode: "extractive",
  model: "builtin:extractive",
  language: "en",
  confidence: 0.85,
  latencyMs: 10,
  fallbackReason: null,
  inputTokens: 0,
  outputTokens: 0,
  cost: 0,
  rating: null,
  ratingComment: null,
  cites: [],
  handOff: false,
  ...more,
});

describe("a check", () => {
  test("of any text, claim by claim", async () => {
    const checked = await ada.trpc.qualityAssurance.check.mutate({
      answer: "Refunds take 14 days [1]. Parcels cost 9 euros [2].",
      sources: [{ text: "Refunds take 14 days.", title: "Refunds" }, { text: "Parcels cost 5 euros." }],
    });
    expect(checked).toMatchObject({
      answerId: null,
      checkedClaims: 2,
      supportedClaims: 1,
      supportedShare: 0.5,
      isHallucinated: true,
      missingSources: [],
    });
    const [right, wrong] = checked.claims;
    expect(right).toMatchObject({ verdict: "supported", citations: [1], start: 0, end: 25 });
    expect(wrong).toMatchObject({ verdict: "unsupported" });
    expect(wrong?.reasons).toContain('number "9" is not in source 2');
  });

  test("of an answer that was given, also after its document has gone", async () => {
    const bot = await botWith(ada, shopTexts);
    const answer = await askBot(server, memberChat(ada, bot.id), shopQuestion);
    const answerId = answer.metadata?.answerId ?? "";
    const before = await ada.trpc.qualityAssurance.check.mutate({ answerId });
    expect(before).toMatchObject({ answerId, isHallucinated: false, supportedShare: 1, missingSources: [] });
    for (const { id: documentId } of bot.documents) {
      await ada.trpc.botDocument.delete.mutate({ botId: bot.id, documentId });
    }
    await eventually(async () => {
      const after = await ada.trpc.qualityAssurance.check.mutate({ answerId });
      expect(after.isHallucinated).toBe(false);
      expect(after.missingSources).toContain(1);
    });
  });
});

describe("reviews", () => {
  test("the last counts, all are in the audit log, and one can be taken back", async () => {
    const bot = await ada.trpc.bot.create.mutate({ name: "Reviewed" });
    const [kept] = await keepAnswers(server.services.db, ada.tenantId, [given(bot.id, 5)]);
    const answerId = kept?.id ?? "";
    const { review } = ada.trpc.qualityAssurance;
    await review.mutate({ answerId, verdict: "wrong", note: "Old price." });
    const second = await review.mutate({ answerId, verdict: "partly" });
    expect(second).toMatchObject({ verdict: "partly", note: null, reviewer: { name: "Ada" } });
    const list = () => ada.trpc.qualityAssurance.list.query({ ...range, botId: bot.id, review: "partly" });
    expect((await list()).items).toMatchObject([
      { id: answerId, answer: "An answer.", review: { verdict: "partly" } },
    ]);
    expect(await review.mutate({ answerId, verdict: null })).toBeNull();
    expect((await list()).items).toEqual([]);
    const audit = await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx
        .select()
        .from(auditLog)
        .where(and(eq(auditLog.tenantId, ada.tenantId), eq(auditLog.subjectId, answerId))),
    );
    expect(audit.map(({ action }) => action).sort()).toEqual([
      "answer.review-withdrawn",
      "answer.reviewed",
      "answer.reviewed",
    ]);
  });

  test("are found by what they are about, doubtful ones first", async () => {
    const bot = await ada.trpc.bot.create.mutate({ name: "Filtered" });
    const claims = { checkedClaims: 2, supportedClaims: 2 };
    const kept = await keepAnswers(server.services.db, ada.tenantId, [
      given(bot.id, 3, { confidence: 0.9, ...claims }),
      given(bot.id, 4, { confidence: 0.3, ...claims, rating: "down" }),
      given(bot.id, 5, { confidence: 0.7, checkedClaims: 2, supportedClaims: 1 }),
    ]);
    const [sure, unsure, unsupported] = kept.map(({ id }) => id);
    const find = async (filter: Parameters<typeof ada.trpc.qualityAssurance.list.query>[0]) => {
      const { items } = await ada.trpc.qualityAssurance.list.query({ ...range, botId: bot.id, ...filter });
      return items.map(({ id }) => id);
    };
    expect(await find({})).toEqual([unsupported, unsure, sure]);
    expect(await find({ sort: "doubtful" })).toEqual([unsupported, unsure, sure]);
    expect(await find({ confidenceBelow: 0.5 })).toEqual([unsure]);
    expect(await find({ unsupported: true })).toEqual([unsupported]);
    expect(await find({ unsupported: false })).toEqual([unsure, sure]);
    expect(await find({ rating: "down" })).toEqual([unsure]);
    expect(await find({ review: "reviewed" })).toEqual([]);
    expect(await find({ page: 2, pageSize: 2 })).toEqual([sure]);
    expect(await find({ startDate: "2026-01-04", endDate: "2026-01-04" })).toEqual([unsure]);
    await ada.trpc.qualityAssurance.review.mutate({ answerId: sure ?? "", verdict: "correct" });
    expect(await find({ review: "unreviewed" })).toEqual([unsupported, unsure]);
  });
});

test("metrics count the period, the one before it and what people said", async () => {
  const bot = await ada.trpc.bot.create.mutate({ name: "Measured" });
  const kept = await keepAnswers(server.services.db, ada.tenantId, [
    given(bot.id, 2, { checkedClaims: 4, supportedClaims: 3, verifyMs: 1, rating: "up" }),
    given(bot.id, 2, { checkedClaims: 1, supportedClaims: 1, verifyMs: 3, confidence: 0.25 }),
    given(bot.id, 3, { mode: "abstained", confidence: 0, handOff: true }),
    given(bot.id, 3, { mode: "withheld", checkedClaims: 1, supportedClaims: 0, verifyMs: 9 }),
    { ...given(bot.id, 1), createdAt: new Date("2025-12-20T12:00:00Z") },
  ]);
  await ada.trpc.qualityAssurance.review.mutate({ answerId: kept[0]?.id ?? "", verdict: "partly" });
  await ada.trpc.qualityAssurance.review.mutate({ answerId: kept[1]?.id ?? "", verdict: "wrong" });
  const metrics = await ada.trpc.qualityAssurance.metrics.query({ ...range, botId: bot.id });
  expect(metrics.totals).toEqual({
    answers: 4,
    answered: 2,
    abstained: 1,
    withheld: 1,
    handedOver: 1,
    answeredShare: 0.5,
    abstainedShare: 0.25,
    withheldShare: 0.25,
    claims: 6,
    supportedClaims: 4,
    supportedShare: 4 / 6,
    unsupportedRate: 2 / 6,
    contradicted: 0,
    reviews: { correct: 0, partly: 1, wrong: 1 },
    reviewedShareRight: 0.25,
    verifyMs: { p50: 3, p95: 9 },
  });
  expect(metrics.previous).toMatchObject({ answers: 1, claims: 0, supportedShare: null });
  expect(metrics.trend).toHaveLength(31);
  expect(metrics.trend[1]).toMatchObject({ date: "2026-01-02", answers: 2, claims: 5, unsupportedClaims: 1 });
  expect(metrics.calibration[8]).toMatchObject({ answers: 1, judged: 1, rightShare: 0.5 });
  expect(metrics.calibration[2]).toMatchObject({ answers: 1, judged: 1, rightShare: 0 });
  expect(metrics.bots).toMatchObject([{ botId: bot.id, name: "Measured", answers: 4, answeredShare: 0.5 }]);
});

describe("documents that contradict each other", () => {
  const question =
    "How many days after the return of a parcel is the refund of the purchase price paid to customers?";

  test("lower the confidence, are named to members and listed, each pair once", async () => {
    const bot = await botWith(ada, contradicting, "Torn");
    const alone = await botWith(ada, { "Policy.md": contradicting["Policy.md"] }, "Sure");
    const sure = verificationOf(await askBot(server, memberChat(ada, alone.id), question));
    const answer = await askBot(server, memberChat(ada, bot.id), question);
    const torn = verificationOf(answer);
    expect(torn.confidence).toBeLessThan(sure.confidence);
    expect(torn.notice).toMatch(/contradict each other: ".*olicy.md" and ".*olicy.md"/);
    await askBot(server, memberChat(ada, bot.id), question);
    const list = async (status: "open" | "dismissed" = "open") =>
      (await ada.trpc.qualityAssurance.contradictions.query({ botId: bot.id, status })).items;
    const [found] = await eventually(async () => {
      const items = await list();
      expect(items).toMatchObject([{ kind: "number", occurrences: 2, bot: { name: "Torn" } }]);
      return items;
    });
    const quotes = [found?.first.quote, found?.second.quote].sort();
    expect(quotes).toEqual(Object.values(contradicting).sort());
    const kept = await ada.trpc.answers.get.query({ id: answer.metadata?.answerId ?? "" });
    expect(kept.trace.contradictions).toHaveLength(1);

    const contradictionId = found?.id ?? "";
    await ada.trpc.qualityAssurance.dismissContradiction.mutate({ contradictionId });
    expect(await list()).toEqual([]);
    expect(await list("dismissed")).toHaveLength(1);
    await ada.trpc.qualityAssurance.dismissContradiction.mutate({ contradictionId, dismissed: false });
    expect(await list()).toHaveLength(1);
    await ada.trpc.botDocument.delete.mutate({ botId: bot.id, documentId: bot.documents[1]?.id ?? "" });
    expect(await list()).toEqual([]);
  });
});
