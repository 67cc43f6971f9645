import { and, desc, eq, gte, inArray, isNotNull, sql } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { bots } from "../../bots/bots.tables.ts";
import { allowedNext } from "../problem-state.ts";
import type { ProblemRow } from "../problems.queries.ts";
import { type Problem, trendDays } from "../problems.schema.ts";
import {
  type occurrenceKinds,
  problemArticles,
  problemOccurrences,
  problemQuestions,
  problemTests,
} from "../problems.tables.ts";

const day = 24 * 60 * 60_000;

/** What callers see of problems, in the order given: a fixed number of statements, however many they are. */
export async function describeProblems(ctx: TxCtx, rows: readonly ProblemRow[]): Promise<Problem[]> {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const signs = await signsOf(ctx, ids);
  const trends = await trendsOf(ctx, ids);
  const questions = await countsOfQuestions(ctx, ids);
  const articles = await latestArticles(ctx, ids);
  const tests = await latestTests(ctx, ids);
  const names = await ctx.tx
    .select({ id: bots.id, name: bots.name })
    .from(bots)
    .where(
      and(
        eq(bots.tenantId, ctx.tenantId),
        inArray(
          bots.id,
          rows.map(({ botId }) => botId),
        ),
      ),
    );
  const nameOf = new Map(names.map(({ id, name }) => [id, name]));
  return rows.map(({ tenantId: _tenant, botId, lastAnswerId: _last, lastSeenAt, ...row }) => ({
    ...row,
    bot: { id: botId, name: nameOf.get(botId) ?? "" },
    allowed: [...allowedNext(row.status)],
    questionCount: questions.get(row.id) ?? 1,
    kinds: { unanswered: 0, rated_down: 0, escalated: 0, reviewed_wrong: 0, ...signs.get(row.id) },
    trend: trends.get(row.id) ?? Array<number>(trendDays).fill(0),
    articleStatus: articles.get(row.id) ?? null,
    answeredShare: tests.get(row.id) ?? null,
    lastSeenAt: lastSeenAt ?? row.updatedAt,
  }));
}

function ofQuestion() {
  return and(
    eq(problemQuestions.tenantId, problemOccurrences.tenantId),
    eq(problemQuestions.id, problemOccurrences.questionId),
  );
}

function ofProblems(ctx: TxCtx, ids: readonly string[]) {
  return and(eq(problemQuestions.tenantId, ctx.tenantId), inArray(problemQuestions.problemId, [...ids]));
}

async function signsOf(ctx: TxCtx, ids: readonly string[]) {
  const rows = await ctx.tx
    .select({
      id: problemQuestions.problemId,
      kind: problemOccurrences.kind,
      n: sql<number>`count(*)::int`,
    })
    .from(problemOccurrences)
    .innerJoin(problemQuestions, ofQuestion())
    .where(ofProblems(ctx, ids))
    .groupBy(problemQuestions.problemId, problemOccurrences.kind);
  const signs = new Map<string, Partial<Record<(typeof occurrenceKinds)[number], number>>>();
  for (const { id, kind, n } of rows) signs.set(id, { ...signs.get(id), [kind]: n });
  return signs;
}

async function trendsOf(ctx: TxCtx, ids: readonly string[]): Promise<Map<string, number[]>> {
  const today = Math.floor(ctx.now().getTime() / day);
  const first = today - trendDays + 1;
  const at = sql<number>`floor(extract(epoch from ${problemOccurrences.createdAt}) / 86400)::int`;
  const rows = await ctx.tx
    .select({
      id: problemQuestions.problemId,
      at,
      n: sql<number>`count(distinct ${problemOccurrences.answerId})::int`,
    })
    .from(problemOccurrences)
    .innerJoin(problemQuestions, ofQuestion())
    .where(and(ofProblems(ctx, ids), gte(problemOccurrences.createdAt, new Date(first * day))))
    .groupBy(problemQuestions.problemId, at);
  const trends = new Map<string, number[]>();
  for (const { id, at, n } of rows) {
    const trend = trends.get(id) ?? Array<number>(trendDays).fill(0);
    trends.set(id, trend);
    if (at <= today) trend[at - first] = n;
  }
  return trends;
}

async function countsOfQuestions(ctx: TxCtx, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await ctx.tx
    .select({ id: problemQuestions.problemId, n: sql<number>`count(*)::int` })
    .from(problemQuestions)
    .where(ofProblems(ctx, ids))
    .groupBy(problemQuestions.problemId);
  return new Map(rows.map(({ id, n }) => [id, n]));
}

async function latestArticles(ctx: TxCtx, ids: readonly string[]) {
  const rows = await ctx.tx
    .selectDistinctOn([problemArticles.problemId], {
      id: problemArticles.problemId,
      status: problemArticles.status,
    })
    .from(problemArticles)
    .where(and(eq(problemArticles.tenantId, ctx.tenantId), inArray(problemArticles.problemId, [...ids])))
    .orderBy(problemArticles.problemId, desc(problemArticles.createdAt), desc(problemArticles.id));
  return new Map(rows.map(({ id, status }) => [id, status]));
}

async function latestTests(ctx: TxCtx, ids: readonly string[]): Promise<Map<string, number | null>> {
  const rows = await ctx.tx
    .selectDistinctOn([problemTests.problemId], {
      id: problemTests.problemId,
      share: problemTests.answeredShare,
    })
    .from(problemTests)
    .where(
      and(
        eq(problemTests.tenantId, ctx.tenantId),
        inArray(problemTests.problemId, [...ids]),
        isNotNull(problemTests.answeredShare),
      ),
    )
    .orderBy(problemTests.problemId, desc(problemTests.createdAt), desc(problemTests.id));
  return new Map(rows.map(({ id, share }) => [id, share]));
}
