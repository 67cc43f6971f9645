import { and, asc, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
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

/** Throws NOT_FOUND unless the tenant has such a knowledge base. */
export async function assertKnowledgeBase(ctx: Ctx, input: { knowledgeBaseId: string }): Promise<void> {
  const [row] = await inTx(ctx, (ctx) =>
    ctx.tx
      .select({ id: knowledgeBases.id })
      .from(knowledgeBases)
      .where(and(eq(knowledgeBases.tenantId, ctx.tenantId), eq(knowledgeBases.id, input.knowledgeBaseId))),
  );
  if (!row) throw notFound("The knowledge base");
}

/** The tenant's knowledge bases, oldest first, at most `limit` of them. */
export async function listKnowledgeBases(ctx: Ctx, input: { limit: number }): Promise<string[]> {
  const rows = await inTx(ctx, (ctx) =>
    ctx.tx
      .select({ id: knowledgeBases.id })
      .from(knowledgeBases)
      .where(eq(knowledgeBases.tenantId, ctx.tenantId))
      .orderBy(asc(knowledgeBases.createdAt), asc(knowledgeBases.id))
      .limit(input.limit),
  );
  return rows.map(({ id }) => id);
}
