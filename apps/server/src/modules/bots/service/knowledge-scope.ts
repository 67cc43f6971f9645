import { AppError, notFound } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertKnowledgeBase, listKnowledgeBases } from "../../knowledge/index.ts";
import { knowledgeBaseOf } from "./bot-documents.ts";
import { defaultRetrieval } from "./manage-bots.ts";

/** Which documents are meant: those that a bot reads, those of a knowledge base, or, with neither, all. */
export interface KnowledgeScope {
  botId?: string | undefined;
  knowledgeBaseId?: string | undefined;
}

/** The knowledge base that is meant; null: all. Throws NOT_FOUND for another tenant's, and where bot and base disagree. */
export async function knowledgeBaseIn(ctx: Ctx, scope: KnowledgeScope): Promise<string | null> {
  const { botId, knowledgeBaseId } = scope;
  if (knowledgeBaseId) await assertKnowledgeBase(ctx, { knowledgeBaseId });
  if (!botId) return knowledgeBaseId ?? null;
  const ofBot = await knowledgeBaseOf(ctx, botId);
  if (knowledgeBaseId && knowledgeBaseId !== ofBot) throw notFound("The bot's knowledge base");
  return ofBot;
}

/** The same where one is needed. Throws VALIDATION_ERROR without any. */
export async function theKnowledgeBaseIn(ctx: Ctx, scope: KnowledgeScope): Promise<string> {
  const one = await knowledgeBaseIn(ctx, scope);
  if (one) return one;
  throw new AppError("VALIDATION_ERROR", "Say which documents are meant: give botId or knowledgeBaseId.");
}

/** Passages that an answer is made of where no bot says how many. */
export const defaultTopK = defaultRetrieval.topK;

/** So many are searched at once where none is named. */
export const mostBasesAtOnce = 10;

/** Every knowledge base that is meant. Throws VALIDATION_ERROR where that would be too many to search at once. */
export async function knowledgeBasesIn(ctx: Ctx, scope: KnowledgeScope): Promise<string[]> {
  const one = await knowledgeBaseIn(ctx, scope);
  if (one) return [one];
  const all = await listKnowledgeBases(ctx, { limit: mostBasesAtOnce + 1 });
  if (all.length <= mostBasesAtOnce) return all;
  throw new AppError(
    "VALIDATION_ERROR",
    `You have more than ${mostBasesAtOnce} bots: say which documents are meant by botId or knowledgeBaseId.`,
  );
}
