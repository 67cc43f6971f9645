import { sql } from "drizzle-orm";
import { AppError } from "../../../platform/errors/index.ts";
import type { IndexContext } from "../caches.ts";
import { chunkVectors } from "../retrieval.tables.ts";
import type { VectorSpace } from "./spaces.ts";
import { normalised, vectorText } from "./vectors.ts";

/** One statement carries so many vectors. */
const VECTORS_A_STATEMENT = 500;

/** The vectors with length 1. VALIDATION_ERROR unless there is one a text, each of the space's dimensions. */
export function checkedVectors(space: VectorSpace, texts: number, vectors: number[][]): number[][] {
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

/** Writes vectors that `checkedVectors` gave. An ordinal that has one in the space keeps it. */
export async function writeVectors(
  ctx: IndexContext,
  spaceId: string,
  ordinals: readonly number[],
  vectors: readonly number[][],
): Promise<void> {
  for (let start = 0; start < vectors.length; start += VECTORS_A_STATEMENT) {
    const texts = vectors.slice(start, start + VECTORS_A_STATEMENT).map(vectorText);
    const places = ordinals.slice(start, start + VECTORS_A_STATEMENT);
    await ctx.tx.execute(sql`
      insert into ${chunkVectors} (tenant_id, space_id, ordinal, embedding)
      select ${ctx.tenantId}::uuid, ${spaceId}::uuid, row.ordinal, row.embedding::halfvec
      from unnest(${sql.param(places)}::int[], ${sql.param(texts)}::text[]) as row (ordinal, embedding)
      on conflict do nothing`);
  }
}
