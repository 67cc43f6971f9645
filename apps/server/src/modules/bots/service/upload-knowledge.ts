import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import * as knowledge from "../../knowledge/index.ts";
import { type KnowledgeScope, knowledgeBaseIn, theKnowledgeBaseIn } from "./knowledge-scope.ts";

export interface UploadInput extends KnowledgeScope {
  documentId?: string | undefined;
  name?: string | undefined;
  content?: string | undefined;
  format: "markdown" | "json" | "csv";
  file?: { type: string; size: number } | undefined;
}

export interface Uploaded {
  /** Null as long as only a link was given. */
  document: knowledge.KnowledgeDocument | null;
  /** Where a file's bytes are to be sent; then call again with its `documentId` alone. */
  upload: knowledge.UploadTicket | null;
}

/**
 * Adds to what is known. `content`: a text, or a table or JSON by `format`; `file`: a link to send its bytes to, and
 * `documentId` alone once they are sent; `documentId` with `content`: other words in place of what a document said, which
 * from the moment that this returns is not searched or cited any more.
 */
export async function uploadKnowledge(ctx: Ctx, input: UploadInput): Promise<Uploaded> {
  assertCan(ctx.actor, "manage knowledge");
  const { documentId, name, content, file } = input;
  const scope = await knowledgeBaseIn(ctx, input);
  if (documentId) {
    const document = await knowledge.assertDocumentIn(ctx, { documentId, knowledgeBaseId: scope });
    if (file)
      throw invalid("A file cannot take a document's place: delete the document and upload the file.");
    if (content === undefined)
      return { document: await knowledge.confirmUpload(ctx, { documentId }), upload: null };
    return { document: await replace(ctx, document, input, content), upload: null };
  }
  const knowledgeBaseId = await theKnowledgeBaseIn(ctx, input);
  if (!name) throw invalid("Give the document a name of 1 to 255 characters.");
  if ((content === undefined) === (file === undefined)) {
    throw invalid("Give either content, which is the text itself, or file, with its type and size.");
  }
  if (file) {
    const announced = { knowledgeBaseId, fileName: name, fileType: file.type, fileSize: file.size };
    return { document: null, upload: await knowledge.startUpload(ctx, announced) };
  }
  const words = { knowledgeBaseId, name, content: content ?? "" };
  const document =
    input.format === "markdown"
      ? await knowledge.addManualText(ctx, words)
      : await knowledge.addStructuredData(ctx, { ...words, format: input.format });
  return { document, upload: null };
}

async function replace(
  ctx: Ctx,
  document: knowledge.KnowledgeDocument,
  { format }: UploadInput,
  content: string,
): Promise<knowledge.KnowledgeDocument> {
  if (document.sourceType === "WEB_PAGE") {
    throw invalid("A web page is read again from its address. Change it there, and refresh its source.");
  }
  return knowledge.replaceContent(ctx, { documentId: document.id, format, content });
}

function invalid(message: string): AppError {
  return new AppError("VALIDATION_ERROR", message);
}
