import { and, count, eq, min, sql } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { freshAtSql, isStaleSql } from "../freshness.ts";
import { documentChanged } from "../knowledge.events.ts";
import { findDocument, toDocument } from "../knowledge.queries.ts";
import type { Freshness, KnowledgeDocument } from "../knowledge.schema.ts";
import { documents, knowledgeBases } from "../knowledge.tables.ts";

/** How old a knowledge base's documents are, and from when on one counts as stale. */
export async function getFreshness(ctx: Ctx, input: { knowledgeBaseId: string }): Promise<Freshness> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, (ctx) => freshnessOf(ctx, input.knowledgeBaseId));
}

/** Sets after how many days a document of the knowledge base counts as stale. */
export async function setStaleAfter(
  ctx: Ctx,
  input: { knowledgeBaseId: string; staleAfterDays: number },
): Promise<Freshness> {
  assertCan(ctx.actor, "manage knowledge");
  const { knowledgeBaseId, staleAfterDays } = input;
  return inTx(ctx, async (ctx) => {
    const before = await freshnessOf(ctx, knowledgeBaseId);
    await ctx.tx
      .update(knowledgeBases)
      .set({ staleAfterDays })
      .where(and(eq(knowledgeBases.tenantId, ctx.tenantId), eq(knowledgeBases.id, knowledgeBaseId)));
    await recordAudit(ctx, {
      action: "knowledge_base.changed",
      subjectType: "knowledge_base",
      subjectId: knowledgeBaseId,
      before: { staleAfterDays: before.staleAfterDays },
      after: { staleAfterDays },
    });
    return freshnessOf(ctx, knowledgeBaseId);
  });
}

/** Its owner has looked: what the document says still holds, so that it is as fresh as a new one. */
export async function affirmDocument(ctx: Ctx, input: { documentId: string }): Promise<KnowledgeDocument> {
  assertCan(ctx.actor, "manage knowledge");
  return inTx(ctx, async (ctx) => {
    const before = await findDocument(ctx, input.documentId, { lock: true });
    const at = ctx.now();
    await ctx.tx
      .update(documents)
      .set({ refreshedAt: at, updatedAt: at })
      .where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.id, before.id)));
    await recordAudit(ctx, {
      action: "document.affirmed",
      subjectType: "document",
      subjectId: before.id,
      after: { name: before.name },
    });
    const { id: documentId, knowledgeBaseId } = before;
    await emit(ctx, documentChanged, { documentId, knowledgeBaseId, deleted: false });
    return toDocument({ ...before, refreshedAt: at, updatedAt: at });
  });
}

async function freshnessOf(ctx: TxCtx, knowledgeBaseId: string): Promise<Freshness> {
  const now = ctx.now();
  const [row] = await ctx.tx
    .select({
      staleAfterDays: knowledgeBases.staleAfterDays,
      documents: count(documents.currentVersion),
      stale: sql<number>`count(*) filter (where ${isStaleSql(now)})`.mapWith(Number),
      oldest: min(freshAtSql).mapWith(documents.refreshedAt),
    })
    .from(knowledgeBases)
    .leftJoin(
      documents,
      and(eq(documents.tenantId, knowledgeBases.tenantId), eq(documents.knowledgeBaseId, knowledgeBases.id)),
    )
    .where(and(eq(knowledgeBases.tenantId, ctx.tenantId), eq(knowledgeBases.id, knowledgeBaseId)))
    .groupBy(knowledgeBases.id, knowledgeBases.staleAfterDays);
  if (!row) throw notFound("The knowledge base");
  return row;
}
