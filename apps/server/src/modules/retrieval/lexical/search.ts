import { and, eq, sql } from "drizzle-orm";
import type { Caches, IndexContext, SegmentRows } from "../caches.ts";
import { searchIndexes, searchPostings } from "../retrieval.tables.ts";
import { type RowOfSegment, type Scores, scoreTerms } from "./bm25.ts";
import { hashTerm, ownBucket, sharedBucket } from "./buckets.ts";
import type { IndexSnapshot, Segment } from "./snapshot.ts";

/** BM25 of every chunk that holds a term; undefined if the index changed while its rows were read. */
export async function scoreLexically(
  ctx: IndexContext,
  caches: Caches,
  knowledgeBaseId: string,
  snapshot: IndexSnapshot,
  terms: readonly string[],
): Promise<Scores | undefined> {
  const hashes = new Map(terms.map((term) => [term, hashTerm(term)]));
  const rows = await rowsFor(ctx, caches, knowledgeBaseId, snapshot, [...hashes.values()]);
  if (!rows) return undefined;
  const rowsOf = (term: string): RowOfSegment[] => {
    const hash = hashes.get(term) ?? hashTerm(term);
    return rows.flatMap(({ segment, byBucket }) =>
      bucketsOf(hash, segment).flatMap((bucket) => {
        const row = byBucket.get(bucket);
        const { firstOrdinal, removedChunks, format } = segment;
        return row ? [{ row, firstOrdinal, format, hasRemoved: removedChunks > 0 }] : [];
      }),
    );
  };
  return scoreTerms(terms, rowsOf, snapshot);
}

/** A term stands in its own row or in a shared one, never in both. */
function bucketsOf(hash: number, segment: Segment): [number, number] {
  return [ownBucket(hash), sharedBucket(hash, segment.terms)];
}

interface RowsOfSegment {
  segment: Segment;
  byBucket: SegmentRows;
}

/** The rows in which the hashed terms may stand, from memory or in one statement from the database. */
async function rowsFor(
  ctx: IndexContext,
  caches: Caches,
  knowledgeBaseId: string,
  snapshot: IndexSnapshot,
  hashes: readonly number[],
): Promise<RowsOfSegment[] | undefined> {
  const keyOf = (segment: number): string => `${ctx.tenantId}/${knowledgeBaseId}/${segment}`;
  const missingSegments: number[] = [];
  const missingBuckets = new Set<number>();
  const result = snapshot.segments.map((segment): RowsOfSegment => {
    const byBucket = caches.rows.get(keyOf(segment.segment)) ?? new Map<number, Buffer | null>();
    const missing = hashes.flatMap((h) => bucketsOf(h, segment)).filter((bucket) => !byBucket.has(bucket));
    if (missing.length > 0) missingSegments.push(segment.segment);
    for (const bucket of missing) missingBuckets.add(bucket);
    return { segment, byBucket };
  });
  if (missingSegments.length === 0) return result;

  const read = await readRows(ctx, knowledgeBaseId, missingSegments, [...missingBuckets]);
  if (read.version !== snapshot.version) return undefined;
  for (const { segment, byBucket } of result) {
    if (!missingSegments.includes(segment.segment)) continue;
    const found = read.rows.get(segment.segment);
    for (const bucket of missingBuckets) byBucket.set(bucket, found?.get(bucket) ?? null);
    caches.rows.set(keyOf(segment.segment), byBucket, bytesOf(byBucket));
  }
  return result;
}

function bytesOf(rows: SegmentRows): number {
  let bytes = 0;
  for (const row of rows.values()) bytes += 80 + (row?.length ?? 0);
  return bytes;
}

/**
 * Rows and the index's version in one statement, hence of one moment. "+ 0" keeps the planner from the index
 * by segment, which it prefers without statistics, and which would read every row of the segments.
 */
async function readRows(ctx: IndexContext, knowledgeBaseId: string, segments: number[], buckets: number[]) {
  const read = await ctx.tx
    .select({
      version: searchIndexes.version,
      segment: searchPostings.segment,
      bucket: searchPostings.bucket,
      data: searchPostings.data,
    })
    .from(searchIndexes)
    .leftJoin(
      searchPostings,
      and(
        eq(searchPostings.tenantId, searchIndexes.tenantId),
        eq(searchPostings.knowledgeBaseId, searchIndexes.knowledgeBaseId),
        sql`${searchPostings.bucket} = any(${sql.param(buckets)}::int[])`,
        sql`${searchPostings.segment} + 0 = any(${sql.param(segments)}::int[])`,
      ),
    )
    .where(and(eq(searchIndexes.tenantId, ctx.tenantId), eq(searchIndexes.knowledgeBaseId, knowledgeBaseId)));
  const rows = new Map<number, Map<number, Buffer>>();
  for (const { segment, bucket, data } of read) {
    if (segment === null || bucket === null || data === null) continue;
    const ofSegment = rows.get(segment) ?? new Map<number, Buffer>();
    ofSegment.set(bucket, data);
    rows.set(segment, ofSegment);
  }
  return { version: read[0]?.version, rows };
}
