import { sql } from "drizzle-orm";
import { newId } from "../../platform/ids/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { markChanging } from "./caches.ts";
import { assertDimensions, type VectorSpace } from "./dense/spaces.ts";
import { searchIndexes, vectorSpaces } from "./retrieval.tables.ts";

/** Creates the index and the vector space of `model` (`provider:model`) for a new knowledge base. */
export async function createIndex(
  ctx: Pick<TxCtx, "tenantId" | "tx">,
  input: { knowledgeBaseId: string; model: string; dimensions: number },
): Promise<VectorSpace> {
  const { knowledgeBaseId, model, dimensions } = input;
  const { tenantId } = ctx;
  assertDimensions(model, dimensions);
  const id = newId();
  markChanging(ctx.tx);
  await ctx.tx.insert(searchIndexes).values({ tenantId, knowledgeBaseId });
  await ctx.tx
    .insert(vectorSpaces)
    .values({ tenantId, id, knowledgeBaseId, model, dimensions, status: "active", activatedAt: sql`now()` });
  return { id, model, dimensions };
}
