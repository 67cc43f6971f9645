import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { createIndex } from "../../retrieval/index.ts";
import { builtinSpace } from "../embedding/builtin-space.ts";
import { knowledgeBases } from "../knowledge.tables.ts";

/** A new, empty set of documents with its search index. */
export async function createKnowledgeBase(ctx: TxCtx, name: string): Promise<{ id: string }> {
  const id = newId();
  await ctx.tx.insert(knowledgeBases).values({ tenantId: ctx.tenantId, id, name, createdAt: ctx.now() });
  await createIndex(ctx, { knowledgeBaseId: id, ...builtinSpace(ctx) });
  return { id };
}
