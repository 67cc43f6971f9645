import { inTx } from "../../../platform/ctx/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import * as queries from "../knowledge.queries.ts";
import type { DocumentContent, KnowledgeDocument } from "../knowledge.schema.ts";

const downloadLinkSeconds = 300;

export async function listDocuments(
  ctx: Ctx,
  input: { knowledgeBaseId: string },
): Promise<KnowledgeDocument[]> {
  assertCan(ctx.actor, "read bots");
  const rows = await inTx(ctx, (ctx) => queries.listDocuments(ctx, input.knowledgeBaseId));
  return rows.map(queries.toDocument);
}

/** The canonical text of one version, the current one by default, and a link to the original bytes. */
export async function getDocumentContent(
  ctx: Ctx,
  input: { documentId: string; version?: number | undefined },
): Promise<DocumentContent> {
  assertCan(ctx.actor, "read bots");
  const { document, version } = await inTx(ctx, async (ctx) => {
    const document = await queries.findDocument(ctx, input.documentId);
    const number = input.version ?? document.currentVersion;
    const version =
      number === null
        ? await queries.latestVersion(ctx, document.id)
        : await queries.findVersion(ctx, document.id, number);
    return { document, version };
  });
  const link = await ctx.blobs.presignDownload({
    key: version.blobKey,
    fileName: document.name,
    disposition: "inline",
    expiresInSeconds: downloadLinkSeconds,
  });
  return {
    id: document.id,
    name: document.name,
    url: document.url,
    version: version.version,
    currentVersion: document.currentVersion,
    title: version.title,
    text: version.text ?? "",
    pages: version.pages,
    mediaType: version.mediaType,
    language: document.language,
    status: document.status,
    chunkCount: document.chunkCount,
    downloadUrl: link.url,
  };
}

/** A page of the passages that are searched, in the order of the text. */
export async function listChunks(ctx: Ctx, input: { documentId: string; page: number; pageSize: number }) {
  assertCan(ctx.actor, "read bots");
  const { page, pageSize } = input;
  return inTx(ctx, async (ctx) => {
    const { id, currentVersion, chunkCount } = await queries.findDocument(ctx, input.documentId);
    if (currentVersion === null) return { items: [], total: 0 };
    const slice = { offset: (page - 1) * pageSize, limit: pageSize };
    return { items: await queries.listChunks(ctx, id, currentVersion, slice), total: chunkCount };
  });
}

/** The document; throws NOT_FOUND unless it belongs to the knowledge base, where one is named. */
export async function assertDocumentIn(
  ctx: Ctx,
  input: { documentId: string; knowledgeBaseId: string | null },
): Promise<KnowledgeDocument> {
  const document = await inTx(ctx, (ctx) => queries.findDocument(ctx, input.documentId));
  const isElsewhere = input.knowledgeBaseId !== null && document.knowledgeBaseId !== input.knowledgeBaseId;
  if (isElsewhere) throw notFound("The document");
  return queries.toDocument(document);
}
