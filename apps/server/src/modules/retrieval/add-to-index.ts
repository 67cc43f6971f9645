import { and, eq, sql } from "drizzle-orm";
import type { TxCtx } from "../../ports/index.ts";
import { chunkTerms, type IndexedText } from "./analysis.ts";
import { activeSpace, SpaceSwitched } from "./dense/spaces.ts";
import { checkedVectors, writeVectors } from "./dense/write-vectors.ts";
import { invert, segmentRows } from "./lexical/segment.ts";
import { lockIndex } from "./lexical/snapshot.ts";
import { writeSegment } from "./lexical/write-segment.ts";
import { enqueueMergeIfDue } from "./merge-index.ts";
import { searchIndexes } from "./retrieval.tables.ts";

/**
 * Adds chunks as one segment, in order: the first gets `firstOrdinal`, the rest follow without a gap.
 * Others that add to the same knowledge base wait until this transaction ends. `vectors` has one vector a
 * text, of the space's dimensions; VALIDATION_ERROR if not, NOT_FOUND for an unknown knowledge base,
 * SpaceSwitched when `spaceId`, for which the vectors were made, is not the active space any more.
 */
export async function addToIndex(
  ctx: Pick<TxCtx, "db" | "tenantId" | "tx" | "jobs">,
  input: { knowledgeBaseId: string; spaceId: string; texts: IndexedText[]; vectors: number[][] },
): Promise<{ firstOrdinal: number }> {
  const { knowledgeBaseId, texts, vectors } = input;
  const terms = texts.map(chunkTerms);

  const { nextOrdinal: firstOrdinal, nextSegment: segment } = await lockIndex(ctx, knowledgeBaseId);
  // Under the lock: whoever switches takes it too.
  const space = await activeSpace(ctx, knowledgeBaseId);
  if (space.id !== input.spaceId) throw new SpaceSwitched();
  const unit = checkedVectors(space, texts.length, vectors);
  if (texts.length === 0) return { firstOrdinal };
  const endOrdinal = firstOrdinal + texts.length;
  await ctx.tx
    .update(searchIndexes)
    .set({
      nextOrdinal: endOrdinal,
      nextSegment: segment + 1,
      liveChunks: sql`${searchIndexes.liveChunks} + ${texts.length}`,
      version: sql`${searchIndexes.version} + 1`,
    })
    .where(and(eq(searchIndexes.tenantId, ctx.tenantId), eq(searchIndexes.knowledgeBaseId, knowledgeBaseId)));
  const rows = segmentRows(invert(terms, firstOrdinal));
  await writeSegment(ctx, knowledgeBaseId, { segment, firstOrdinal, endOrdinal }, rows);
  await writeVectors(
    ctx,
    space.id,
    texts.map((_, i) => firstOrdinal + i),
    unit,
  );
  await enqueueMergeIfDue(ctx, knowledgeBaseId, { firstOrdinal, endOrdinal });
  return { firstOrdinal };
}
