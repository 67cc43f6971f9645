import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, isAppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { countUse } from "../../plans/index.ts";
import { formatOf, SUPPORTED_FORMATS } from "../extraction/index.ts";
import { documentChanged } from "../knowledge.events.ts";
import { ingestQueue } from "../knowledge.jobs.ts";
import {
  type DocumentRow,
  findDocument,
  findVersion,
  latestVersion,
  toDocument,
} from "../knowledge.queries.ts";
import type { KnowledgeDocument } from "../knowledge.schema.ts";
import { documents, documentVersions } from "../knowledge.tables.ts";
import { assertDocumentRoom } from "./document-room.ts";

/** Bytes. Larger files are refused before they are sent. */
export const maxFileSize = 50 * 1024 * 1024;
const uploadLinkSeconds = 900;

export interface UploadTicket {
  documentId: string;
  storagePath: string;
  uploadUrl: string;
  headers: Record<string, string>;
}

/**
 * Makes place for a file and gives a link to upload it by. The document is shown once `confirmUpload`
 * was called. Throws FILE_TYPE_NOT_SUPPORTED, PAYLOAD_TOO_LARGE.
 */
export async function startUpload(
  ctx: Ctx,
  input: { knowledgeBaseId: string; fileName: string; fileType: string; fileSize: number },
): Promise<UploadTicket> {
  assertCan(ctx.actor, "manage knowledge");
  assertAcceptable(input);
  const contentType = input.fileType || "application/octet-stream";
  const documentId = newId();
  const storagePath = blobKeyOf(ctx.tenantId, documentId, 1);
  await inTx(ctx, (ctx) =>
    insertDocument(ctx, {
      id: documentId,
      knowledgeBaseId: input.knowledgeBaseId,
      name: input.fileName,
      fileName: input.fileName,
      sourceType: "FILE_UPLOAD",
      mediaType: contentType,
      size: input.fileSize,
      blobKey: storagePath,
    }),
  );
  const link = await ctx.blobs.presignUpload({
    key: storagePath,
    contentType,
    size: input.fileSize,
    expiresInSeconds: uploadLinkSeconds,
  });
  return { documentId, storagePath, uploadUrl: link.url, headers: link.headers };
}

/** Checks that the bytes are there and queues their processing. Confirming twice changes nothing. */
export async function confirmUpload(
  ctx: Ctx,
  input: { knowledgeBaseId: string; documentId: string; storagePath: string },
): Promise<KnowledgeDocument> {
  assertCan(ctx.actor, "manage knowledge");
  const version = await inTx(ctx, async (ctx) => {
    const document = await findDocument(ctx, input.documentId);
    assertIn(document, input.knowledgeBaseId);
    return findVersion(ctx, document.id, 1);
  });
  if (version.blobKey !== input.storagePath) {
    throw new AppError("VALIDATION_ERROR", "storagePath is not the one that the upload link was made for.");
  }
  const stored = await ctx.blobs.head(version.blobKey);
  if (!stored || stored.size !== version.size) {
    throw new AppError(
      "VALIDATION_ERROR",
      `The file has not arrived whole: ${stored?.size ?? 0} of ${version.size} bytes. Upload it again.`,
    );
  }
  return inTx(ctx, async (ctx) => {
    const document = await findDocument(ctx, input.documentId, { lock: true });
    if (document.stage !== null || document.status !== "PENDING") return toDocument(document);
    return queueProcessing(ctx, document, 1);
  });
}

/** Keeps the text as a Markdown document and queues its processing. */
export async function addManualText(
  ctx: Ctx,
  input: { knowledgeBaseId: string; name: string; content: string },
): Promise<KnowledgeDocument> {
  assertCan(ctx.actor, "manage knowledge");
  const bytes = new TextEncoder().encode(input.content);
  assertSize(bytes.byteLength);
  const documentId = newId();
  const blobKey = blobKeyOf(ctx.tenantId, documentId, 1);
  await ctx.blobs.put(blobKey, bytes, { contentType: "text/markdown" });
  const keeping = inTx(ctx, async (ctx) => {
    const document = await insertDocument(ctx, {
      id: documentId,
      knowledgeBaseId: input.knowledgeBaseId,
      name: input.name,
      fileName: `${documentId}.md`,
      sourceType: "MANUAL_TEXT",
      mediaType: "text/markdown",
      size: bytes.byteLength,
      blobKey,
    });
    return queueProcessing(ctx, document, 1);
  });
  return keeping.catch(async (error: unknown) => {
    if (isAppError(error)) await ctx.blobs.delete(blobKey); // refused: nothing of it stays
    throw error;
  });
}

/**
 * Reads the stored bytes again as a new version. The old one, if there is one, is searched until the
 * new one is ready. Throws CONFLICT while the document is being processed.
 */
export async function reprocessDocument(ctx: Ctx, input: { documentId: string }): Promise<KnowledgeDocument> {
  assertCan(ctx.actor, "manage knowledge");
  return inTx(ctx, async (ctx) => {
    const document = await findDocument(ctx, input.documentId, { lock: true });
    if (document.status === "PROCESSING" || document.status === "PENDING") {
      throw new AppError("CONFLICT", "The document is being processed. Wait until it is done.");
    }
    const last = await latestVersion(ctx, document.id);
    const version = last.version + 1;
    await ctx.tx.insert(documentVersions).values({
      tenantId: ctx.tenantId,
      documentId: document.id,
      version,
      blobKey: last.blobKey,
      fileName: last.fileName,
      mediaType: last.mediaType,
      size: last.size,
      createdAt: ctx.now(),
    });
    return queueProcessing(ctx, document, version);
  });
}

function blobKeyOf(tenantId: string, documentId: string, version: number): string {
  return `${tenantId}/documents/${documentId}/${version}`;
}

function assertAcceptable(file: { fileName: string; fileType: string; fileSize: number }): void {
  if (!formatOf(file.fileName, file.fileType)) {
    const known = Object.values(SUPPORTED_FORMATS).map((format) => format.label);
    throw new AppError(
      "FILE_TYPE_NOT_SUPPORTED",
      `"${file.fileName}" is of a type that cannot be read. Accepted are ${known.join(", ")}.`,
      { details: { accepted: known } },
    );
  }
  assertSize(file.fileSize);
}

function assertSize(size: number): void {
  if (size === 0) throw new AppError("VALIDATION_ERROR", "The file is empty.");
  if (size > maxFileSize) {
    throw new AppError(
      "PAYLOAD_TOO_LARGE",
      `The file has ${Math.ceil(size / 1024 / 1024)} MB; at most ${maxFileSize / 1024 / 1024} MB are accepted. Split it.`,
      { details: { size, limit: maxFileSize } },
    );
  }
}

function assertIn(document: DocumentRow, knowledgeBaseId: string): void {
  if (document.knowledgeBaseId !== knowledgeBaseId)
    throw new AppError("NOT_FOUND", "The document was not found.");
}

async function insertDocument(
  ctx: TxCtx,
  input: Pick<DocumentRow, "id" | "knowledgeBaseId" | "name" | "sourceType" | "mediaType" | "size"> & {
    fileName: string;
    blobKey: string;
  },
): Promise<DocumentRow> {
  await assertDocumentRoom(ctx, input);
  const { blobKey, fileName, ...document } = input;
  const at = ctx.now();
  const [row] = await ctx.tx
    .insert(documents)
    .values({
      ...document,
      tenantId: ctx.tenantId,
      status: "PENDING",
      createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      createdAt: at,
      updatedAt: at,
    })
    .returning();
  if (!row) throw new AppError("INTERNAL", "The document was not written.");
  await ctx.tx.insert(documentVersions).values({
    tenantId: ctx.tenantId,
    documentId: row.id,
    version: 1,
    blobKey,
    fileName,
    mediaType: row.mediaType,
    size: row.size,
    createdAt: at,
  });
  return row;
}

async function queueProcessing(
  ctx: TxCtx,
  document: DocumentRow,
  version: number,
): Promise<KnowledgeDocument> {
  const [row] = await ctx.tx
    .update(documents)
    .set({
      status: "PENDING",
      stage: "queued",
      progress: 0,
      errorCode: null,
      errorMessage: null,
      updatedAt: ctx.now(),
    })
    .where(and(eq(documents.tenantId, ctx.tenantId), eq(documents.id, document.id)))
    .returning();
  if (!row) throw new AppError("INTERNAL", "The document was not written.");
  await ctx.jobs.enqueue(ingestQueue, { tenantId: ctx.tenantId, documentId: document.id, version });
  await recordAudit(ctx, {
    action: version === 1 ? "document.added" : "document.reprocessed",
    subjectType: "document",
    subjectId: document.id,
    after: { name: document.name, version },
  });
  await emit(ctx, documentChanged, {
    documentId: document.id,
    knowledgeBaseId: document.knowledgeBaseId,
    deleted: false,
  });
  await countUse(ctx, "processingJobs"); // last: its lock is where all of a tenant's documents meet
  return toDocument(row);
}
