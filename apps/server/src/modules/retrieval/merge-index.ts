import { setImmediate } from "node:timers/promises";
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
import { ofSegments, type Run, replaceSegments, runOf } from "./lexical/replace-segments.ts";
import { addRow, type Inverted, type SegmentRow, segmentRows } from "./lexical/segment.ts";
import { type IndexSnapshot, isUpToDate, type Segment, withSnapshot } from "./lexical/snapshot.ts";
import { searchPostings } from "./retrieval.tables.ts";

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
  const isDue = (segments: Segment[]): boolean => mergeable({ segments }, largestSegment(ctx)).length > 0;
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

/** What to merge next. Segments of an earlier format wait until all are written anew: `renewIndex` asks again. */
function mergeable({ segments }: { segments: Segment[] }, maxChunks: number): SegmentSpan[] {
  return segments.every(isUpToDate) ? nextMerge(segments, maxChunks) : [];
}

interface Merge extends Run {
  rows: { segment: number; bucket: number; data: Buffer }[];
}

async function readMerge(ctx: IndexContext, knowledgeBaseId: string): Promise<Merge | null> {
  return withSnapshot(ctx, new Caches(), knowledgeBaseId, async (snapshot: IndexSnapshot) => {
    const spans = mergeable(snapshot, largestSegment(ctx));
    if (spans.length === 0) return null;
    const rows = await ctx.tx
      .select({ segment: searchPostings.segment, bucket: searchPostings.bucket, data: searchPostings.data })
      .from(searchPostings)
      .where(ofSegments(searchPostings, ctx, knowledgeBaseId, spans));
    if (new Set(rows.map(({ segment }) => segment)).size < spans.length) return undefined; // merged meanwhile
    return { ...runOf(snapshot, spans), rows };
  });
}

async function mergedRows(merge: Merge): Promise<SegmentRow[]> {
  const { firstOrdinal, lengths } = merge;
  const inverted: Inverted = { firstOrdinal, lengths, postings: new Map() };
  const isLive = (ordinal: number): boolean => (lengths.text[ordinal - firstOrdinal] ?? 0) > 0;
  let rows = 0;
  for (const span of merge.spans) {
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

async function storeBlock(ctx: IndexContext, knowledgeBaseId: string): Promise<boolean> {
  const snapshot = await withSnapshot(ctx, cachesOf(ctx), knowledgeBaseId, async (current) => current);
  return storeNextBlock(ctx, snapshot.space, snapshot.nextOrdinal, snapshot.version);
}
