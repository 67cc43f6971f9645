import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import * as knowledge from "../../knowledge/index.ts";
import { findBot, retrievalOfDocument } from "../bots.queries.ts";
import type { RetrievalSettings } from "../bots.tables.ts";
import { defaultRetrieval } from "./manage-bots.ts";

/** A bot's documents are those of its knowledge base. Each verb finds the bot first: a foreign one is not found. */
export async function knowledgeBaseOf(ctx: Ctx, botId: string): Promise<string> {
  const bot = await inTx(ctx, (ctx) => findBot(ctx, botId));
  return bot.knowledgeBaseId;
}

export async function startBotUpload(
  ctx: Ctx,
  { botId, ...file }: { botId: string; fileName: string; fileType: string; fileSize: number },
) {
  return knowledge.startUpload(ctx, { knowledgeBaseId: await knowledgeBaseOf(ctx, botId), ...file });
}

export async function confirmBotUpload(
  ctx: Ctx,
  input: { botId: string; documentId: string; storagePath: string },
) {
  const knowledgeBaseId = await knowledgeBaseOf(ctx, input.botId);
  return knowledge.confirmUpload(ctx, { ...input, knowledgeBaseId });
}

export async function addBotText(
  ctx: Ctx,
  { botId, ...text }: { botId: string; name: string; content: string; documentId?: string },
) {
  return knowledge.addManualText(ctx, { knowledgeBaseId: await knowledgeBaseOf(ctx, botId), ...text });
}

export async function addBotData(
  ctx: Ctx,
  { botId, ...data }: { botId: string; name: string; format: "json" | "csv"; content: string },
) {
  return knowledge.addStructuredData(ctx, { knowledgeBaseId: await knowledgeBaseOf(ctx, botId), ...data });
}

export async function listBotDocuments(ctx: Ctx, input: { botId: string }) {
  return knowledge.listDocuments(ctx, { knowledgeBaseId: await knowledgeBaseOf(ctx, input.botId) });
}

export async function deleteBotDocument(ctx: Ctx, input: { botId: string; documentId: string }) {
  const knowledgeBaseId = await knowledgeBaseOf(ctx, input.botId);
  await knowledge.assertDocumentIn(ctx, { documentId: input.documentId, knowledgeBaseId });
  await knowledge.deleteDocument(ctx, { documentId: input.documentId });
}

/** Each change of one of the bot's documents, from now on, until `signal` aborts. */
export async function* watchBotDocuments(ctx: Ctx, input: { botId: string; signal: AbortSignal }) {
  const knowledgeBaseId = await knowledgeBaseOf(ctx, input.botId);
  yield* knowledge.watchDocuments(ctx, { knowledgeBaseId, signal: input.signal });
}

/** How a document is to be cut: as the bot says that reads from its knowledge base. */
export async function retrievalSettingsOf(ctx: Ctx, documentId: string): Promise<RetrievalSettings> {
  return (await inTx(ctx, (ctx) => retrievalOfDocument(ctx, documentId))) ?? defaultRetrieval;
}
