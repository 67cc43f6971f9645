import { and, count, eq, gte, lt, sql } from "drizzle-orm";
import type { TxCtx } from "../../ports/index.ts";
import { answers } from "../answers/answers.tables.ts";
import { type AnswerScope, answersWithin, slotMinutes } from "../answers/index.ts";
import { bots } from "../bots/bots.tables.ts";
import { answerReviews } from "./quality.tables.ts";

/* Figures on how good answers were, a statement each. */

const isGiven = sql`${answers.mode} in ('model', 'extractive')`;
const sumOf = (value: unknown) => sql<number>`coalesce(sum(${value}), 0)::float8`;
const countWhere = (condition: unknown) => sql<number>`(count(*) filter (where ${condition}))::int`;

const sums = {
  answers: count(),
  answered: countWhere(isGiven),
  abstained: countWhere(sql`${answers.mode} = 'abstained'`),
  withheld: countWhere(sql`${answers.mode} = 'withheld'`),
  claims: sumOf(answers.checkedClaims),
  supportedClaims: sumOf(answers.supportedClaims),
  contradicted: countWhere(sql`${answers.contradictions} > 0`),
  /** Of the answers that were given. */
  confidence: sql<number>`coalesce(sum(${answers.confidence}) filter (where ${isGiven}), 0)::float8`,
};

const review = () =>
  and(eq(answerReviews.tenantId, answers.tenantId), eq(answerReviews.answerId, answers.id));
const reviewedAs = (verdict: string) =>
  countWhere(sql`${answerReviews.verdict} = ${sql.raw(`'${verdict}'`)}`);

/** Sums by quarter of an hour, counted from 1970 in UTC; slots without an answer are absent. */
export async function qualityBySlot(ctx: TxCtx, scope: AnswerScope) {
  const slot = sql<number>`floor(extract(epoch from ${answers.createdAt}) / ${sql.raw(String(60 * slotMinutes))})::int`;
  return ctx.tx
    .select({
      slot,
      ...sums,
      correct: reviewedAs("correct"),
      partly: reviewedAs("partly"),
      wrong: reviewedAs("wrong"),
    })
    .from(answers)
    .leftJoin(answerReviews, review())
    .where(answersWithin(ctx, scope))
    .groupBy(slot);
}
export type QualitySums = Omit<Awaited<ReturnType<typeof qualityBySlot>>[number], "slot">;

/** Sums by bot, the most asked first. */
export async function qualityByBot(ctx: TxCtx, scope: AnswerScope) {
  return ctx.tx
    .select({ botId: answers.botId, name: bots.name, ...sums })
    .from(answers)
    .leftJoin(bots, and(eq(bots.tenantId, answers.tenantId), eq(bots.id, answers.botId)))
    .where(answersWithin(ctx, scope))
    .groupBy(answers.botId, bots.name)
    .orderBy(sql`count(*) desc`, answers.botId)
    .limit(100);
}

/** Given answers by tenth of their confidence, with what people said of them: a review, else a rating. */
export async function calibrationOf(ctx: TxCtx, scope: AnswerScope) {
  const tenth = sql<number>`least(9, floor(${answers.confidence} * 10))::int`;
  const right = sql`case ${answerReviews.verdict} when 'correct' then 1 when 'partly' then 0.5 when 'wrong' then 0
    else case ${answers.rating} when 'up' then 1 when 'down' then 0 end end`;
  return ctx.tx
    .select({
      tenth,
      answers: count(),
      confidence: sumOf(answers.confidence),
      judged: sql<number>`count(${right})::int`,
      right: sumOf(right),
    })
    .from(answers)
    .leftJoin(answerReviews, review())
    .where(and(answersWithin(ctx, scope), isGiven))
    .groupBy(tenth);
}

/** The milliseconds that half and 95 of 100 checks stayed within, before and after a moment. */
export async function verifyTimes(ctx: TxCtx, scope: AnswerScope & { split: Date }) {
  const sorted = sql`percentile_disc(array[0.5, 0.95]) within group (order by ${answers.verifyMs})`;
  const [row] = await ctx.tx
    .select({
      before: sql<(number | null)[] | null>`${sorted} filter (where ${lt(answers.createdAt, scope.split)})`,
      after: sql<(number | null)[] | null>`${sorted} filter (where ${gte(answers.createdAt, scope.split)})`,
    })
    .from(answers)
    .where(answersWithin(ctx, scope));
  const named = ([p50, p95]: (number | null)[]) => ({ p50: p50 ?? null, p95: p95 ?? null });
  return { before: named(row?.before ?? []), after: named(row?.after ?? []) };
}
