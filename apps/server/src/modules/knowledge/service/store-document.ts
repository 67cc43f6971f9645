import { and, eq } from "drizzle-orm";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { countUse } from "../../plans/index.ts";
import { documentChanged } from "../knowledge.events.ts";
import { ingestQueue } from "../knowledge.jobs.ts";
import { type DocumentRow, holdKnowledgeBase, toDocument, type VersionRow } from "../knowledge.queries.ts";
import type { KnowledgeDocument } from "../knowledge.schema.ts";
import { documents, documentVersions } from "../knowledge.tables.ts";
import { assertDocumentRoom } from "./document-room.ts";

/** Bytes. Larger files are refused before they are sent. */
export const maxFileSize = 50 * 1024 * 1024;

/** How long a link to upload a file by works. */
export const uploadLinkSeconds = 900;

export function blobKeyOf(tenantId: string, documentId: string, version: number): string {
  return `${tenantId}/documents/${documentId}/${version}`;
}

export function assertSize(size: number): void {
  if (size === 0) throw new AppError("VALIDATION_ERROR", "The file is empty.");
  if (size > maxFileSize) {
    throw new AppError(
      "PAYLOAD_TOO_LARGE",
      `The file has ${Math.ceil(size / 1024 / 1024)} MB; at most ${maxFileSize / 1024 / 1024} MB are accepted. Split it.`,
      { details: { size, limit: maxFileSize } },
    );
  }
}

/** Bytes that lie in the store, and the name by which their format is known. */
export interface StoredFile {
  blobKey: string;
  fileName: string;
  sha256?: string | undefined;
}

/** The one way in which a document comes to be: as far as the tenant's plan has room. */
export async function insertDocument(
  ctx: TxCtx,
  input: Pick<DocumentRow, "id" | "knowledgeBaseId" | "name" | "sourceType" | "mediaType" | "size"> &
    Partial<Pick<DocumentRow, "sourceId" | "url">> &
    StoredFile,
): Promise<DocumentRow> {
  await assertDocumentRoom(ctx, input);
  await holdKnowledgeBase(ctx, input.knowledgeBaseId);
  const { blobKey, fileName, sha256, ...document } = input;
  const at = ctx.now();
  const [row] = await ctx.tx
    .insert(documents)
    .values({
      ...document,
      tenantId: ctx.tenantId,
      status: "PENDING",
      createdBy: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      refreshedAt: at,
      createdAt: at,
      updatedAt: at,
    })
    .returning();
  if (!row) throw new AppError("INTERNAL", "The document was not written.");
  await insertVersion(ctx, {
    documentId: row.id,
    version: 1,
    blobKey,
    fileName,
    sha256,
    mediaType: row.mediaType,
    size: row.size,
  });
  return row;
}

/** A further reading of a document, of the same bytes or of others. */
export async function insertVersion(
  ctx: TxCtx,
  input: Pick<VersionRow, "documentId" | "version" | "mediaType" | "size"> & StoredFile,
): Promise<void> {
  await ctx.tx
    .insert(documentVersions)
    .values({ ...input, sha256: input.sha256 ?? null, tenantId: ctx.tenantId, createdAt: ctx.now() });
}

/** Queues the reading of a version. Takes the month's count of the plan: call it last. */
export async function queueProcessing(
  ctx: TxCtx,
  document: DocumentRow,
  version: number,
  action: "document.added" | "document.reprocessed" | "document.replaced" = "document.added",
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
    action,
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
