import { and, asc, eq, sql } from "drizzle-orm";
import { notFound } from "../../../platform/errors/index.ts";
import { type Caches, type IndexContext, markChanging } from "../caches.ts";
import { activeSpace, type VectorSpace } from "../dense/spaces.ts";
import { searchDeletions, searchIndexes, searchPostings, searchSegments } from "../retrieval.tables.ts";
import { averageLengths, type Collection } from "./bm25.ts";
import { HEADER_BUCKET } from "./buckets.ts";
import { decodeHeader, FORMAT } from "./codec.ts";

export interface Segment {
  segment: number;
  firstOrdinal: number;
  endOrdinal: number;
  /** How it was written: see `FORMAT`. */
  format: number;
  /** How many different terms it holds. */
  terms: number;
  liveChunks: number;
  /** Chunks that were removed since the segment was written. */
  removedChunks: number;
}

/** One committed state of an index, in memory. Never changed after it was made. */
export interface IndexSnapshot extends Collection {
  version: number;
  nextOrdinal: number;
  /** In the order of their ordinals. */
  segments: Segment[];
  /** Where the chunks' vectors are. */
  space: VectorSpace;
}

/** True unless the segment was written by an earlier release. */
export const isUpToDate = ({ format }: Pick<Segment, "format">): boolean => format === FORMAT;

type IndexRow = Omit<typeof searchIndexes.$inferSelect, "tenantId" | "knowledgeBaseId">;

const MOST_TRIES = 5;

/**
 * The row of an index; with `lock`, no other change of it begins before this transaction ends ("update")
 * or none commits ("share"). NOT_FOUND if the knowledge base has no index, or is another tenant's.
 */
export async function readIndexRow(
  ctx: IndexContext,
  knowledgeBaseId: string,
  lock?: "update" | "share",
): Promise<IndexRow> {
  const query = ctx.tx
    .select()
    .from(searchIndexes)
    .where(and(eq(searchIndexes.tenantId, ctx.tenantId), eq(searchIndexes.knowledgeBaseId, knowledgeBaseId)));
  const [row] = await (lock ? query.for(lock) : query);
  if (!row) throw notFound("The knowledge base's search index");
  return row;
}

/** Takes the index's lock for a change; from here on the transaction reads past the caches. */
export async function lockIndex(ctx: IndexContext, knowledgeBaseId: string): Promise<IndexRow> {
  const row = await readIndexRow(ctx, knowledgeBaseId, "update");
  markChanging(ctx.tx);
  return row;
}

/**
 * Runs `read` with a snapshot of the index, again if `read` says (by undefined) that the index changed
 * under it. Searches take no lock; only one that was overtaken again and again makes writers wait.
 */
export async function withSnapshot<Result>(
  ctx: IndexContext,
  caches: Caches,
  knowledgeBaseId: string,
  read: (snapshot: IndexSnapshot) => Promise<Result | undefined>,
): Promise<Result> {
  for (let tried = 1; tried <= MOST_TRIES; tried++) {
    const lock = tried === MOST_TRIES ? "share" : undefined;
    const row = await readIndexRow(ctx, knowledgeBaseId, lock);
    const snapshot = await snapshotAt(ctx, caches, knowledgeBaseId, row);
    const result = snapshot && (await read(snapshot));
    if (result !== undefined) return result;
  }
  throw new Error("The search index changed although it was locked.");
}

/** The snapshot of the version in `row`; undefined if the index has moved on meanwhile. */
async function snapshotAt(
  ctx: IndexContext,
  caches: Caches,
  knowledgeBaseId: string,
  row: IndexRow,
): Promise<IndexSnapshot | undefined> {
  const key = `${ctx.tenantId}/${knowledgeBaseId}`;
  const cached = caches.snapshot(key);
  if (cached?.version === row.version) return cached;
  const loaded = await loadSnapshot(ctx, knowledgeBaseId, row, cached);
  if (loaded) caches.remember(key, loaded);
  return loaded;
}

/** Reads segments and removals; headers only of the segments that `older` does not know. */
async function loadSnapshot(
  ctx: IndexContext,
  knowledgeBaseId: string,
  row: IndexRow,
  older: IndexSnapshot | undefined,
): Promise<IndexSnapshot | undefined> {
  const stored = await readSegments(ctx, knowledgeBaseId);
  const removed = await readRemoved(ctx, knowledgeBaseId);
  const space = await activeSpace(ctx, knowledgeBaseId);
  const olderSegments = new Map(older?.segments.map((segment) => [segment.segment, segment]));
  const unknown = stored.filter(({ segment }) => !olderSegments.has(segment));
  const headers = await readHeaders(ctx, knowledgeBaseId, unknown);
  // What was read is of one state only if no other was committed meanwhile; a mixture is not looked at.
  const after = await readIndexRow(ctx, knowledgeBaseId);
  if (after.version !== row.version) return undefined;
  const lengths = new Uint32Array(row.nextOrdinal);
  const titleLengths = new Uint16Array(row.nextOrdinal);
  const headingLengths = new Uint16Array(row.nextOrdinal);
  const segments = stored.map((span): Segment => {
    const known = olderSegments.get(span.segment);
    const header = headers.get(span.segment);
    const { firstOrdinal, endOrdinal } = span;
    if (header) {
      lengths.set(header.lengths.text, firstOrdinal);
      titleLengths.set(header.lengths.title, firstOrdinal);
      headingLengths.set(header.lengths.headings, firstOrdinal);
    } else if (known && older) {
      lengths.set(older.lengths.subarray(firstOrdinal, endOrdinal), firstOrdinal);
      titleLengths.set(older.titleLengths.subarray(firstOrdinal, endOrdinal), firstOrdinal);
      headingLengths.set(older.headingLengths.subarray(firstOrdinal, endOrdinal), firstOrdinal);
    }
    const removedHere = removed.filter((o) => o >= span.firstOrdinal && o < span.endOrdinal);
    for (const ordinal of removedHere) lengths[ordinal] = 0;
    let liveChunks = 0;
    for (let o = span.firstOrdinal; o < span.endOrdinal; o++) if ((lengths[o] ?? 0) > 0) liveChunks++;
    const terms = header?.terms ?? known?.terms ?? 0;
    return { ...span, terms, liveChunks, removedChunks: removedHere.length };
  });
  const { version, nextOrdinal, liveChunks } = row;
  const averages = averageLengths({ lengths, titleLengths, headingLengths });
  return {
    version,
    nextOrdinal,
    liveChunks,
    averages,
    lengths,
    titleLengths,
    headingLengths,
    segments,
    space,
  };
}

function readSegments(ctx: IndexContext, knowledgeBaseId: string) {
  return ctx.tx
    .select({
      segment: searchSegments.segment,
      firstOrdinal: searchSegments.firstOrdinal,
      endOrdinal: searchSegments.endOrdinal,
      format: searchSegments.format,
    })
    .from(searchSegments)
    .where(
      and(eq(searchSegments.tenantId, ctx.tenantId), eq(searchSegments.knowledgeBaseId, knowledgeBaseId)),
    )
    .orderBy(asc(searchSegments.firstOrdinal));
}

async function readRemoved(ctx: IndexContext, knowledgeBaseId: string): Promise<number[]> {
  const rows = await ctx.tx
    .select({ ordinal: searchDeletions.ordinal })
    .from(searchDeletions)
    .where(
      and(eq(searchDeletions.tenantId, ctx.tenantId), eq(searchDeletions.knowledgeBaseId, knowledgeBaseId)),
    )
    .orderBy(asc(searchDeletions.ordinal));
  return rows.map(({ ordinal }) => ordinal);
}

async function readHeaders(
  ctx: IndexContext,
  knowledgeBaseId: string,
  unknown: readonly { segment: number; format: number }[],
) {
  if (unknown.length === 0) return new Map<number, ReturnType<typeof decodeHeader>>();
  const formats = new Map(unknown.map(({ segment, format }) => [segment, format]));
  const rows = await ctx.tx
    .select({ segment: searchPostings.segment, data: searchPostings.data })
    .from(searchPostings)
    .where(
      and(
        eq(searchPostings.tenantId, ctx.tenantId),
        eq(searchPostings.knowledgeBaseId, knowledgeBaseId),
        eq(searchPostings.bucket, HEADER_BUCKET),
        sql`${searchPostings.segment} = any(${sql.param([...formats.keys()])}::int[])`,
      ),
    );
  return new Map(rows.map(({ segment, data }) => [segment, decodeHeader(data, formats.get(segment) ?? 1)]));
}
