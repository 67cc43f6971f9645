import { and, eq, sql } from "drizzle-orm";
import type { Caches, IndexContext } from "../caches.ts";
import { chunkVectors } from "../retrieval.tables.ts";
import { sketchesUpTo } from "./sketch-store.ts";
import { nearestSketches, sketchOf } from "./sketches.ts";
import type { VectorSpace } from "./spaces.ts";
import { isZero, vectorText } from "./vectors.ts";

/** So many chunks by their sketches are compared exactly: recall@10 of .995 and more was measured. */
const CANDIDATES = 300;

/**
 * The cosine, rounded to six decimals, between the query and the chunks nearest to it, and also the chunks
 * `alsoWanted`. By ordinal; empty for a query vector of zeros or none. `lengths` is 0 where a chunk is not live.
 */
export async function scoreDensely(
  ctx: IndexContext,
  caches: Caches,
  space: VectorSpace,
  lengths: Uint32Array,
  queryVector: readonly number[],
  alsoWanted: readonly number[],
): Promise<Map<number, number>> {
  if (isZero(queryVector)) return new Map();
  const sketches = await sketchesUpTo(ctx, caches, space, lengths.length);
  const nearest = nearestSketches(sketches, lengths, sketchOf(queryVector), CANDIDATES);
  const ordinals = [...new Set([...nearest, ...alsoWanted])];
  const rows = await ctx.tx
    .select({
      ordinal: chunkVectors.ordinal,
      score: sql<number>`-(${chunkVectors.embedding} <#> ${vectorText(queryVector)}::halfvec)`,
    })
    .from(chunkVectors)
    .where(
      and(
        eq(chunkVectors.tenantId, ctx.tenantId),
        eq(chunkVectors.spaceId, space.id),
        sql`${chunkVectors.ordinal} = any(${sql.param(ordinals)}::int[])`,
      ),
    );
  // Databases add in different orders: beyond six decimals they need not agree.
  return new Map(rows.map(({ ordinal, score }) => [ordinal, Math.round(score * 1e6) / 1e6]));
}
