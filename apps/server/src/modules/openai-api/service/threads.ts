import { and, desc, eq, inArray } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertBotReady, type BotRow } from "../../bots/index.ts";
import {
  type ConversationRow,
  discardConversation,
  findConversation,
  importMessages,
  isWithHuman,
  type Message,
  openConversation,
  readMessages,
} from "../../conversations/index.ts";
import { apiThreads } from "../openai-api.tables.ts";
import { digestOf, type Transcript, type Turn } from "../transcript.ts";
import { findModel } from "./find-model.ts";

/** A conversation that belongs to one request until it is released. */
export interface Claim {
  bot: BotRow;
  conversationId: string;
  /** The client's id of its question: the same question after the same words is one message. */
  clientId: string;
  isNew: boolean;
  /** What people wrote since the client was last answered, oldest first. */
  replies: Message[];
}

/** Conversations looked at, of those that hold the same words. */
const mostCandidates = 20;

/**
 * Finds the conversation that holds exactly what the request says was said, or opens one with the request's
 * own account of it. Of two requests at once only one gets a conversation; the other opens its own.
 * Throws NOT_FOUND for an unknown model and BOT_NOT_READY where the bot would have to answer and cannot.
 */
export async function claimThread(
  ctx: Ctx,
  input: { model: string | undefined; transcript: Transcript },
): Promise<Claim> {
  const { transcript } = input;
  const clientId = `turn:${digestAfter(transcript, [])}`;
  return inTx(ctx, async (ctx) => {
    const bot = await findModel(ctx, input.model);
    const known = await findThread(ctx, bot.id, transcript);
    if (known) {
      const { thread, conversation } = known;
      if (!isWithHuman(conversation.status)) await assertBotReady(ctx, bot);
      const messages = await readMessages(ctx, { conversationId: conversation.id });
      const replies = messages.filter(
        ({ author, sequence }) => author === "agent" && sequence > thread.toldSequence,
      );
      return { bot, conversationId: conversation.id, clientId, isNew: false, replies };
    }
    await assertBotReady(ctx, bot);
    const conversation = await open(ctx, bot.id, transcript);
    return { bot, conversationId: conversation.id, clientId, isNew: true, replies: [] };
  });
}

/**
 * Gives the conversation back with what the client was told, so that its next request finds it. Where
 * nothing was said, or a person's words may not have been heard, the question waits to be asked again; a
 * conversation without even that is taken back.
 */
export async function releaseThread(
  ctx: Ctx,
  { claim, transcript, said, heard }: { claim: Claim; transcript: Transcript; said: string; heard: boolean },
): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const { conversationId } = claim;
    const messages = await readMessages(ctx, { conversationId });
    const isAsked = messages.some(({ clientId }) => clientId === claim.clientId);
    if (!isAsked && claim.isNew) return discardConversation(ctx, conversationId);
    const last = claim.replies.at(-1);
    const isOpen = said === "" || (last !== undefined && !heard);
    await ctx.tx
      .update(apiThreads)
      .set({
        digest: isAsked
          ? digestAfter(transcript, isOpen ? [] : [{ role: "assistant", text: said }])
          : digestOf(transcript.user, transcript.earlier),
        ...(heard && last ? { toldSequence: last.sequence } : {}),
        updatedAt: ctx.now(),
      })
      .where(isThread(ctx, conversationId));
  });
}

/** The digest of a transcript with its question, and what came after it. */
function digestAfter({ user, earlier, question }: Transcript, after: Turn[]): string {
  return digestOf(user, [...earlier, { role: "user", text: question }, ...after]);
}

/**
 * The conversation to go on with, claimed. It holds what was said before, or that and the question already,
 * unanswered. Of several with the same words the newest that no person has; one that a person has only
 * where it cannot be another's.
 */
async function findThread(ctx: TxCtx, botId: string, transcript: Transcript) {
  if (ctx.actor.kind !== "apiKey") return null;
  const digests = [digestAfter(transcript, [])];
  if (transcript.earlier.length > 0) digests.push(digestOf(transcript.user, transcript.earlier));
  const threads = await ctx.tx
    .select()
    .from(apiThreads)
    .where(
      and(
        eq(apiThreads.tenantId, ctx.tenantId),
        eq(apiThreads.apiKeyId, ctx.actor.keyId),
        eq(apiThreads.botId, botId),
        inArray(apiThreads.digest, digests),
      ),
    )
    .orderBy(desc(apiThreads.updatedAt), desc(apiThreads.conversationId))
    .limit(mostCandidates)
    .for("update");
  const candidates = [];
  for (const thread of threads) {
    candidates.push({ thread, conversation: await findConversation(ctx, thread.conversationId) });
  }
  const free = candidates.find(({ conversation }) => !isWithHuman(conversation.status));
  const chosen = candidates.length === 1 ? candidates[0] : free;
  if (!chosen) return null;
  await ctx.tx
    .update(apiThreads)
    .set({ digest: null, updatedAt: ctx.now() })
    .where(isThread(ctx, chosen.thread.conversationId));
  return chosen;
}

async function open(ctx: TxCtx, botId: string, transcript: Transcript): Promise<ConversationRow> {
  if (ctx.actor.kind !== "apiKey") throw new AppError("FORBIDDEN", "This takes an API key.");
  const apiKeyId = ctx.actor.keyId;
  const conversation = await openConversation(ctx, { botId, channel: "api", apiKeyId });
  await importMessages(
    ctx,
    conversation,
    transcript.earlier.map(({ role, text }) => ({ author: role === "user" ? "customer" : "bot", text })),
  );
  await ctx.tx.insert(apiThreads).values({
    tenantId: ctx.tenantId,
    conversationId: conversation.id,
    apiKeyId,
    botId,
    createdAt: ctx.now(),
    updatedAt: ctx.now(),
  });
  return conversation;
}

function isThread(ctx: TxCtx, conversationId: string) {
  return and(eq(apiThreads.tenantId, ctx.tenantId), eq(apiThreads.conversationId, conversationId));
}
