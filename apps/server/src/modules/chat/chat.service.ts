import { v5 } from "uuid";
import { idOfActor, inTx } from "../../platform/ctx/index.ts";
import { AppError, isAppError, notFound } from "../../platform/errors/index.ts";
import { idSchema, newId } from "../../platform/ids/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { withAnswers } from "../answers/index.ts";
import { assertBotReady, findBot } from "../bots/index.ts";
import {
  confirmationOf,
  currentConversation,
  findConversation,
  openConversation,
  readMessages,
  requestHuman,
} from "../conversations/index.ts";
import { assertCan } from "../identity/index.ts";
import { type ChatMessage, toUiMessage } from "./ui-message.ts";

/**
 * The conversation that a client means by its own id of a chat. A member's unknown id opens a test of the bot under
 * it, a program's a conversation of its key; a visitor's must be theirs. A member's id that is no UUID gets one that is
 * always the same.
 */
export async function resolveConversation(
  ctx: Ctx,
  input: { chatId: string; botId: string | undefined },
): Promise<string> {
  const { actor } = ctx;
  const isUuid = idSchema.safeParse(input.chatId).success;
  const isProgram = actor.kind === "apiKey";
  if (actor.kind !== "user" && !(isProgram && isUuid)) {
    if (!isUuid) throw new AppError("NOT_FOUND", "The conversation was not found.");
    return input.chatId;
  }
  const id = isUuid ? input.chatId : v5(input.chatId, idOfActor(actor));
  return inTx(ctx, async (ctx) => {
    try {
      const conversation = await findConversation(ctx, id);
      if (input.botId && conversation.botId !== input.botId) {
        throw new AppError("CONFLICT", "This chat is with another bot. Choose a new id for it.");
      }
      return conversation.id;
    } catch (error) {
      if (!isAppError(error) || error.code !== "NOT_FOUND" || !input.botId) throw error;
    }
    assertCan(actor, "ask bots");
    if (isProgram && actor.botId !== null && actor.botId !== input.botId) throw notFound("The bot");
    const opened = await openConversation(ctx, {
      id,
      botId: input.botId,
      ...(isProgram
        ? { channel: "api" as const, apiKeyId: actor.keyId }
        : { channel: "playground" as const, memberId: actor.userId }),
    });
    return opened.id;
  });
}

/**
 * The conversation of a query by seed 001: without words of small talk to fall back on, its client is told
 * by BOT_NOT_READY that the bot has read nothing yet. A new session is opened where none is named.
 */
export async function openQuery(
  ctx: Ctx,
  input: { botId: string; sessionId?: string | undefined },
): Promise<string> {
  assertCan(ctx.actor, "ask bots");
  await inTx(ctx, async (ctx) => assertBotReady(ctx, await findBot(ctx, input.botId)));
  return resolveConversation(ctx, { chatId: input.sessionId ?? newId(), botId: input.botId });
}

/** A conversation's messages as clients show them, oldest first; with `notes` as colleagues see them. */
export async function chatMessages(
  ctx: Ctx,
  input: { conversationId: string; notes?: boolean },
): Promise<ChatMessage[]> {
  const messages = await withAnswers(ctx, await readMessages(ctx, input));
  return messages.filter((message) => message.text !== "" || message.state === "streaming").map(toUiMessage);
}

/** The same of what the id stands for now: where the conversation was merged into another, of that one. */
export async function currentMessages(ctx: Ctx, input: { conversationId: string }): Promise<ChatMessage[]> {
  const { id } = await inTx(ctx, (ctx) => currentConversation(ctx, input.conversationId));
  return chatMessages(ctx, { conversationId: id });
}

/** Asks for a human for whoever writes in the conversation, and confirms it in their language. */
export async function askForHuman(
  ctx: Ctx,
  input: { conversationId: string; reason?: string | undefined; email?: string | undefined; locale: string },
): Promise<{ status: string; message: string; online: boolean }> {
  const { online } = await requestHuman(ctx, {
    conversationId: input.conversationId,
    reason: reasonInWords(input.reason),
    email: input.email,
    language: input.locale,
  });
  return inTx(ctx, async (ctx) => {
    const conversation = await currentConversation(ctx, input.conversationId);
    const message = await confirmationOf(ctx, { language: input.locale, online });
    return { status: conversation.status, message, online };
  });
}

/** Why the bot itself offered a person, as `data-handoff` says it, in words for whoever takes over. */
const offerReasons: Record<string, string> = {
  empty: "The bot has no documents to answer from.",
  unknown: "The bot found no answer in the documents.",
  withheld: "The bot's answer was not supported by the documents.",
  failed: "The bot could not answer.",
};

function reasonInWords(reason: string | undefined): string {
  if (!reason) return "Asked for a person.";
  return offerReasons[reason] ?? reason;
}
