import { newId } from "../../platform/ids/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { markChanging } from "./caches.ts";
import { searchIndexes, vectorSpaces } from "./retrieval.tables.ts";

/** Creates the index and the vector space of `model` (`provider:model`) for a new knowledge base. */
export async function createIndex(
  ctx: Pick<TxCtx, "tenantId" | "tx">,
  input: { knowledgeBaseId: string; model: string; dimensions: number },
): Promise<void> {
  const { knowledgeBaseId, model, dimensions } = input;
  const { tenantId } = ctx;
  markChanging(ctx.tx);
  await ctx.tx.insert(searchIndexes).values({ tenantId, knowledgeBaseId });
  await ctx.tx
    .insert(vectorSpaces)
    .values({ tenantId, id: newId(), knowledgeBaseId, model, dimensions, status: "active" });
}
