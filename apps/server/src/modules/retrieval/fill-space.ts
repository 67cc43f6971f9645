import { and, eq, sql } from "drizzle-orm";
import type { TxCtx } from "../../ports/index.ts";
import { cachesOf, type IndexContext } from "./caches.ts";
import { changeSpace, type SpaceRow, spacesWhere } from "./dense/spaces.ts";
import { checkedVectors, writeVectors } from "./dense/write-vectors.ts";
import { lockIndex, withSnapshot } from "./lexical/snapshot.ts";
import { chunkVectors, vectorSpaces } from "./retrieval.tables.ts";

/** So many ordinals are looked up in one statement. */
const LOOKED_UP = 4_096;

/** A space that is being built; null once it is not, or is gone: whoever builds it then stops. */
export async function buildingSpace(
  ctx: IndexContext,
  input: { knowledgeBaseId: string; spaceId: string },
): Promise<SpaceRow | null> {
  const [space] = await spacesWhere(ctx, input.knowledgeBaseId, eq(vectorSpaces.id, input.spaceId));
  return space?.status === "building" && space.failure === null ? space : null;
}

/**
 * The first `limit` live chunks from ordinal `from` on that have no vector in a space. Every live chunk
 * between `from` and `upTo` that is not among them has one. Ordinals only grow, so a builder that goes on
 * from `upTo` misses none. NOT_FOUND for an unknown knowledge base.
 */
export async function missingVectors(
  ctx: IndexContext,
  input: { knowledgeBaseId: string; spaceId: string; from: number; limit: number },
): Promise<{ ordinals: number[]; upTo: number }> {
  const { spaceId, from, limit } = input;
  const { lengths } = await withSnapshot(ctx, cachesOf(ctx), input.knowledgeBaseId, async (now) => now);
  const missing: number[] = [];
  for (let start = from; start < lengths.length; start += LOOKED_UP) {
    const end = Math.min(start + LOOKED_UP, lengths.length);
    const present = await presentVectors(ctx, spaceId, start, end);
    for (let ordinal = start; ordinal < end; ordinal++) {
      if ((lengths[ordinal] ?? 0) === 0 || present.has(ordinal)) continue;
      missing.push(ordinal);
      if (missing.length === limit) return { ordinals: missing, upTo: ordinal + 1 };
    }
  }
  return { ordinals: missing, upTo: Math.max(from, lengths.length) };
}

async function presentVectors(
  ctx: IndexContext,
  spaceId: string,
  start: number,
  end: number,
): Promise<Set<number>> {
  const rows = await ctx.tx
    .select({ ordinal: chunkVectors.ordinal })
    .from(chunkVectors)
    .where(
      and(
        eq(chunkVectors.tenantId, ctx.tenantId),
        eq(chunkVectors.spaceId, spaceId),
        sql`${chunkVectors.ordinal} >= ${start} and ${chunkVectors.ordinal} < ${end}`,
      ),
    );
  return new Set(rows.map(({ ordinal }) => ordinal));
}

/**
 * Adds vectors to a space that is being built; chunks that were removed meanwhile are left out, and those
 * that have a vector keep it, so that it may be done twice. False if the space is not being built any more.
 * VALIDATION_ERROR for vectors of other dimensions than the space's.
 */
export async function fillSpace(
  ctx: Pick<TxCtx, "db" | "tenantId" | "tx" | "now">,
  input: { knowledgeBaseId: string; spaceId: string; ordinals: number[]; vectors: number[][] },
): Promise<boolean> {
  const { knowledgeBaseId, spaceId, ordinals } = input;
  await lockIndex(ctx, knowledgeBaseId); // a removal comes before or after, never between look and write
  const space = await buildingSpace(ctx, input);
  if (!space) return false;
  const vectors = checkedVectors(space, ordinals.length, input.vectors);
  const { lengths } = await withSnapshot(ctx, cachesOf(ctx), knowledgeBaseId, async (now) => now);
  const live = ordinals.flatMap((ordinal, i) => {
    const vector = vectors[i];
    return vector && (lengths[ordinal] ?? 0) > 0 ? [{ ordinal, vector }] : [];
  });
  await writeVectors(
    ctx,
    spaceId,
    live.map(({ ordinal }) => ordinal),
    live.map(({ vector }) => vector),
  );
  await changeSpace(ctx, spaceId, { updatedAt: ctx.now() });
  return true;
}
