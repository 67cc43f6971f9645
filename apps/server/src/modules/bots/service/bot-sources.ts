import type { z } from "zod";
import type { Ctx } from "../../../ports/index.ts";
import * as knowledge from "../../knowledge/index.ts";
import { knowledgeBaseOf } from "./bot-documents.ts";

interface OfBot {
  botId: string;
}
interface SourceOfBot extends OfBot {
  sourceId: string;
}

export async function addBotSource(
  ctx: Ctx,
  { botId, ...source }: OfBot & z.infer<typeof knowledge.addSourceSchema>,
) {
  return knowledge.addWebSource(ctx, { knowledgeBaseId: await knowledgeBaseOf(ctx, botId), ...source });
}

export async function listBotSources(ctx: Ctx, { botId }: OfBot) {
  return knowledge.listSources(ctx, { knowledgeBaseId: await knowledgeBaseOf(ctx, botId) });
}

export async function refreshBotSource(ctx: Ctx, { botId, sourceId }: SourceOfBot) {
  return knowledge.refreshSource(ctx, { knowledgeBaseId: await knowledgeBaseOf(ctx, botId), sourceId });
}

export async function updateBotSource(
  ctx: Ctx,
  { botId, sourceId, ...change }: SourceOfBot & z.infer<typeof knowledge.updateSourceSchema>,
) {
  const knowledgeBaseId = await knowledgeBaseOf(ctx, botId);
  return knowledge.updateSource(ctx, { knowledgeBaseId, sourceId, change });
}

export async function deleteBotSource(ctx: Ctx, { botId, sourceId }: SourceOfBot) {
  await knowledge.deleteSource(ctx, { knowledgeBaseId: await knowledgeBaseOf(ctx, botId), sourceId });
}

export async function listBotSourcePages(
  ctx: Ctx,
  { botId, ...input }: SourceOfBot & z.infer<typeof knowledge.listPagesSchema>,
) {
  return knowledge.listSourcePages(ctx, { knowledgeBaseId: await knowledgeBaseOf(ctx, botId), ...input });
}

/** Each change of one of the bot's sources, from now on, until `signal` aborts. */
export async function* watchBotSources(ctx: Ctx, input: OfBot & { signal: AbortSignal }) {
  const knowledgeBaseId = await knowledgeBaseOf(ctx, input.botId);
  yield* knowledge.watchSources(ctx, { knowledgeBaseId, signal: input.signal });
}
