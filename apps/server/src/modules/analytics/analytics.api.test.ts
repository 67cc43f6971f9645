import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type GivenAnswer, keepAnswers } from "../../../../../tests/harness/answers.ts";
import { askBot, memberChat } from "../../../../../tests/harness/chat.ts";
import {
  botWith,
  colleague,
  play,
  refusal,
  refusalText,
  type Scenario,
} from "../../../../../tests/harness/scenarios.ts";
import {
  sharedTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let botId: string;
const people = new Map<string, TrpcClient>();
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  people.set("guest", server.guest).set("owner", ada.trpc);
  for (const role of ["admin", "agent", "member"] as const) {
    people.set(role, (await colleague(server, ada, role)).trpc);
  }
  botId = (await botWith(ada, { "Tea.md": "# Tea\n\nTea is served at four in the garden." })).id;
});
afterAll(() => server.close());

const as = (who: string) => () => {
  const trpc = people.get(who);
  if (!trpc) throw new Error(`Nobody is ${who}.`);
  return trpc;
};

describe.each<{ name: string; call: (bot: string) => Scenario["call"] }>([
  { name: "analytics.getOverview", call: () => (t) => t.analytics.getOverview.query({}) },
  { name: "analytics.getOverview of nothing", call: () => (t) => t.analytics.getOverview.query() },
  { name: "analytics.getBotSpecific", call: (id) => (t) => t.analytics.getBotSpecific.query({ botId: id }) },
])("$name", ({ call }) => {
  const own: Scenario["call"] = (trpc) => call(botId)(trpc);
  test.each<Scenario>([
    { title: "a guest", as: as("guest"), call: own, refused: "UNAUTHORIZED" },
    { title: "the member", as: as("member"), call: own, refused: "FORBIDDEN" },
    { title: "the agent", as: as("agent"), call: own },
    { title: "the admin", as: as("admin"), call: own },
    { title: "the owner", as: as("owner"), call: own },
  ])("by $title: $refused", play);
});

test("a bot of another tenant, or none, is not found, and another's questions are not counted", async () => {
  expect(await refusal(eve.trpc.analytics.getBotSpecific.query({ botId }))).toBe("NOT_FOUND");
  expect(await refusal(ada.trpc.analytics.getBotSpecific.query({ botId: newId() }))).toBe("NOT_FOUND");
  const overview = await eve.trpc.analytics.getOverview.query({});
  expect(overview).toMatchObject({
    totalQueries: 0,
    avgResponseTime: 0,
    positiveFeedbackRate: null,
    bots: [],
    unanswered: [],
    feedbackSummary: { positive: 0, negative: 0, unrated: 0, rate: null, comments: [] },
  });
  expect(overview.queryTrend).toHaveLength(30);
});

describe("a range", () => {
  const ranges: [string, Record<string, string>, RegExp | null][] = [
    ["of one day", { startDate: "2026-01-01", endDate: "2026-01-01" }, null],
    ["of 366 days", { startDate: "2024-01-01", endDate: "2024-12-31" }, null],
    ["of 367 days", { startDate: "2024-01-01", endDate: "2025-01-01" }, /At most 366 days/],
    ["that ends before it begins", { startDate: "2026-01-02", endDate: "2026-01-01" }, /after the last/],
    ["of moments", { startDate: "2026-01-01T10:00:00.000Z", endDate: "2026-01-02T10:00:00+02:00" }, null],
    ["of a day that is none", { startDate: "2026-02-30", endDate: "2026-03-01" }, /such as 2026-03-31/],
    ["of words", { startDate: "yesterday", endDate: "today" }, /such as 2026-03-31/],
    ["of numbers", { startDate: "1767225600000", endDate: "1767225600000" }, /such as 2026-03-31/],
    ["without a first day", { endDate: "2026-01-01" }, null],
    ["of its own without days", { dateRangePreset: "custom" }, /startDate/],
    ["in an unknown zone", { timeZone: "Nowhere" }, /no time zone "Nowhere"/],
    ["in a zone that only browsers know", { timeZone: "Asia/Calcutta" }, null],
  ];
  test.each(ranges)("%s", async (_, input, refused) => {
    const call = ada.trpc.analytics.getBotSpecific.query({ botId, ...input });
    if (refused === null) await expect(call).resolves.toMatchObject({ botId });
    else expect(await refusalText(call)).toMatch(refused);
  });

  test("that has no such name is refused with those that there are", async () => {
    // @ts-expect-error it is no preset
    const call = ada.trpc.analytics.getOverview.query({ dateRangePreset: "1y" });
    expect(await refusalText(call)).toContain("There are today, 7d, 30d, 90d, thisMonth, lastMonth, custom");
  });
});

test("an answer in the playground is there at once with its rating and comment, and is told apart", async () => {
  const answer = await askBot(server, memberChat(ada, botId), "When is tea served?");
  const answerId = answer.metadata?.answerId ?? "";
  await ada.trpc.ragQuery.submitFeedback.mutate({
    queryLogId: answerId,
    rating: "THUMBS_UP",
    comment: "Just so.",
  });
  const figures = await ada.trpc.analytics.getBotSpecific.query({ botId, dateRangePreset: "7d" });
  expect(figures.totals).toMatchObject({ queries: 1, positive: 1, positiveFeedbackRate: 1 });
  expect(figures.queryTrend.at(-1)).toMatchObject({ queryCount: 1, positiveFeedbackRate: 1 });
  expect(figures.languages).toEqual([{ language: "en", queries: 1 }]);
  expect(figures.channels).toEqual([{ channel: "playground", queries: 1 }]);
  expect(figures.citedDocuments).toMatchObject([{ name: "Tea.md", answers: 1 }]);
  expect(figures.feedbackSummary.comments).toMatchObject([
    { answerId, question: "When is tea served?", rating: "up", comment: "Just so." },
  ]);
  const visitors = await ada.trpc.analytics.getBotSpecific.query({ botId, audience: "visitors" });
  expect(visitors.totals.queries).toBe(0);
});

test("of a question without an answer the last one asked can be opened, and lists end at twenty", async () => {
  const { id } = await ada.trpc.bot.create.mutate({ name: "Asked much" });
  const given = (minute: number, more: Partial<GivenAnswer> = {}): GivenAnswer => ({
    botId: id,
    createdAt: new Date(Date.UTC(2026, 0, 5, 12, minute)),
    channel: "widget",
    question: "Do you deliver?",
    mode: "abstained",
    model: "builtin:extractive",
    language: "en",
    confidence: 0,
    latencyMs: 10,
    fallbackReason: null,
    inputTokens: 0,
    outputTokens: 0,
    cost: 0,
    rating: "down",
    ratingComment: `Comment ${minute}`,
    cites: [],
    handOff: false,
    ...more,
  });
  const kept = await keepAnswers(server.services.db, ada.tenantId, [
    given(30),
    given(10, { mode: "withheld" }),
    given(50, { mode: "model" }),
    ...Array.from({ length: 25 }, (_, n) => given(n, { question: `Question ${n}?` })),
  ]);
  const range = { startDate: "2026-01-01", endDate: "2026-01-31" };
  const { unanswered, feedbackSummary } = await ada.trpc.analytics.getBotSpecific.query({
    botId: id,
    ...range,
  });
  expect(unanswered).toHaveLength(20);
  expect(unanswered[0]).toMatchObject({
    question: "Do you deliver?",
    count: 2,
    answerId: kept[0]?.id,
    conversationId: kept[0]?.conversationId,
  });
  expect(unanswered[1]?.question).toBe("Question 24?");
  expect(feedbackSummary.comments.map(({ comment }) => comment).slice(0, 2)).toEqual([
    "Comment 50",
    "Comment 30",
  ]);
});
