import { and, asc, eq, gte, lt, sql } from "drizzle-orm";
import type { Caches, IndexContext } from "../caches.ts";
import { chunkVectors, vectorSketches } from "../retrieval.tables.ts";
import { type Sketches, sketchWidth, writeBits } from "./sketches.ts";
import type { VectorSpace } from "./spaces.ts";

/** Chunks in one stored block of sketches. */
export const BLOCK = 4096;

/**
 * Sketches of at least the chunks below `upTo`. Vectors never change and ordinals only grow, so what is
 * in memory stays right and only what came since is read: whole blocks, and the rest from the vectors.
 */
export async function sketchesUpTo(
  ctx: IndexContext,
  caches: Caches,
  space: VectorSpace,
  upTo: number,
): Promise<Sketches> {
  const key = `${ctx.tenantId}/${space.id}`;
  const known = caches.sketches.get(key);
  if (known && known.count >= upTo) return known;
  const width = sketchWidth(space.dimensions);
  const count = known?.count ?? 0;
  const words = withRoom(known?.words, upTo * width);
  const read = await readBlocks(ctx, space.id, Math.floor(count / BLOCK), words, width);
  await readVectorBits(ctx, space.id, Math.max(count, read), upTo, words, width);
  const sketches: Sketches = { count: Math.max(upTo, read), width, words };
  caches.sketches.set(key, sketches, words.byteLength);
  return sketches;
}

/** The same words, if there is room; else a copy with some to spare. */
function withRoom(words: Int32Array | undefined, length: number): Int32Array {
  if (words && words.length >= length) return words;
  const larger = new Int32Array(words ? Math.ceil(length * 1.25) : length);
  if (words) larger.set(words);
  return larger;
}

/** Copies the stored blocks from `block` on; returns the ordinal after the last one. */
async function readBlocks(
  ctx: IndexContext,
  spaceId: string,
  block: number,
  words: Int32Array,
  width: number,
): Promise<number> {
  const rows = await ctx.tx
    .select({ block: vectorSketches.block, data: vectorSketches.data })
    .from(vectorSketches)
    .where(
      and(
        eq(vectorSketches.tenantId, ctx.tenantId),
        eq(vectorSketches.spaceId, spaceId),
        gte(vectorSketches.block, block),
      ),
    )
    .orderBy(asc(vectorSketches.block));
  let next = block;
  for (const row of rows) {
    const offset = row.block * BLOCK * width;
    // A gap, or a block that was completed after this search began, is read from the vectors instead.
    if (row.block !== next || offset + BLOCK * width > words.length) break;
    for (let i = 0; i < BLOCK * width; i++) words[offset + i] = row.data.readInt32LE(i * 4);
    next++;
  }
  return next * BLOCK;
}

/** Has Postgres reduce the vectors from `first` up to, not including, `end` to bits. */
async function readVectorBits(
  ctx: IndexContext,
  spaceId: string,
  first: number,
  end: number,
  words: Int32Array,
  width: number,
): Promise<void> {
  if (first >= end) return;
  const rows = await ctx.tx
    .select({
      ordinal: chunkVectors.ordinal,
      bits: sql<string>`binary_quantize(${chunkVectors.embedding})::text`,
    })
    .from(chunkVectors)
    .where(
      and(
        eq(chunkVectors.tenantId, ctx.tenantId),
        eq(chunkVectors.spaceId, spaceId),
        gte(chunkVectors.ordinal, first),
        lt(chunkVectors.ordinal, end),
      ),
    );
  for (const { ordinal, bits } of rows) writeBits(bits, words, ordinal * width);
}

/**
 * Stores the first complete block that is not stored yet, so that a process that starts reads 4,096 chunks
 * in one row. False if there is none. Chunks that were removed before are zeros in it; none is searched.
 */
export async function storeNextBlock(
  ctx: IndexContext,
  space: VectorSpace,
  nextOrdinal: number,
  version: number,
): Promise<boolean> {
  const [stored] = await ctx.tx
    .select({ blocks: sql<number>`coalesce(max(${vectorSketches.block}) + 1, 0)::int` })
    .from(vectorSketches)
    .where(and(eq(vectorSketches.tenantId, ctx.tenantId), eq(vectorSketches.spaceId, space.id)));
  const block = stored?.blocks ?? 0;
  const first = block * BLOCK;
  if (first + BLOCK > nextOrdinal) return false;
  const width = sketchWidth(space.dimensions);
  const words = new Int32Array((first + BLOCK) * width);
  await readVectorBits(ctx, space.id, first, first + BLOCK, words, width);
  const data = Buffer.alloc(BLOCK * width * 4);
  for (let i = 0; i < BLOCK * width; i++) data.writeInt32LE(words[first * width + i] ?? 0, i * 4);
  await ctx.tx
    .insert(vectorSketches)
    .values({ tenantId: ctx.tenantId, spaceId: space.id, block, data, version })
    .onConflictDoNothing();
  return true;
}
