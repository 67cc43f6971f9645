import { sha256Hex } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, isAppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { assertReadableData, ExtractionError } from "../extraction/index.ts";
import type { KnowledgeDocument } from "../knowledge.schema.ts";
import type { documentSourceTypes } from "../knowledge.tables.ts";
import { assertSize, blobKeyOf, insertDocument, queueProcessing } from "./store-document.ts";

interface Content {
  knowledgeBaseId: string;
  name: string;
  content: string;
}

/** Keeps the text as a Markdown document and queues its processing. */
export async function addManualText(ctx: Ctx, input: Content): Promise<KnowledgeDocument> {
  return keepContent(ctx, input, { sourceType: "MANUAL_TEXT", mediaType: "text/markdown", extension: "md" });
}

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
  try {
    await assertReadableData(input.format, input.content);
  } catch (error) {
    if (!(error instanceof ExtractionError)) throw error;
    throw new AppError("VALIDATION_ERROR", error.message, {
      details: { reason: error.code, ...error.place },
    });
  }
  return keepContent(ctx, input, data[input.format]);
}

async function keepContent(
  ctx: Ctx,
  { knowledgeBaseId, name, content }: Content,
  as: { sourceType: (typeof documentSourceTypes)[number]; mediaType: string; extension: string },
): Promise<KnowledgeDocument> {
  assertCan(ctx.actor, "manage knowledge");
  const bytes = new TextEncoder().encode(content);
  assertSize(bytes.byteLength);
  const documentId = newId();
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
