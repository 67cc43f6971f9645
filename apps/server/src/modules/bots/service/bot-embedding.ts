import type { Ctx } from "../../../ports/index.ts";
import * as knowledge from "../../knowledge/index.ts";
import { knowledgeBaseOf } from "./bot-documents.ts";

/* The embedding model of a bot is that of its knowledge base. Each verb finds the bot first: a foreign one is not found. */

export async function getBotEmbedding(ctx: Ctx, { botId }: { botId: string }) {
  return knowledge.getEmbedding(ctx, { knowledgeBaseId: await knowledgeBaseOf(ctx, botId) });
}

export async function chooseBotEmbedding(ctx: Ctx, { botId, model }: { botId: string; model: string }) {
  return knowledge.chooseEmbedding(ctx, { knowledgeBaseId: await knowledgeBaseOf(ctx, botId), model });
}

export async function cancelBotEmbedding(ctx: Ctx, { botId }: { botId: string }) {
  return knowledge.cancelEmbedding(ctx, { knowledgeBaseId: await knowledgeBaseOf(ctx, botId) });
}

/** The state after each change from now on, until `signal` aborts. */
export async function* watchBotEmbedding(ctx: Ctx, input: { botId: string; signal: AbortSignal }) {
  const knowledgeBaseId = await knowledgeBaseOf(ctx, input.botId);
  yield* knowledge.watchEmbedding(ctx, { knowledgeBaseId, signal: input.signal });
}
