import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { createIndex } from "../../retrieval/index.ts";
import { knowledgeBases } from "../knowledge.tables.ts";

/** Numbers in a vector of the built-in embedding model. */
const builtinDimensions = 512;

/** A new, empty set of documents with its search index. */
export async function createKnowledgeBase(ctx: TxCtx, name: string): Promise<{ id: string }> {
  const id = newId();
  const { provider, modelId } = ctx.ports.models.builtin.embedding;
  await ctx.tx.insert(knowledgeBases).values({ tenantId: ctx.tenantId, id, name, createdAt: ctx.now() });
  await createIndex(ctx, {
    knowledgeBaseId: id,
    model: `${provider}:${modelId}`,
    dimensions: builtinDimensions,
  });
  return { id };
}
