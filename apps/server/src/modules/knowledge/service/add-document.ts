import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { formatOf, SUPPORTED_FORMATS } from "../extraction/index.ts";
import { type DocumentRow, findDocument, findVersion, toDocument } from "../knowledge.queries.ts";
import type { KnowledgeDocument } from "../knowledge.schema.ts";
import {
  assertSize,
  blobKeyOf,
  insertDocument,
  queueProcessing,
  uploadLinkSeconds,
} from "./store-document.ts";

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

/**
 * Checks that the bytes are there and queues their processing. Confirming twice changes nothing. Where the caller names
 * the knowledge base and the path, they must be those of the link.
 */
export async function confirmUpload(
  ctx: Ctx,
  input: { documentId: string; knowledgeBaseId?: string; storagePath?: string },
): Promise<KnowledgeDocument> {
  assertCan(ctx.actor, "manage knowledge");
  const { knowledgeBaseId, storagePath } = input;
  const version = await inTx(ctx, async (ctx) => {
    const document = await findDocument(ctx, input.documentId);
    if (knowledgeBaseId !== undefined) assertIn(document, knowledgeBaseId);
    return findVersion(ctx, document.id, 1);
  });
  if (storagePath !== undefined && version.blobKey !== storagePath) {
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

function assertIn(document: DocumentRow, knowledgeBaseId: string): void {
  if (document.knowledgeBaseId !== knowledgeBaseId)
    throw new AppError("NOT_FOUND", "The document was not found.");
}
