import { and, asc, count, desc, eq, inArray, isNotNull, isNull, lte, or, sql } from "drizzle-orm";
import { notFound } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { knowledgeSources, sourcePages } from "../knowledge.tables.ts";
import type { KnowledgeSource } from "./sources.schema.ts";

export type SourceRow = typeof knowledgeSources.$inferSelect;
export type PageRow = typeof sourcePages.$inferSelect;

const isSource = (ctx: TxCtx, id: string) =>
  and(eq(knowledgeSources.tenantId, ctx.tenantId), eq(knowledgeSources.id, id));
export const ofSource = (ctx: TxCtx, sourceId: string) =>
  and(eq(sourcePages.tenantId, ctx.tenantId), eq(sourcePages.sourceId, sourceId));

export async function findSource(
  ctx: TxCtx,
  input: { sourceId: string; knowledgeBaseId?: string },
  options: { lock?: boolean } = {},
): Promise<SourceRow> {
  const query = ctx.tx.select().from(knowledgeSources).where(isSource(ctx, input.sourceId));
  const [row] = options.lock ? await query.for("update") : await query;
  if (!row || (input.knowledgeBaseId && row.knowledgeBaseId !== input.knowledgeBaseId))
    throw notFound("The source");
  return row;
}

export async function changeSource(ctx: TxCtx, id: string, set: Partial<SourceRow>): Promise<SourceRow> {
  const [row] = await ctx.tx
    .update(knowledgeSources)
    .set({ updatedAt: ctx.now(), ...set })
    .where(isSource(ctx, id))
    .returning();
  if (!row) throw notFound("The source");
  return row;
}

export async function listSourceRows(ctx: TxCtx, knowledgeBaseId: string): Promise<SourceRow[]> {
  return ctx.tx
    .select()
    .from(knowledgeSources)
    .where(
      and(eq(knowledgeSources.tenantId, ctx.tenantId), eq(knowledgeSources.knowledgeBaseId, knowledgeBaseId)),
    )
    .orderBy(desc(knowledgeSources.createdAt), desc(knowledgeSources.id));
}

/** Locked in an order in which all lock them. */
export async function lockSources(ctx: TxCtx, knowledgeBaseId: string): Promise<void> {
  await ctx.tx
    .select({ id: knowledgeSources.id })
    .from(knowledgeSources)
    .where(
      and(eq(knowledgeSources.tenantId, ctx.tenantId), eq(knowledgeSources.knowledgeBaseId, knowledgeBaseId)),
    )
    .orderBy(asc(knowledgeSources.id))
    .for("update");
}

/** What callers see of sources: without how they are crawled, with how far that is. */
export async function describeSources(ctx: TxCtx, rows: SourceRow[]): Promise<KnowledgeSource[]> {
  if (rows.length === 0) return [];
  const counts = await ctx.tx
    .select({
      sourceId: sourcePages.sourceId,
      found: count(),
      done: sql<number>`count(*) filter (where ${sourcePages.state} <> 'pending')::int`,
      failed: sql<number>`count(*) filter (where ${sourcePages.state} = 'failed')::int`,
      documents: sql<number>`count(${sourcePages.documentId})::int`,
    })
    .from(sourcePages)
    .where(
      and(
        eq(sourcePages.tenantId, ctx.tenantId),
        inArray(
          sourcePages.sourceId,
          rows.map((row) => row.id),
        ),
      ),
    )
    .groupBy(sourcePages.sourceId);
  const bySource = new Map(counts.map(({ sourceId, ...pages }) => [sourceId, pages]));
  return rows.map((row) => ({
    id: row.id,
    knowledgeBaseId: row.knowledgeBaseId,
    kind: row.kind,
    url: row.url,
    schedule: row.schedule,
    maxPages: row.maxPages,
    includePaths: row.includePaths,
    excludePaths: row.excludePaths,
    status: row.status,
    pages: bySource.get(row.id) ?? { found: 0, done: 0, failed: 0, documents: 0 },
    errorCode: row.errorCode,
    errorMessage: row.errorMessage,
    notice: row.notice,
    lastCrawledAt: row.lastCrawledAt,
    nextCrawlAt: row.nextCrawlAt,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  }));
}

export async function findPageByUrl(ctx: TxCtx, sourceId: string, url: string): Promise<PageRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(sourcePages)
    .where(and(ofSource(ctx, sourceId), eq(sourcePages.url, url)));
  return row ?? null;
}

export async function findPage(ctx: TxCtx, page: { sourceId: string; id: string }): Promise<PageRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(sourcePages)
    .where(and(ofSource(ctx, page.sourceId), eq(sourcePages.id, page.id)));
  return row ?? null;
}

/** Another page of the source whose document says the same. */
export async function findTwin(ctx: TxCtx, page: PageRow, contentHash: string): Promise<PageRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(sourcePages)
    .where(
      and(
        ofSource(ctx, page.sourceId),
        eq(sourcePages.contentHash, contentHash),
        isNotNull(sourcePages.documentId),
        sql`${sourcePages.id} <> ${page.id}`,
      ),
    )
    .limit(1);
  return row ?? null;
}

export async function changePage(ctx: TxCtx, page: PageRow, set: Partial<PageRow>): Promise<void> {
  await ctx.tx
    .update(sourcePages)
    .set(set)
    .where(and(ofSource(ctx, page.sourceId), eq(sourcePages.id, page.id)));
}

export async function hasPending(ctx: TxCtx, sourceId: string): Promise<boolean> {
  const [row] = await ctx.tx
    .select({ id: sourcePages.id })
    .from(sourcePages)
    .where(and(ofSource(ctx, sourceId), eq(sourcePages.state, "pending")))
    .limit(1);
  return row !== undefined;
}

export async function countDocuments(ctx: TxCtx, sourceId: string): Promise<number> {
  const [row] = await ctx.tx
    .select({ n: count(sourcePages.documentId) })
    .from(sourcePages)
    .where(ofSource(ctx, sourceId));
  return row?.n ?? 0;
}

/**
 * Pages to visit next: those that are documents first, then by distance from the start, in the order in which they
 * were found. `newToo` is false when no new documents may come.
 */
export async function nextPages(
  ctx: TxCtx,
  sourceId: string,
  options: { limit: number; newToo: boolean },
): Promise<PageRow[]> {
  return ctx.tx
    .select()
    .from(sourcePages)
    .where(
      and(
        ofSource(ctx, sourceId),
        eq(sourcePages.state, "pending"),
        or(isNull(sourcePages.retryAt), lte(sourcePages.retryAt, ctx.now())),
        options.newToo ? undefined : isNotNull(sourcePages.documentId),
      ),
    )
    .orderBy(sql`${sourcePages.documentId} is null`, asc(sourcePages.depth), asc(sourcePages.id))
    .limit(options.limit);
}

/** When the first of the pages that wait for another try may be visited; null when none waits. */
export async function firstRetry(ctx: TxCtx, sourceId: string, newToo: boolean): Promise<Date | null> {
  const [row] = await ctx.tx
    .select({ at: sourcePages.retryAt })
    .from(sourcePages)
    .where(
      and(
        ofSource(ctx, sourceId),
        eq(sourcePages.state, "pending"),
        isNotNull(sourcePages.retryAt),
        newToo ? undefined : isNotNull(sourcePages.documentId),
      ),
    )
    .orderBy(asc(sourcePages.retryAt))
    .limit(1);
  return row?.at ?? null;
}

/** Addresses with a query that one path may have: more are a calendar or a search. */
const maxQueriesPerPath = 50;

/**
 * Adds addresses that are not known yet, as far as there is room for `room` in all. Returns how many were left out
 * for want of it.
 */
export async function addPages(
  ctx: TxCtx,
  sourceId: string,
  urls: readonly string[],
  { depth, room }: { depth: number; room: number },
): Promise<number> {
  if (urls.length === 0) return 0;
  const known = await ctx.tx
    .select({ url: sourcePages.url })
    .from(sourcePages)
    .where(ofSource(ctx, sourceId));
  const seen = new Set(known.map((page) => page.url));
  const queries = new Map<string, number>();
  const countQuery = (url: string): number => {
    const path = url.split("?", 1)[0] ?? url;
    const times = path === url ? 0 : (queries.get(path) ?? 0) + 1;
    queries.set(path, times);
    return times;
  };
  for (const url of seen) countQuery(url);
  const fresh = urls.filter((url) => {
    if (seen.has(url)) return false;
    seen.add(url);
    return countQuery(url) <= maxQueriesPerPath;
  });
  const taken = fresh.slice(0, Math.max(0, room - known.length));
  if (taken.length > 0) {
    await ctx.tx
      .insert(sourcePages)
      .values(
        taken.map((url) => ({
          tenantId: ctx.tenantId,
          sourceId,
          id: newId(),
          url,
          depth,
          state: "pending" as const,
        })),
      )
      .onConflictDoNothing();
  }
  return fresh.length - taken.length;
}

/** The owner deleted a page's document: it is not read again. Locks the source, as everyone does before a document. */
export async function leavePageOut(ctx: TxCtx, sourceId: string, documentId: string): Promise<void> {
  await findSource(ctx, { sourceId }, { lock: true });
  await ctx.tx
    .update(sourcePages)
    .set({ state: "skipped", reason: "DELETED_BY_OWNER", documentId: null, contentHash: null, retryAt: null })
    .where(and(ofSource(ctx, sourceId), eq(sourcePages.documentId, documentId)));
}
