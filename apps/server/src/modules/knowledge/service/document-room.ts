import { and, count, eq, sum } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { assertRoom } from "../../plans/index.ts";
import { documents } from "../knowledge.tables.ts";

/**
 * Throws INSUFFICIENT_CREDITS unless the tenant's plan has room for one more document of `size` bytes in the
 * knowledge base. It takes the lock of the tenant's plan: call it before anything else locks a row.
 */
export async function assertDocumentRoom(
  ctx: TxCtx,
  { knowledgeBaseId, size }: { knowledgeBaseId: string; size: number | null },
): Promise<void> {
  await assertRoom(ctx, "documents", { used: (ctx) => countDocuments(ctx, knowledgeBaseId), adding: 1 });
  await assertStorageRoom(ctx, size ?? 0);
}

/** The same for `adding` bytes: what a new version of a document has more than the old one. */
export async function assertStorageRoom(ctx: TxCtx, adding: number): Promise<void> {
  await assertRoom(ctx, "storage", { used: storedBytes, adding });
}

/** With uploads that were announced and not confirmed: their room is taken until they are tidied away. */
async function countDocuments(ctx: TxCtx, knowledgeBaseId: string): Promise<number> {
  const [row] = await ctx.tx
    .select({ n: count() })
    .from(documents)
    .where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.knowledgeBaseId, knowledgeBaseId)));
  return row?.n ?? 0;
}

/** Bytes of all documents of the tenant, as their owners see their sizes. */
export async function storedBytes(ctx: TxCtx): Promise<number> {
  const [row] = await ctx.tx
    .select({ bytes: sum(documents.size) })
    .from(documents)
    .where(eq(documents.tenantId, ctx.tenantId));
  return Number(row?.bytes ?? 0);
}

/** How many documents each knowledge base of the tenant holds. */
export async function documentCounts(ctx: TxCtx): Promise<Map<string, number>> {
  const rows = await ctx.tx
    .select({ id: documents.knowledgeBaseId, n: count() })
    .from(documents)
    .where(eq(documents.tenantId, ctx.tenantId))
    .groupBy(documents.knowledgeBaseId);
  return new Map(rows.map((row) => [row.id, row.n]));
}
