import { setImmediate } from "node:timers/promises";
import { and, asc, eq, sql } from "drizzle-orm";
import { z } from "zod";
import { inTx } from "../../platform/ctx/index.ts";
import { isAppError } from "../../platform/errors/index.ts";
import { idSchema } from "../../platform/ids/index.ts";
import { defineQueue } from "../../platform/jobs/index.ts";
import type { Ctx, TxCtx } from "../../ports/index.ts";
import { Caches, cachesOf, type IndexContext } from "./caches.ts";
import { BLOCK, storeNextBlock } from "./dense/sketch-store.ts";
import { HEADER_BUCKET } from "./lexical/buckets.ts";
import { nextMerge, type SegmentSpan } from "./lexical/merge-plan.ts";
import { addRow, type Inverted, type SegmentRow, segmentRows } from "./lexical/segment.ts";
import { type IndexSnapshot, lockIndex, withSnapshot } from "./lexical/snapshot.ts";
import { writeSegment } from "./lexical/write-segment.ts";
import { searchDeletions, searchIndexes, searchPostings, searchSegments } from "./retrieval.tables.ts";

/** Keeps an index small and fast after changes; its handler calls `mergeIndex` as the system of `tenantId`. */
export const mergeQueue = defineQueue({
  name: "retrieval.merge",
  schema: z.object({ tenantId: idSchema, knowledgeBaseId: idSchema }),
});

/** Chunks of a merged segment at most. Smaller where one connection serves everybody, who wait meanwhile. */
const largestSegment = (ctx: IndexContext | Ctx): number => (ctx.db.embedded ? 8_192 : 32_768);
/** The event loop gets a turn after so many rows. */
const ROWS_A_TURN = 64;
/** A merge that stays due is asked for again with every so many segments, in case its job was given up. */
const REMINDER = 64;

/**
 * Enqueues a merge when the transaction's change made one due, or completed a block of sketches. While one
 * is due already its job is on the way.
 */
export async function enqueueMergeIfDue(
  ctx: Pick<TxCtx, "db" | "tenantId" | "tx" | "jobs">,
  knowledgeBaseId: string,
  added?: { firstOrdinal: number; endOrdinal: number },
): Promise<void> {
  const { segments } = await withSnapshot(ctx, cachesOf(ctx), knowledgeBaseId, async (current) => current);
  const isDue = (spans: SegmentSpan[]): boolean => nextMerge(spans, largestSegment(ctx)).length > 0;
  const wasDue = added && segments.length % REMINDER !== 0 && isDue(segments.slice(0, -1));
  const completesBlock =
    added && Math.floor(added.firstOrdinal / BLOCK) < Math.floor(added.endOrdinal / BLOCK);
  if (!completesBlock && (wasDue || !isDue(segments))) return;
  await ctx.jobs.enqueue(mergeQueue, { tenantId: ctx.tenantId, knowledgeBaseId });
}

/**
 * Merges until nothing is due, then stores complete blocks of sketches. Results of searches stay the same.
 * A merge reads in one short transaction, computes outside of any, and writes in another, which does
 * nothing if the segments were merged by somebody else meanwhile. Safe to run at any time, by any number;
 * for a knowledge base that was deleted there is nothing to do.
 */
export async function mergeIndex(
  ctx: Pick<Ctx, "db" | "tenantId">,
  { knowledgeBaseId }: { knowledgeBaseId: string },
): Promise<void> {
  try {
    await mergeAll(ctx, knowledgeBaseId);
  } catch (error) {
    if (!isAppError(error) || error.code !== "NOT_FOUND") throw error;
  }
}

async function mergeAll(ctx: Pick<Ctx, "db" | "tenantId">, knowledgeBaseId: string): Promise<void> {
  for (;;) {
    const merge = await inTx(ctx, (tx) => readMerge(tx, knowledgeBaseId));
    if (!merge) break;
    const rows = await mergedRows(merge);
    await inTx(ctx, (tx) => replaceSegments(tx, knowledgeBaseId, merge, rows));
  }
  while (await inTx(ctx, (tx) => storeBlock(tx, knowledgeBaseId)));
}

interface Merge {
  run: SegmentSpan[];
  /** By ordinal of the run, from its first: the length plus one, or 0 where no chunk is live. */
  lengths: number[];
  rows: { segment: number; bucket: number; data: Buffer }[];
}

const firstOf = (merge: Merge): number => merge.run[0]?.firstOrdinal ?? 0;
const endOf = (merge: Merge): number => merge.run.at(-1)?.endOrdinal ?? 0;

async function readMerge(ctx: IndexContext, knowledgeBaseId: string): Promise<Merge | null> {
  return withSnapshot(ctx, new Caches(), knowledgeBaseId, async (snapshot: IndexSnapshot) => {
    const run = nextMerge(snapshot.segments, largestSegment(ctx));
    if (run.length === 0) return null;
    const rows = await ctx.tx
      .select({ segment: searchPostings.segment, bucket: searchPostings.bucket, data: searchPostings.data })
      .from(searchPostings)
      .where(ofSegments(searchPostings, ctx, knowledgeBaseId, run));
    const merge: Merge = { run, lengths: [], rows };
    if (new Set(rows.map(({ segment }) => segment)).size < run.length) return undefined; // merged meanwhile
    merge.lengths = Array.from(snapshot.lengths.subarray(firstOf(merge), endOf(merge)));
    return merge;
  });
}

function ofSegments(
  table: typeof searchPostings | typeof searchSegments,
  ctx: IndexContext,
  knowledgeBaseId: string,
  run: readonly SegmentSpan[],
) {
  const segments = run.map(({ segment }) => segment);
  return and(
    eq(table.tenantId, ctx.tenantId),
    eq(table.knowledgeBaseId, knowledgeBaseId),
    sql`${table.segment} = any(${sql.param(segments)}::int[])`,
  );
}

async function mergedRows(merge: Merge): Promise<SegmentRow[]> {
  const firstOrdinal = firstOf(merge);
  const inverted: Inverted = { firstOrdinal, lengths: merge.lengths, postings: new Map() };
  const isLive = (ordinal: number): boolean => (merge.lengths[ordinal - firstOrdinal] ?? 0) > 0;
  let rows = 0;
  for (const span of merge.run) {
    for (const { segment, bucket, data } of merge.rows) {
      if (segment !== span.segment || bucket === HEADER_BUCKET) continue;
      addRow(inverted, data, span.firstOrdinal, isLive);
      if (++rows % ROWS_A_TURN === 0) await setImmediate();
    }
  }
  const encoded: SegmentRow[] = [];
  for (const row of segmentRows(inverted)) {
    encoded.push(row);
    if (encoded.length % ROWS_A_TURN === 0) await setImmediate();
  }
  return encoded;
}

async function replaceSegments(
  ctx: IndexContext,
  knowledgeBaseId: string,
  merge: Merge,
  rows: SegmentRow[],
): Promise<void> {
  const { nextSegment: segment } = await lockIndex(ctx, knowledgeBaseId);
  const still = await ctx.tx
    .select({ segment: searchSegments.segment })
    .from(searchSegments)
    .where(ofSegments(searchSegments, ctx, knowledgeBaseId, merge.run))
    .orderBy(asc(searchSegments.segment));
  if (still.length < merge.run.length) return;
  const firstOrdinal = firstOf(merge);
  const endOrdinal = endOf(merge);
  await ctx.tx.delete(searchPostings).where(ofSegments(searchPostings, ctx, knowledgeBaseId, merge.run));
  await ctx.tx.delete(searchSegments).where(ofSegments(searchSegments, ctx, knowledgeBaseId, merge.run));
  if (merge.lengths.some((length) => length > 0)) {
    await writeSegment(ctx, knowledgeBaseId, { segment, firstOrdinal, endOrdinal }, rows);
  }
  // Those removed while the merge was computed still stand in the new segment: they stay on the list.
  const applied = merge.lengths.flatMap((length, i) => (length === 0 ? [firstOrdinal + i] : []));
  await ctx.tx
    .delete(searchDeletions)
    .where(
      and(
        eq(searchDeletions.tenantId, ctx.tenantId),
        eq(searchDeletions.knowledgeBaseId, knowledgeBaseId),
        sql`${searchDeletions.ordinal} = any(${sql.param(applied)}::int[])`,
      ),
    );
  await ctx.tx
    .update(searchIndexes)
    .set({ nextSegment: segment + 1, version: sql`${searchIndexes.version} + 1` })
    .where(and(eq(searchIndexes.tenantId, ctx.tenantId), eq(searchIndexes.knowledgeBaseId, knowledgeBaseId)));
}

async function storeBlock(ctx: IndexContext, knowledgeBaseId: string): Promise<boolean> {
  const snapshot = await withSnapshot(ctx, cachesOf(ctx), knowledgeBaseId, async (current) => current);
  return storeNextBlock(ctx, snapshot.space, snapshot.nextOrdinal, snapshot.version);
}
