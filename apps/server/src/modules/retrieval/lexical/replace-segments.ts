import { and, asc, eq, sql } from "drizzle-orm";
import type { IndexContext } from "../caches.ts";
import { searchDeletions, searchIndexes, searchPostings, searchSegments } from "../retrieval.tables.ts";
import type { Lengths } from "./codec.ts";
import type { SegmentSpan } from "./merge-plan.ts";
import type { SegmentRow } from "./segment.ts";
import { type IndexSnapshot, lockIndex } from "./snapshot.ts";
import { writeSegment } from "./write-segment.ts";

/** Neighbouring segments that are to become one. */
export interface Run {
  spans: readonly SegmentSpan[];
  firstOrdinal: number;
  endOrdinal: number;
  /** For each ordinal of the run, from its first, as they were when the run was read. */
  lengths: Lengths;
}

export function runOf(snapshot: IndexSnapshot, spans: readonly SegmentSpan[]): Run {
  const firstOrdinal = spans[0]?.firstOrdinal ?? 0;
  const endOrdinal = spans.at(-1)?.endOrdinal ?? 0;
  const cut = (lengths: Uint32Array | Uint16Array) => Array.from(lengths.subarray(firstOrdinal, endOrdinal));
  const lengths = {
    text: cut(snapshot.lengths),
    title: cut(snapshot.titleLengths),
    headings: cut(snapshot.headingLengths),
  };
  return { spans, firstOrdinal, endOrdinal, lengths };
}

/**
 * Puts one segment of `rows` in the place of a run, without the chunks that were not live when it was read. Does
 * nothing if the run is not there any more, as somebody else replaced it meanwhile.
 */
export async function replaceSegments(
  ctx: IndexContext,
  knowledgeBaseId: string,
  { spans, firstOrdinal, endOrdinal, lengths }: Run,
  rows: SegmentRow[],
): Promise<void> {
  const { nextSegment: segment } = await lockIndex(ctx, knowledgeBaseId);
  const still = await ctx.tx
    .select({ segment: searchSegments.segment })
    .from(searchSegments)
    .where(ofSegments(searchSegments, ctx, knowledgeBaseId, spans))
    .orderBy(asc(searchSegments.segment));
  if (still.length < spans.length) return;
  await ctx.tx.delete(searchPostings).where(ofSegments(searchPostings, ctx, knowledgeBaseId, spans));
  await ctx.tx.delete(searchSegments).where(ofSegments(searchSegments, ctx, knowledgeBaseId, spans));
  if (lengths.text.some((length) => length > 0)) {
    await writeSegment(ctx, knowledgeBaseId, { segment, firstOrdinal, endOrdinal }, rows);
  }
  // Those removed since the run was read still stand in the new segment: they stay on the list.
  const applied = lengths.text.flatMap((length, i) => (length === 0 ? [firstOrdinal + i] : []));
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

/** The condition that a row is of one of the segments. */
export function ofSegments(
  table: typeof searchPostings | typeof searchSegments,
  ctx: IndexContext,
  knowledgeBaseId: string,
  spans: readonly SegmentSpan[],
) {
  const segments = spans.map(({ segment }) => segment);
  return and(
    eq(table.tenantId, ctx.tenantId),
    eq(table.knowledgeBaseId, knowledgeBaseId),
    sql`${table.segment} = any(${sql.param(segments)}::int[])`,
  );
}
