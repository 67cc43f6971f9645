import { and, desc, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, namesOf } from "../../identity/index.ts";
import { findProblem } from "../problems.queries.ts";
import type { ProblemArticle } from "../problems.schema.ts";
import { problemArticles } from "../problems.tables.ts";

export type ArticleRow = typeof problemArticles.$inferSelect;

export async function findArticle(
  ctx: TxCtx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<ArticleRow> {
  const query = ctx.tx
    .select()
    .from(problemArticles)
    .where(and(eq(problemArticles.tenantId, ctx.tenantId), eq(problemArticles.id, id)));
  const [row] = options.lock ? await query.for("update") : await query;
  if (!row) throw notFound("The article");
  return row;
}

/** The latest articles of a problem. */
export async function articlesOf(ctx: TxCtx, problemId: string, limit: number): Promise<ProblemArticle[]> {
  const rows = await ctx.tx
    .select()
    .from(problemArticles)
    .where(and(eq(problemArticles.tenantId, ctx.tenantId), eq(problemArticles.problemId, problemId)))
    .orderBy(desc(problemArticles.createdAt), desc(problemArticles.id))
    .limit(limit);
  return describeArticles(ctx, rows);
}

export async function describeArticles(ctx: TxCtx, rows: readonly ArticleRow[]): Promise<ProblemArticle[]> {
  const names = await namesOf(
    ctx,
    rows.map(({ decidedBy }) => decidedBy),
  );
  return rows.map(({ tenantId: _tenant, createdBy: _by, decidedBy, documentId, ...article }) => ({
    ...article,
    documentId: article.status === "approved" ? documentId : null,
    decidedBy: decidedBy ? { id: decidedBy, name: names.get(decidedBy) ?? "A former colleague" } : null,
  }));
}

export async function describeArticle(ctx: TxCtx, row: ArticleRow): Promise<ProblemArticle> {
  const [article] = await describeArticles(ctx, [row]);
  if (!article) throw new Error("One article is described as one.");
  return article;
}

/** The article; whoever may read problems may read it. */
export async function getArticle(ctx: Ctx, { id }: { id: string }): Promise<ProblemArticle> {
  assertCan(ctx.actor, "read problems");
  return inTx(ctx, async (ctx) => describeArticle(ctx, await findArticle(ctx, id)));
}

/** A problem's articles, the latest first. */
export async function listArticles(
  ctx: Ctx,
  { problemId }: { problemId: string },
): Promise<ProblemArticle[]> {
  assertCan(ctx.actor, "read problems");
  return inTx(ctx, async (ctx) => {
    await findProblem(ctx, problemId);
    return articlesOf(ctx, problemId, 100);
  });
}
