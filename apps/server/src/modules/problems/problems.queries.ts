import { and, count, desc, eq, inArray, max, sql } from "drizzle-orm";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { problemArticles, problemOccurrences, problemQuestions, problems } from "./problems.tables.ts";

export type ProblemRow = typeof problems.$inferSelect;
export type QuestionRow = typeof problemQuestions.$inferSelect;

export async function findProblem(
  ctx: TxCtx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<ProblemRow> {
  const query = ctx.tx
    .select()
    .from(problems)
    .where(and(eq(problems.tenantId, ctx.tenantId), eq(problems.id, id)));
  const [row] = options.lock ? await query.for("update") : await query;
  if (!row) throw notFound("The problem");
  return row;
}

/** So many of a bot's wordings, the latest asked, are compared with a new one: bounded work for each. */
const mostCompared = 500;

/** The bot's wordings that a new one is compared with, with the problems that they belong to. */
export async function comparedQuestions(ctx: TxCtx, botId: string): Promise<QuestionRow[]> {
  return ctx.tx
    .select()
    .from(problemQuestions)
    .where(and(eq(problemQuestions.tenantId, ctx.tenantId), eq(problemQuestions.botId, botId)))
    .orderBy(desc(problemQuestions.lastSeenAt), desc(problemQuestions.id))
    .limit(mostCompared);
}

export async function questionOfWords(
  ctx: TxCtx,
  botId: string,
  wordsHash: string,
): Promise<QuestionRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(problemQuestions)
    .where(
      and(
        eq(problemQuestions.tenantId, ctx.tenantId),
        eq(problemQuestions.botId, botId),
        eq(problemQuestions.wordsHash, wordsHash),
      ),
    );
  return row ?? null;
}

/** A problem's wordings with how often each found no good answer, the most frequent first. */
export async function questionsOf(ctx: TxCtx, problemId: string, limit: number) {
  const times = sql<number>`count(distinct ${problemOccurrences.answerId})::int`;
  return (
    ctx.tx
      .select({
        id: problemQuestions.id,
        question: problemQuestions.question,
        language: problemQuestions.language,
        isPlaced: problemQuestions.isPlaced,
        lastSeenAt: problemQuestions.lastSeenAt,
        occurrences: times,
        kinds: sql<
          string[]
        >`coalesce(array_agg(distinct ${problemOccurrences.kind}) filter (where ${problemOccurrences.kind} is not null), '{}')`,
      })
      .from(problemQuestions)
      .leftJoin(
        problemOccurrences,
        and(
          eq(problemOccurrences.tenantId, problemQuestions.tenantId),
          eq(problemOccurrences.questionId, problemQuestions.id),
        ),
      )
      .where(and(eq(problemQuestions.tenantId, ctx.tenantId), eq(problemQuestions.problemId, problemId)))
      .groupBy(
        problemQuestions.id,
        problemQuestions.question,
        problemQuestions.language,
        problemQuestions.isPlaced,
        problemQuestions.lastSeenAt,
      )
      // of those asked equally often the first: ids begin with their time
      .orderBy(desc(times), problemQuestions.id)
      .limit(limit)
  );
}

/** The sum of a problem's occurrences and the last of them, counted anew. */
export async function sumOf(ctx: TxCtx, problemId: string) {
  const [sum] = await ctx.tx
    .select({
      occurrences: sql<number>`count(distinct ${problemOccurrences.answerId})::int`,
      lastSeenAt: max(problemOccurrences.createdAt),
      // ids begin with their time
      lastAnswerId: sql<string | null>`max(${problemOccurrences.answerId}::text)`,
    })
    .from(problemOccurrences)
    .innerJoin(
      problemQuestions,
      and(
        eq(problemQuestions.tenantId, problemOccurrences.tenantId),
        eq(problemQuestions.id, problemOccurrences.questionId),
      ),
    )
    .where(and(eq(problemQuestions.tenantId, ctx.tenantId), eq(problemQuestions.problemId, problemId)));
  return sum ?? { occurrences: 0, lastSeenAt: null, lastAnswerId: null };
}

/** Which of these problems have an article, whatever became of it. */
export async function withArticles(ctx: TxCtx, problemIds: readonly string[]): Promise<Set<string>> {
  if (problemIds.length === 0) return new Set();
  const rows = await ctx.tx
    .select({ id: problemArticles.problemId, n: count() })
    .from(problemArticles)
    .where(
      and(eq(problemArticles.tenantId, ctx.tenantId), inArray(problemArticles.problemId, [...problemIds])),
    )
    .groupBy(problemArticles.problemId);
  return new Set(rows.map(({ id }) => id));
}
