import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type GivenAnswer, type KeptAnswer, keepAnswers } from "../../../../../tests/harness/answers.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";
import { conversations } from "../conversations/conversations.tables.ts";

/*
 * The figures of random answers, against an oracle that looks at each answer by itself and asks the calendar
 * of Intl for its local day and hour: nothing of the SQL, the slots or the offsets is shared.
 */
let server: TestServer;
let ada: TestUser;
let first: string;
let second: string;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  first = (await ada.trpc.bot.create.mutate({ name: "First" })).id;
  second = (await ada.trpc.bot.create.mutate({ name: "Second" })).id;
});
afterAll(() => server.close());

/** Around each, clocks are changed or days begin at odd moments. */
const zones = {
  UTC: "2026-03-01T00:00:00Z",
  "Europe/Paris": "2026-03-29T01:00:00Z",
  "America/New_York": "2026-11-01T06:00:00Z",
  "Asia/Kathmandu": "2026-06-30T18:15:00Z",
  "Australia/Lord_Howe": "2026-04-04T15:00:00Z",
  "Africa/Cairo": "2026-04-23T22:00:00Z",
  "America/Havana": "2025-11-02T05:00:00Z",
  "Pacific/Kiritimati": "2025-12-31T10:00:00Z",
} as const;
type Zone = keyof typeof zones;

const documentIds = [newId(), newId(), newId()];
const minute = 60_000;

/** Mostly within hours of the moment, and often to the millisecond on a boundary of the clock. */
const distance = fc.oneof(
  fc.integer({ min: -96, max: 96 }).map((quarters) => quarters * 15 * minute),
  fc.integer({ min: -96, max: 96 }).map((quarters) => quarters * 15 * minute - 1),
  fc.integer({ min: -6 * 24 * 60 * minute, max: 6 * 24 * 60 * minute }),
);

const anAnswer = fc.record({
  bot: fc.nat(2),
  distance,
  channel: fc.constantFrom("widget" as const, "playground" as const, "api" as const),
  question: fc.constantFrom("How much?", "how much?", "متى تفتحون؟", "Où êtes-vous ?"),
  mode: fc.constantFrom("model" as const, "extractive" as const, "abstained" as const, "withheld" as const),
  model: fc.constantFrom("openai:gpt", "builtin:extractive"),
  language: fc.constantFrom("en", "ar", "other", null),
  // four digits, as are kept: never on the border of two tenths
  confidence: fc.oneof(
    fc.constantFrom(0, 1),
    fc.nat(9998).map((n) => (n % 1000 === 0 ? n + 1 : n) / 10_000),
  ),
  latencyMs: fc.integer({ min: 0, max: 60_000 }),
  fallbackReason: fc.option(fc.constant("It failed.")),
  inputTokens: fc.nat(5_000),
  outputTokens: fc.nat(500),
  cost: fc.nat(1_000_000).map((n) => n / 1_000_000),
  rating: fc.constantFrom("up" as const, "down" as const, null),
  comment: fc.option(fc.constantFrom("Good.", "Wrong price.")),
  cites: fc.subarray(documentIds),
  handOff: fc.boolean(),
});

const question = fc.record({
  zone: fc.constantFrom(...(Object.keys(zones) as Zone[])), // the keys of a constant are its type's
  answers: fc.array(anAnswer, { maxLength: 30 }),
  before: fc.nat(3),
  after: fc.nat(3),
  audience: fc.constantFrom("all" as const, "visitors" as const, "members" as const),
});

const day = 24 * 60 * minute;
const addDays = (date: string, n: number) => new Date(Date.parse(date) + n * day).toISOString().slice(0, 10);

/** Day, weekday from Monday and hour of a moment, as the calendar of Intl has them. */
function calendar(zone: Zone) {
  const format = new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    weekday: "short",
    hour: "2-digit",
    hourCycle: "h23",
  });
  return (moment: Date) => {
    const of = Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
    const weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf((of.weekday ?? "").slice(0, 3));
    return { date: `${of.year}-${of.month}-${of.day}`, weekday, hour: Number(of.hour) };
  };
}

const rate = (answers: KeptAnswer[]) => {
  const up = answers.filter(({ rating }) => rating === "up").length;
  const rated = answers.filter(({ rating }) => rating !== null).length;
  return rated === 0 ? null : up / rated;
};
const average = (answers: KeptAnswer[]) =>
  answers.length === 0 ? null : answers.reduce((sum, { latencyMs }) => sum + latencyMs, 0) / answers.length;
const total = (answers: KeptAnswer[], field: "cost" | "inputTokens" | "outputTokens") =>
  Math.round(answers.reduce((sum, answer) => sum + answer[field], 0) * 1e6) / 1e6;
const counted = <Key>(answers: KeptAnswer[], keyOf: (answer: KeptAnswer) => Key) => {
  const counts = new Map<Key, number>();
  for (const answer of answers) counts.set(keyOf(answer), (counts.get(keyOf(answer)) ?? 0) + 1);
  return counts;
};
/** The least value that so large a share of all stays within. */
const quantile = (answers: KeptAnswer[], share: number) => {
  const times = answers.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  return times.find((_, index) => index + 1 >= share * times.length) ?? null;
};

function totals(answers: KeptAnswer[]) {
  const inMode = (mode: string) => answers.filter((answer) => answer.mode === mode).length;
  return {
    queries: answers.length,
    avgResponseTimeMs: average(answers),
    medianResponseTimeMs: quantile(answers, 0.5),
    p95ResponseTimeMs: quantile(answers, 0.95),
    positive: answers.filter(({ rating }) => rating === "up").length,
    negative: answers.filter(({ rating }) => rating === "down").length,
    positiveFeedbackRate: rate(answers),
    byMode: {
      model: inMode("model"),
      extractive: inMode("extractive"),
      abstained: inMode("abstained"),
      withheld: inMode("withheld"),
    },
    fallbacks: answers.filter(({ fallbackReason }) => fallbackReason !== null).length,
    handOffs: answers.filter(({ handOff }) => handOff).length,
    inputTokens: total(answers, "inputTokens"),
    outputTokens: total(answers, "outputTokens"),
    cost: total(answers, "cost"),
  };
}

/** What the figures of these answers must be. */
function oracle(answers: KeptAnswer[], zone: Zone, startDate: string, endDate: string) {
  const at = calendar(zone);
  const local = answers.map((answer) => ({ ...answer, ...at(answer.createdAt) }));
  const days: string[] = [];
  for (let date = startDate; date <= endDate; date = addDays(date, 1)) days.push(date);
  const current = local.filter(({ date }) => date >= startDate && date <= endDate);
  const firstBefore = addDays(startDate, -days.length);
  const before = local.filter(({ date }) => date >= firstBefore && date < startDate);
  const missed = current.filter(({ mode }) => mode === "abstained" || mode === "withheld");
  return {
    current,
    totals: totals(current),
    previous: totals(before),
    queryTrend: days.map((date) => {
      const of = current.filter((answer) => answer.date === date);
      const [mean, positive] = [average(of), rate(of)];
      return {
        date,
        queryCount: of.length,
        ...(mean === null ? {} : { avgResponseTimeMs: mean }),
        ...(positive === null ? {} : { positiveFeedbackRate: positive }),
        positive: of.filter(({ rating }) => rating === "up").length,
        negative: of.filter(({ rating }) => rating === "down").length,
        unanswered: of.filter(({ mode }) => mode === "abstained" || mode === "withheld").length,
        cost: total(of, "cost"),
      };
    }),
    hours: Array.from({ length: 7 }, (_, weekday) =>
      Array.from(
        { length: 24 },
        (_, hour) => current.filter((answer) => answer.weekday === weekday && answer.hour === hour).length,
      ),
    ),
    confidence: Array.from(
      { length: 10 },
      (_, tenth) =>
        current.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === tenth).length,
    ),
    unanswered: counted(missed, ({ botId, question }) => `${botId} ${question}`),
  };
}

test("figures are what counting by hand gives, whatever was asked when", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(question, async ({ zone, answers, before, after, audience }) => {
      const { db } = server.services;
      await db.withTenant(ada.tenantId, (tx) => tx.delete(conversations)); // of the run before
      const deleted = newId();
      const kept = await keepAnswers(
        db,
        ada.tenantId,
        answers.map(
          ({ bot, distance, comment, ...rest }): GivenAnswer => ({
            ...rest,
            botId: [first, second, deleted][bot] ?? deleted,
            createdAt: new Date(Date.parse(zones[zone]) + distance),
            ratingComment: rest.rating === null ? null : comment,
          }),
        ),
      );
      const centre = calendar(zone)(new Date(zones[zone])).date;
      const [startDate, endDate] = [addDays(centre, -before), addDays(centre, after)];
      const input = { startDate, endDate, timeZone: zone, audience };
      const heard = kept.filter(
        ({ channel }) => audience === "all" || (channel === "playground") === (audience === "members"),
      );

      const overview = await ada.trpc.analytics.getOverview.query(input);
      const ofOne = await ada.trpc.analytics.getBotSpecific.query({ ...input, botId: first });
      for (const [figures, among] of [
        [overview, heard],
        [ofOne, heard.filter(({ botId }) => botId === first)],
      ] as const) {
        const { current, unanswered, ...expected } = oracle(among, zone, startDate, endDate);
        expect(figures).toMatchObject(expected);
        expect(figures.queryTrend).toEqual(expected.queryTrend);
        expect(new Map(figures.languages.map(({ language, queries }) => [language, queries]))).toEqual(
          counted(current, ({ language }) => language),
        );
        expect(new Map(figures.channels.map(({ channel, queries }) => [channel, queries]))).toEqual(
          counted(current, ({ channel }) => channel),
        );
        expect(new Map(figures.models.map(({ model, queries }) => [model, queries]))).toEqual(
          counted(current, ({ model }) => model),
        );
        expect(
          new Map(figures.unanswered.map(({ botId, question, count }) => [`${botId} ${question}`, count])),
        ).toEqual(unanswered);
        for (const { botId, question, lastAskedAt, answerId, conversationId } of figures.unanswered) {
          const same = current.filter((answer) => answer.botId === botId && answer.question === question);
          const last = same.find(({ id }) => id === answerId);
          expect(last?.conversationId).toBe(conversationId);
          expect(new Date(lastAskedAt).getTime()).toBe(last?.createdAt.getTime());
          const missed = same.filter(({ mode }) => mode === "abstained" || mode === "withheld");
          expect(Math.max(...missed.map(({ createdAt }) => createdAt.getTime()))).toBe(
            last?.createdAt.getTime(),
          );
        }
        expect(
          new Map(figures.citedDocuments.map(({ documentId, answers }) => [documentId, answers])),
        ).toEqual(
          new Map(
            documentIds
              .map((id) => [id, current.filter(({ cites }) => cites.includes(id)).length] as const)
              .filter(([, n]) => n > 0),
          ),
        );
        const comments = current.filter(({ ratingComment }) => ratingComment !== null);
        expect(figures.feedbackSummary).toMatchObject({
          positive: expected.totals.positive,
          negative: expected.totals.negative,
          unrated: current.filter(({ rating }) => rating === null).length,
          rate: expected.totals.positiveFeedbackRate,
        });
        expect(figures.feedbackSummary.comments).toHaveLength(Math.min(20, comments.length));
      }

      const { current } = oracle(heard, zone, startDate, endDate);
      expect(overview.totalQueries).toBe(current.length);
      expect(overview.avgResponseTime).toBe(average(current) ?? 0);
      expect(overview.positiveFeedbackRate).toBe(rate(current));
      expect(overview.bots.map(({ botId }) => botId)).toEqual(
        expect.arrayContaining([first, second, ...new Set(current.map(({ botId }) => botId))]),
      );
      for (const row of overview.bots) {
        const of = current.filter(({ botId }) => botId === row.botId);
        expect(row).toMatchObject({
          name: { [first]: "First", [second]: "Second" }[row.botId] ?? null,
          queries: of.length,
          positiveFeedbackRate: rate(of),
          avgResponseTimeMs: average(of),
          cost: total(of, "cost"),
        });
      }
    }),
    { numRuns: 40 },
  );
});
