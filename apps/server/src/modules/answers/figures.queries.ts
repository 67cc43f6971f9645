import { and, count, desc, eq, gte, inArray, isNotNull, lt, type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../../ports/index.ts";
import { conversations } from "../conversations/conversations.tables.ts";
import { type Audience, isOfAudience } from "../conversations/index.ts";
import { answers, citations } from "./answers.tables.ts";

/* Figures over many answers, a statement each, for whoever reports on them. */

/** Which answers are meant: of one bot or of all, from a moment up to another. */
export interface AnswerScope {
  botId: string | null;
  audience: Audience;
  from: Date;
  to: Date;
}

/**
 * Room to sort and group in memory, and no compiling of statements, for the rest of the transaction: both
 * would take longer than all the rest.
 */
export async function prepareForFigures(ctx: TxCtx): Promise<void> {
  await ctx.tx.execute(sql`select set_config('work_mem', '64MB', true), set_config('jit', 'off', true)`);
}

/** Minutes. Every zone's offset is a multiple of it, so that slots add up to anyone's hours and days. */
export const slotMinutes = 15;

/** Lists look at so many of the newest answers at most, so that they take no longer in a busy year. */
const newestLooked = 10_000;

/** The condition on an answer's row. */
export function answersWithin(ctx: TxCtx, { botId, audience, from, to }: AnswerScope): SQL | undefined {
  const heard = isOfAudience(audience);
  return and(
    eq(answers.tenantId, ctx.tenantId),
    gte(answers.createdAt, from),
    lt(answers.createdAt, to),
    botId === null ? undefined : eq(answers.botId, botId),
    heard &&
      inArray(
        answers.conversationId,
        ctx.tx
          .select({ id: conversations.id })
          .from(conversations)
          .where(and(eq(conversations.tenantId, ctx.tenantId), heard)),
      ),
  );
}

const queries = count();
const isUnanswered = sql`${answers.mode} in ('abstained', 'withheld')`;
const positive = sql<number>`(count(*) filter (where ${answers.rating} = 'up'))::int`;
const negative = sql<number>`(count(*) filter (where ${answers.rating} = 'down'))::int`;
const unanswered = sql<number>`(count(*) filter (where ${isUnanswered}))::int`;
const latencyMs = sql<number>`sum(${answers.latencyMs})::float8`;
const inputTokens = sql<number>`sum(${answers.inputTokens})::float8`;
const outputTokens = sql<number>`sum(${answers.outputTokens})::float8`;
const cost = sql<number>`sum(${answers.cost})::float8`;
const inMode = (mode: string) =>
  sql<number>`(count(*) filter (where ${answers.mode} = ${sql.raw(`'${mode}'`)}))::int`;

/** Sums by quarter of an hour, counted from 1970 in UTC; slots without an answer are absent. */
export async function answersBySlot(ctx: TxCtx, scope: AnswerScope) {
  const slot = sql<number>`floor(extract(epoch from ${answers.createdAt}) / ${sql.raw(String(60 * slotMinutes))})::int`;
  return ctx.tx
    .select({
      slot,
      queries,
      latencyMs,
      positive,
      negative,
      model: inMode("model"),
      extractive: inMode("extractive"),
      abstained: inMode("abstained"),
      withheld: inMode("withheld"),
      fallbacks: count(answers.fallbackReason),
      inputTokens,
      outputTokens,
      cost,
    })
    .from(answers)
    .where(answersWithin(ctx, scope))
    .groupBy(slot);
}
export type SlotFigures = Awaited<ReturnType<typeof answersBySlot>>[number];

/** Sums by all that has few values: bot, language, channel, model, tenth of the confidence. */
export async function answersByKind(ctx: TxCtx, scope: AnswerScope) {
  const tenth = sql<number>`least(9, floor(${answers.confidence} * 10))::int`;
  const kind = {
    botId: answers.botId,
    tenth,
    language: answers.language,
    channel: conversations.channel,
    model: answers.model,
  };
  return ctx.tx
    .select({
      ...kind,
      queries,
      unanswered,
      positive,
      negative,
      latencyMs,
      inputTokens,
      outputTokens,
      cost,
    })
    .from(answers)
    .innerJoin(
      conversations,
      and(eq(conversations.tenantId, answers.tenantId), eq(conversations.id, answers.conversationId)),
    )
    .where(answersWithin(ctx, scope))
    .groupBy(...Object.values(kind));
}
export type KindFigures = Awaited<ReturnType<typeof answersByKind>>[number];

/** The response times in milliseconds that half and 95 of 100 answers stayed within, before and after a moment. */
export async function responseTimes(ctx: TxCtx, scope: AnswerScope & { split: Date }) {
  const sorted = sql`percentile_disc(array[0.5, 0.95]) within group (order by ${answers.latencyMs})`;
  const [row] = await ctx.tx
    .select({
      before: sql<number[] | null>`${sorted} filter (where ${lt(answers.createdAt, scope.split)})`,
      after: sql<number[] | null>`${sorted} filter (where ${gte(answers.createdAt, scope.split)})`,
    })
    .from(answers)
    .where(answersWithin(ctx, scope));
  const named = ([median, p95]: number[]) => ({ median: median ?? null, p95: p95 ?? null });
  return { before: named(row?.before ?? []), after: named(row?.after ?? []) };
}

/** The questions that most often got no answer, of the newest such; with where each was asked last. */
export async function topUnanswered(ctx: TxCtx, scope: AnswerScope, limit: number) {
  const newest = ctx.tx
    .select({
      botId: answers.botId,
      question: answers.question,
      createdAt: answers.createdAt,
      // one text of all that the last one is known by, so that one aggregate finds it
      last: sql<string>`to_char(${answers.createdAt} at time zone 'UTC', 'YYYYMMDDHH24MISSMS') || ' ' || ${answers.id} || ' ' || ${answers.conversationId}`.as(
        "last",
      ),
    })
    .from(answers)
    .where(and(answersWithin(ctx, scope), isUnanswered))
    .orderBy(desc(answers.createdAt))
    .limit(newestLooked)
    .as("newest");
  const times = count();
  const rows = await ctx.tx
    .select({
      botId: newest.botId,
      question: newest.question,
      count: times,
      lastAskedAt: sql`max(${newest.createdAt})`.mapWith(answers.createdAt),
      last: sql<string>`max(${newest.last} collate "C")`,
    })
    .from(newest)
    .groupBy(newest.botId, newest.question)
    .orderBy(desc(times), desc(sql`max(${newest.createdAt})`), newest.question)
    .limit(limit);
  return rows.map(({ last, ...row }) => {
    const [, answerId = "", conversationId = ""] = last.split(" ");
    return { ...row, answerId, conversationId };
  });
}

/** What people wrote beside their ratings, the newest answers first. */
export async function recentComments(ctx: TxCtx, scope: AnswerScope, limit: number) {
  const rows = await ctx.tx
    .select({
      answerId: answers.id,
      conversationId: answers.conversationId,
      botId: answers.botId,
      question: answers.question,
      rating: answers.rating,
      comment: answers.ratingComment,
      createdAt: answers.createdAt,
    })
    .from(answers)
    .where(and(answersWithin(ctx, scope), isNotNull(answers.ratingComment)))
    .orderBy(desc(answers.createdAt), desc(answers.id))
    .limit(limit);
  return rows.flatMap(({ rating, comment, ...row }) =>
    rating === null || comment === null ? [] : [{ ...row, rating, comment }],
  );
}

/** The documents that most of the newest answers cite, with how many answers and citations name each. */
export async function mostCited(ctx: TxCtx, scope: AnswerScope, limit: number) {
  const newest = ctx.tx
    .select({ id: answers.id })
    .from(answers)
    .where(answersWithin(ctx, scope))
    .orderBy(desc(answers.createdAt))
    .limit(newestLooked)
    .as("newest");
  const citing = sql<number>`count(distinct ${citations.answerId})::int`;
  return ctx.tx
    .select({
      documentId: citations.documentId,
      name: sql<string>`max(${citations.documentName})`,
      answers: citing,
      citations: count(),
    })
    .from(newest)
    .innerJoin(citations, and(eq(citations.tenantId, ctx.tenantId), eq(citations.answerId, newest.id)))
    .groupBy(citations.documentId)
    .orderBy(desc(citing), citations.documentId)
    .limit(limit);
}
