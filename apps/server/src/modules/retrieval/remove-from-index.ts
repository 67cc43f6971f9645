import { and, eq, inArray, sql } from "drizzle-orm";
import type { TxCtx } from "../../ports/index.ts";
import { cachesOf } from "./caches.ts";
import { lockIndex, withSnapshot } from "./lexical/snapshot.ts";
import { enqueueMergeIfDue } from "./merge-index.ts";
import { chunkVectors, searchDeletions, searchIndexes, vectorSpaces } from "./retrieval.tables.ts";

/**
 * Removes chunks: no search that begins after the transaction's commit returns them, and no space, searched or
 * not, keeps a vector of them. Ordinals that are not in the index (any more) are passed over. NOT_FOUND for an
 * unknown knowledge base.
 */
export async function removeFromIndex(
  ctx: Pick<TxCtx, "db" | "tenantId" | "tx" | "jobs">,
  input: { knowledgeBaseId: string; ordinals: number[] },
): Promise<void> {
  const { knowledgeBaseId } = input;
  await lockIndex(ctx, knowledgeBaseId);
  const snapshot = await withSnapshot(ctx, cachesOf(ctx), knowledgeBaseId, async (current) => current);
  const live = [...new Set(input.ordinals)].filter((ordinal) => (snapshot.lengths[ordinal] ?? 0) > 0);
  if (live.length === 0) return;

  await ctx.tx
    .insert(searchDeletions)
    .select(sql`select ${ctx.tenantId}::uuid, ${knowledgeBaseId}::uuid, unnest(${sql.param(live)}::int[])`);
  await ctx.tx.delete(chunkVectors).where(
    and(
      eq(chunkVectors.tenantId, ctx.tenantId),
      inArray(
        chunkVectors.spaceId,
        ctx.tx
          .select({ id: vectorSpaces.id })
          .from(vectorSpaces)
          .where(
            and(eq(vectorSpaces.tenantId, ctx.tenantId), eq(vectorSpaces.knowledgeBaseId, knowledgeBaseId)),
          ),
      ),
      sql`${chunkVectors.ordinal} = any(${sql.param(live)}::int[])`,
    ),
  );
  await ctx.tx
    .update(searchIndexes)
    .set({
      liveChunks: sql`${searchIndexes.liveChunks} - ${live.length}`,
      version: sql`${searchIndexes.version} + 1`,
    })
    .where(and(eq(searchIndexes.tenantId, ctx.tenantId), eq(searchIndexes.knowledgeBaseId, knowledgeBaseId)));
  await enqueueMergeIfDue(ctx, knowledgeBaseId);
}
