import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import { isOpen, isWithHuman } from "../conversation-state.ts";
import * as queries from "../conversations.queries.ts";
import type { Message } from "../conversations.schema.ts";
import { conversations } from "../conversations.tables.ts";
import { appendMessage, completeMessage, moveConversation } from "./append.ts";

/** Opens a conversation with a bot. The bot must be the tenant's. */
export async function openConversation(
  ctx: TxCtx,
  input: {
    id?: string;
    botId: string;
    channel: queries.ConversationRow["channel"];
    customerId?: string;
    memberId?: string;
  },
): Promise<queries.ConversationRow> {
  await findBot(ctx, input.botId);
  const at = ctx.now();
  const [row] = await ctx.tx
    .insert(conversations)
    .values({
      tenantId: ctx.tenantId,
      id: input.id ?? newId(),
      botId: input.botId,
      channel: input.channel,
      customerId: input.customerId ?? null,
      memberId: input.memberId ?? null,
      status: "new",
      createdAt: at,
      updatedAt: at,
    })
    .returning();
  if (!row) throw new AppError("INTERNAL", "The conversation was not written.");
  return row;
}

export interface Posted {
  message: Message;
  /** True when the same `clientId` came before: nothing was added. */
  repeated: boolean;
  /** True while a human has the conversation or is asked for: the bot must not answer. */
  withHuman: boolean;
}

/**
 * Keeps what the customer (or the member who tries the bot) wrote. Once this returns the message is
 * safe. A resolved conversation opens again and goes to a human.
 */
export async function postMessage(
  ctx: Ctx,
  input: { conversationId: string; text: string; clientId: string | null },
): Promise<Posted> {
  return inTx(ctx, async (ctx) => {
    let conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    if (input.clientId) {
      const known = await queries.findByClientId(ctx, conversation.id, input.clientId);
      if (known) {
        return {
          message: queries.toMessage(known),
          repeated: true,
          withHuman: isWithHuman(conversation.status),
        };
      }
    }
    const added = await appendMessage(ctx, conversation, {
      author: "customer",
      authorId: ctx.actor.kind === "user" ? ctx.actor.userId : null,
      authorName: ctx.actor.kind === "user" ? ctx.actor.name : null,
      text: input.text,
      clientId: input.clientId,
    });
    conversation = added.conversation;
    if (!isOpen(conversation.status) || conversation.status === "awaiting_customer") {
      conversation = await moveConversation(ctx, conversation, "awaiting_agent");
    } else if (conversation.status === "new") {
      conversation = await moveConversation(ctx, conversation, "ai_handling");
    }
    return {
      message: queries.toMessage(added.message),
      repeated: false,
      withHuman: isWithHuman(conversation.status),
    };
  });
}

/**
 * Begins the bot's message, if the bot may still speak: null when a human took over meanwhile. The row's
 * lock orders this against a take-over.
 */
export async function beginBotMessage(
  ctx: Ctx,
  input: { conversationId: string; botName: string },
): Promise<{ id: string } | null> {
  return inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    if (isWithHuman(conversation.status)) return null;
    const { message } = await appendMessage(ctx, conversation, {
      author: "bot",
      authorName: input.botName,
      text: "",
      state: "streaming",
    });
    return { id: message.id };
  });
}

/** Finishes the bot's message in the caller's transaction, with whatever belongs to it. */
export async function finishBotMessage(
  ctx: TxCtx,
  input: { conversationId: string; messageId: string; text: string; state: "complete" | "interrupted" },
): Promise<void> {
  const conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
  await completeMessage(ctx, conversation, input.messageId, { text: input.text, state: input.state });
}

/** What was said, oldest first. */
export async function readMessages(ctx: Ctx, input: { conversationId: string }): Promise<Message[]> {
  return inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId);
    return (await queries.listMessages(ctx, conversation.id)).map(queries.toMessage);
  });
}
