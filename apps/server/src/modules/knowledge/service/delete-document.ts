import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { removeFromIndex } from "../../retrieval/index.ts";
import { documentChanged } from "../knowledge.events.ts";
import { deleteBlobsQueue } from "../knowledge.jobs.ts";
import { findDocument, lockDocuments, ordinalsOfOtherVersions } from "../knowledge.queries.ts";
import { documents, documentVersions, knowledgeBases } from "../knowledge.tables.ts";

/** From the moment this returns no search finds the document; its bytes go soon after. */
export async function deleteDocument(ctx: Ctx, input: { documentId: string }): Promise<void> {
  assertCan(ctx.actor, "manage knowledge");
  await inTx(ctx, async (ctx) => {
    const document = await findDocument(ctx, input.documentId, { lock: true });
    const ordinals = await ordinalsOfOtherVersions(ctx, document.id, null);
    await removeFromIndex(ctx, { knowledgeBaseId: document.knowledgeBaseId, ordinals });
    await deleteBlobsLater(ctx, [document.id]);
    await ctx.tx
      .delete(documents)
      .where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.id, document.id)));
    await recordAudit(ctx, {
      action: "document.deleted",
      subjectType: "document",
      subjectId: document.id,
      before: { name: document.name },
    });
    await emit(ctx, documentChanged, {
      documentId: document.id,
      knowledgeBaseId: document.knowledgeBaseId,
      deleted: true,
    });
  });
}

/** With everything in it, uploads that never arrived too; its index goes by the foreign keys. */
export async function deleteKnowledgeBase(ctx: TxCtx, knowledgeBaseId: string): Promise<void> {
  const all = await lockDocuments(ctx, knowledgeBaseId); // what is being indexed now ends first
  await deleteBlobsLater(
    ctx,
    all.map((document) => document.id),
  );
  await ctx.tx
    .delete(knowledgeBases)
    .where(and(eq(knowledgeBases.tenantId, ctx.tenantId), eq(knowledgeBases.id, knowledgeBaseId)));
}

async function deleteBlobsLater(ctx: TxCtx, documentIds: string[]): Promise<void> {
  for (const documentId of documentIds) {
    const versions = await ctx.tx
      .selectDistinct({ blobKey: documentVersions.blobKey })
      .from(documentVersions)
      .where(and(eq(documentVersions.tenantId, ctx.tenantId), eq(documentVersions.documentId, documentId)));
    const keys = versions.map((version) => version.blobKey);
    if (keys.length > 0) await ctx.jobs.enqueue(deleteBlobsQueue, { keys });
  }
}
