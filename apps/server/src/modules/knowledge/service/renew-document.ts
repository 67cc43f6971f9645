import { and, eq } from "drizzle-orm";
import { sha256Hex } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { removeFromIndex } from "../../retrieval/index.ts";
import {
  type DocumentRow,
  findDocument,
  latestVersion,
  ordinalsOfOtherVersions,
  toDocument,
} from "../knowledge.queries.ts";
import type { KnowledgeDocument } from "../knowledge.schema.ts";
import { chunks, documents } from "../knowledge.tables.ts";
import { assertStorageRoom } from "./document-room.ts";
import { assertSize, insertVersion, queueProcessing, type StoredFile } from "./store-document.ts";

/**
 * Reads the stored bytes again as a new version. The old one, if there is one, is searched until the
 * new one is ready. Throws CONFLICT while the document is being processed.
 */
export async function reprocessDocument(ctx: Ctx, input: { documentId: string }): Promise<KnowledgeDocument> {
  assertCan(ctx.actor, "manage knowledge");
  return inTx(ctx, async (ctx) => {
    const document = await findIdle(ctx, input.documentId);
    const { blobKey, fileName, mediaType, size, ...last } = await latestVersion(ctx, document.id);
    const version = last.version + 1;
    await insertVersion(ctx, { documentId: document.id, version, blobKey, fileName, mediaType, size });
    return queueProcessing(ctx, document, version, "document.reprocessed");
  });
}

/**
 * Gives a document other bytes as a new version; the old one is searched until the new one is ready, or with `withdraw`
 * no longer from the moment that this returns: whoever corrects a text does not want the error quoted. The same
 * bytes change nothing but the document's age. Throws CONFLICT while the document is being processed, and INSUFFICIENT_CREDITS where the
 * plan has no room for what the new bytes have more.
 */
export async function replaceDocument(
  ctx: Ctx,
  input: { documentId: string; bytes: Uint8Array; mediaType: string; fileName: string; withdraw?: boolean },
): Promise<KnowledgeDocument> {
  assertCan(ctx.actor, "manage knowledge");
  const { documentId, bytes, mediaType, fileName, withdraw = false } = input;
  assertSize(bytes.byteLength);
  const sha256 = sha256Hex(bytes);
  const same = await inTx(ctx, async (ctx) => {
    const document = await findDocument(ctx, documentId);
    if ((await latestVersion(ctx, documentId)).sha256 !== sha256) return null;
    const refreshedAt = ctx.now();
    await ctx.tx
      .update(documents)
      .set({ refreshedAt })
      .where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.id, documentId)));
    return toDocument({ ...document, refreshedAt });
  });
  if (same) return same;
  const blobKey = newBlobKey(ctx.tenantId, documentId);
  await ctx.blobs.put(blobKey, bytes, { contentType: mediaType });
  try {
    const stored = { blobKey, fileName, mediaType, size: bytes.byteLength, sha256 };
    return await inTx(ctx, (ctx) => replaceByStored(ctx, documentId, stored, { withdraw }));
  } catch (error) {
    await ctx.blobs.delete(blobKey);
    throw error;
  }
}

/** A key that no other bytes of the document can have, whichever version they will be. */
export function newBlobKey(tenantId: string, documentId: string): string {
  return `${tenantId}/documents/${documentId}/${newId()}`;
}

/** The same for bytes that are stored already. Locks the plan first: begin a transaction with it, or have its lock. */
export async function replaceByStored(
  ctx: TxCtx,
  documentId: string,
  file: StoredFile & { mediaType: string; size: number },
  { withdraw }: { withdraw: boolean } = { withdraw: false },
): Promise<KnowledgeDocument> {
  const before = await findDocument(ctx, documentId);
  await assertStorageRoom(ctx, file.size - (before.size ?? 0));
  const document = await findIdle(ctx, documentId);
  const version = (await latestVersion(ctx, documentId)).version + 1;
  await insertVersion(ctx, { documentId, version, ...file });
  if (withdraw) await withdrawPassages(ctx, document);
  await ctx.tx
    .update(documents)
    .set({ size: file.size, mediaType: file.mediaType, refreshedAt: ctx.now() })
    .where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.id, documentId)));
  return queueProcessing(ctx, document, version, "document.replaced");
}

/** No search finds the document any more until its next version is ready. */
async function withdrawPassages(ctx: TxCtx, { id, knowledgeBaseId }: DocumentRow): Promise<void> {
  const ordinals = await ordinalsOfOtherVersions(ctx, id, null);
  await removeFromIndex(ctx, { knowledgeBaseId, ordinals });
  await ctx.tx.delete(chunks).where(and(eq(chunks.tenantId, ctx.tenantId), eq(chunks.documentId, id)));
  await ctx.tx
    .update(documents)
    .set({ currentVersion: null, chunkCount: 0 })
    .where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.id, id)));
}

async function findIdle(ctx: TxCtx, documentId: string): Promise<DocumentRow> {
  const document = await findDocument(ctx, documentId, { lock: true });
  if (document.status === "PROCESSING" || document.status === "PENDING") {
    throw new AppError("CONFLICT", "The document is being processed. Wait until it is done.");
  }
  return document;
}
