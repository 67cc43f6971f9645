import { and, asc, eq, inArray } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { lockIndex, removeFromIndex } from "../../retrieval/index.ts";
import { documentChanged } from "../knowledge.events.ts";
import { deleteBlobsQueue } from "../knowledge.jobs.ts";
import { findDocument, lockDocuments, ordinalsOfOtherVersions } from "../knowledge.queries.ts";
import { chunks, documents, documentVersions, knowledgeBases } from "../knowledge.tables.ts";
import { leavePageOut, lockSources } from "../sources/sources.queries.ts";
import { uploadLinkSeconds } from "./store-document.ts";

/**
 * From the moment this returns no search finds the document; its bytes go soon after. A page of a web source that
 * is deleted by hand stays away when the source is read again.
 */
export async function deleteDocument(ctx: Ctx, input: { documentId: string }): Promise<void> {
  assertCan(ctx.actor, "manage knowledge");
  await inTx(ctx, async (ctx) => {
    const { sourceId } = await findDocument(ctx, input.documentId);
    if (sourceId) await leavePageOut(ctx, sourceId, input.documentId);
    await removeDocument(ctx, input.documentId);
  });
}

/** Without asking who may: for verbs that have asked, and for the system. */
export async function removeDocument(ctx: TxCtx, documentId: string): Promise<void> {
  const document = await findDocument(ctx, documentId, { lock: true });
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
}

/** All documents of a web source at once. Who watches hears of the source's end, not of each of them. */
export async function removeDocumentsOf(
  ctx: TxCtx,
  source: { id: string; knowledgeBaseId: string },
): Promise<void> {
  const ofSource = and(eq(documents.tenantId, ctx.tenantId), eq(documents.sourceId, source.id));
  const doomed = await ctx.tx
    .select({ id: documents.id })
    .from(documents)
    .where(ofSource)
    .orderBy(asc(documents.id))
    .for("update");
  if (doomed.length === 0) return;
  const ids = doomed.map((document) => document.id);
  const found = await ctx.tx
    .select({ ordinal: chunks.ordinal })
    .from(chunks)
    .where(and(eq(chunks.tenantId, ctx.tenantId), inArray(chunks.documentId, ids)));
  const ordinals = found.map((chunk) => chunk.ordinal);
  await removeFromIndex(ctx, { knowledgeBaseId: source.knowledgeBaseId, ordinals });
  await deleteBlobsLater(ctx, ids);
  await ctx.tx.delete(documents).where(ofSource);
}

/**
 * With everything in it, uploads that never arrived too; its index goes by the foreign keys. Lock the tenant's plan
 * first, as whoever adds a document does: one that came while this waits would leave its bytes behind.
 */
export async function deleteKnowledgeBase(ctx: TxCtx, knowledgeBaseId: string): Promise<void> {
  await lockSources(ctx, knowledgeBaseId); // a crawl locks its source before its documents
  const all = await lockDocuments(ctx, knowledgeBaseId); // what is being indexed now ends first
  await lockIndex(ctx, knowledgeBaseId); // and so do a merge and a build with another embedding model
  await deleteBlobsLater(
    ctx,
    all.map((document) => document.id),
  );
  await ctx.tx
    .delete(knowledgeBases)
    .where(and(eq(knowledgeBases.tenantId, ctx.tenantId), eq(knowledgeBases.id, knowledgeBaseId)));
}

/** Now, and once more for what an upload link that is still open may bring. */
async function deleteBlobsLater(ctx: TxCtx, documentIds: string[]): Promise<void> {
  const openSince = new Date(ctx.now().getTime() - uploadLinkSeconds * 1000);
  for (const documentId of documentIds) {
    const versions = await ctx.tx
      .selectDistinct({ blobKey: documentVersions.blobKey })
      .from(documentVersions)
      .where(and(eq(documentVersions.tenantId, ctx.tenantId), eq(documentVersions.documentId, documentId)));
    const keys = versions.map((version) => version.blobKey);
    if (keys.length === 0) continue;
    await ctx.jobs.enqueue(deleteBlobsQueue, { keys });
    const { sourceType, createdAt } = await findDocument(ctx, documentId);
    if (sourceType !== "FILE_UPLOAD" || createdAt < openSince) continue;
    await ctx.jobs.enqueue(deleteBlobsQueue, { keys }, { afterSeconds: uploadLinkSeconds + 60 });
  }
}
