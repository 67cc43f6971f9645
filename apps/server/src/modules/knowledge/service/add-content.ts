import { sha256Hex } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, isAppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { assertReadableData, ExtractionError } from "../extraction/index.ts";
import type { KnowledgeDocument } from "../knowledge.schema.ts";
import type { documentSourceTypes } from "../knowledge.tables.ts";
import { replaceDocument } from "./renew-document.ts";
import { assertSize, blobKeyOf, insertDocument, queueProcessing } from "./store-document.ts";

interface Content {
  /** Where the caller chose it before, so that trying again adds no second document. */
  documentId?: string | undefined;
  knowledgeBaseId: string;
  name: string;
  content: string;
}

/** Keeps the text as a Markdown document and queues its processing. */
export async function addManualText(ctx: Ctx, input: Content): Promise<KnowledgeDocument> {
  return keepContent(ctx, input, markdown);
}

const markdown = { sourceType: "MANUAL_TEXT", mediaType: "text/markdown", extension: "md" } as const;

export const dataFormats = ["json", "csv"] as const;
const data = {
  json: { sourceType: "JSON_STRUCTURED", mediaType: "application/json", extension: "json" },
  csv: { sourceType: "CSV_STRUCTURED", mediaType: "text/csv", extension: "csv" },
} as const;

/**
 * Keeps a table, JSON or JSON Lines as a document whose passages are its rows or records, and queues its
 * processing. What is not well formed is refused with the place of the mistake, and nothing of it is kept.
 */
export async function addStructuredData(
  ctx: Ctx,
  input: Content & { format: (typeof dataFormats)[number] },
): Promise<KnowledgeDocument> {
  assertCan(ctx.actor, "manage knowledge");
  await assertWellFormed(input.format, input.content);
  return keepContent(ctx, input, data[input.format]);
}

/**
 * Other words in place of what a document says: what it said is not searched or cited from the moment that this returns.
 * What is not well formed is refused, and the document stays as it is.
 */
export async function replaceContent(
  ctx: Ctx,
  input: { documentId: string; format: "markdown" | (typeof dataFormats)[number]; content: string },
): Promise<KnowledgeDocument> {
  assertCan(ctx.actor, "manage knowledge");
  const { documentId, format, content } = input;
  if (format !== "markdown") await assertWellFormed(format, content);
  const { mediaType, extension } = format === "markdown" ? markdown : data[format];
  const bytes = new TextEncoder().encode(content);
  const fileName = `${documentId}.${extension}`;
  return replaceDocument(ctx, { documentId, bytes, mediaType, fileName, withdraw: true });
}

async function assertWellFormed(format: (typeof dataFormats)[number], content: string): Promise<void> {
  try {
    await assertReadableData(format, content);
  } catch (error) {
    if (!(error instanceof ExtractionError)) throw error;
    throw new AppError("VALIDATION_ERROR", error.message, {
      details: { reason: error.code, ...error.place },
    });
  }
}

async function keepContent(
  ctx: Ctx,
  { documentId = newId(), knowledgeBaseId, name, content }: Content,
  as: { sourceType: (typeof documentSourceTypes)[number]; mediaType: string; extension: string },
): Promise<KnowledgeDocument> {
  assertCan(ctx.actor, "manage knowledge");
  const bytes = new TextEncoder().encode(content);
  assertSize(bytes.byteLength);
  const { sourceType, mediaType } = as;
  const blobKey = blobKeyOf(ctx.tenantId, documentId, 1);
  await ctx.blobs.put(blobKey, bytes, { contentType: mediaType });
  const keeping = inTx(ctx, async (ctx) => {
    const document = await insertDocument(ctx, {
      id: documentId,
      knowledgeBaseId,
      name,
      fileName: `${documentId}.${as.extension}`,
      sourceType,
      mediaType,
      size: bytes.byteLength,
      blobKey,
      sha256: sha256Hex(bytes),
    });
    return queueProcessing(ctx, document, 1);
  });
  return keeping.catch(async (error: unknown) => {
    if (isAppError(error)) await ctx.blobs.delete(blobKey); // refused: nothing of it stays
    throw error;
  });
}
