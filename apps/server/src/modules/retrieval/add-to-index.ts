import { and, eq, sql } from "drizzle-orm";
import { AppError } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { chunkTerms, type IndexedText } from "./analysis.ts";
import type { IndexContext } from "./caches.ts";
import { activeSpace, type VectorSpace } from "./dense/spaces.ts";
import { normalised, vectorText } from "./dense/vectors.ts";
import { invert, segmentRows } from "./lexical/segment.ts";
import { lockIndex } from "./lexical/snapshot.ts";
import { writeSegment } from "./lexical/write-segment.ts";
import { enqueueMergeIfDue } from "./merge-index.ts";
import { chunkVectors, searchIndexes } from "./retrieval.tables.ts";

/** One statement carries so many vectors. */
const VECTORS_A_STATEMENT = 500;

/**
 * Adds chunks as one segment, in order: the first gets `firstOrdinal`, the rest follow without a gap.
 * Others that add to the same knowledge base wait until this transaction ends. `vectors` has one vector a
 * text, of the space's dimensions; VALIDATION_ERROR if not, NOT_FOUND for an unknown knowledge base.
 */
export async function addToIndex(
  ctx: Pick<TxCtx, "db" | "tenantId" | "tx" | "jobs">,
  input: { knowledgeBaseId: string; texts: IndexedText[]; vectors: number[][] },
): Promise<{ firstOrdinal: number }> {
  const { knowledgeBaseId, texts, vectors } = input;
  const space = await activeSpace(ctx, knowledgeBaseId);
  const unit = checkedVectors(space, texts.length, vectors);
  const terms = texts.map(chunkTerms);

  const { nextOrdinal: firstOrdinal, nextSegment: segment } = await lockIndex(ctx, knowledgeBaseId);
  if (texts.length === 0) return { firstOrdinal };
  const endOrdinal = firstOrdinal + texts.length;
  const length = terms.reduce((sum, ofChunk) => sum + ofChunk.length, 0);
  await ctx.tx
    .update(searchIndexes)
    .set({
      nextOrdinal: endOrdinal,
      nextSegment: segment + 1,
      liveChunks: sql`${searchIndexes.liveChunks} + ${texts.length}`,
      totalLength: sql`${searchIndexes.totalLength} + ${length}`,
      version: sql`${searchIndexes.version} + 1`,
    })
    .where(and(eq(searchIndexes.tenantId, ctx.tenantId), eq(searchIndexes.knowledgeBaseId, knowledgeBaseId)));
  const rows = segmentRows(invert(terms, firstOrdinal));
  await writeSegment(ctx, knowledgeBaseId, { segment, firstOrdinal, endOrdinal }, rows);
  await writeVectors(ctx, space.id, firstOrdinal, unit);
  await enqueueMergeIfDue(ctx, knowledgeBaseId, { firstOrdinal, endOrdinal });
  return { firstOrdinal };
}

function checkedVectors(space: VectorSpace, texts: number, vectors: number[][]): number[][] {
  if (vectors.length !== texts) {
    throw new AppError("VALIDATION_ERROR", `${texts} texts need as many vectors, not ${vectors.length}.`);
  }
  return vectors.map((vector) => {
    if (vector.length === space.dimensions) return normalised(vector);
    throw new AppError(
      "VALIDATION_ERROR",
      `A vector of ${space.model} has ${space.dimensions} dimensions, not ${vector.length}.`,
    );
  });
}

async function writeVectors(
  ctx: IndexContext,
  spaceId: string,
  firstOrdinal: number,
  vectors: number[][],
): Promise<void> {
  for (let start = 0; start < vectors.length; start += VECTORS_A_STATEMENT) {
    const texts = vectors.slice(start, start + VECTORS_A_STATEMENT).map(vectorText);
    await ctx.tx.execute(sql`
      insert into ${chunkVectors} (tenant_id, space_id, ordinal, embedding)
      select ${ctx.tenantId}::uuid, ${spaceId}::uuid,
             ${firstOrdinal + start}::int + (row.place - 1)::int, row.embedding::halfvec
      from unnest(${sql.param(texts)}::text[]) with ordinality as row (embedding, place)`);
  }
}
