import { and, eq } from "drizzle-orm";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { messageAdded, rulesBehind } from "../conversations.events.ts";
import type { ConversationRow, MessageRow } from "../conversations.queries.ts";
import { messages } from "../conversations.tables.ts";
import { nextEvent, nextMessage } from "./next-event.ts";

/** Characters of the last message that lists show. */
export const previewLength = 140;

export interface NewMessage {
  id?: string;
  author: MessageRow["author"];
  authorId?: string | null;
  authorName?: string | null;
  text: string;
  state?: MessageRow["state"];
  clientId?: string | null;
  /** A note among colleagues. */
  internal?: boolean;
  channel?: MessageRow["channel"];
  contentType?: MessageRow["contentType"];
  markup?: string | null;
  delivery?: MessageRow["delivery"];
  /** How many files the caller binds to it. */
  attachmentCount?: number;
}

/** Adds a message to a conversation whose row the caller has locked. */
export async function appendMessage(
  ctx: TxCtx,
  conversation: ConversationRow,
  message: NewMessage,
): Promise<{ conversation: ConversationRow; message: MessageRow }> {
  const id = message.id ?? newId();
  const at = ctx.now();
  const isFirstQuestion = conversation.subject === null && message.author === "customer";
  const isSaid = message.author !== "system" && !message.internal; // a list shows what people said to each other
  const isFirstResponse = message.author === "agent" && !message.internal && !conversation.firstResponseAt;
  const used = conversation.channelsUsed.length > 0 ? conversation.channelsUsed : [conversation.channel];
  const added = await nextMessage(
    ctx,
    conversation,
    {
      tenantId: ctx.tenantId,
      id,
      conversationId: conversation.id,
      author: message.author,
      authorId: message.authorId ?? null,
      authorName: message.authorName ?? null,
      text: message.text,
      state: message.state ?? "complete",
      clientId: message.clientId ?? null,
      internal: message.internal ?? false,
      channel: message.channel ?? null,
      contentType: message.contentType ?? "text",
      markup: message.markup ?? null,
      delivery: message.delivery ?? "sent",
      attachmentCount: message.attachmentCount ?? 0,
      createdAt: at,
      updatedAt: at,
    },
    {
      ...(isSaid ? { lastMessageText: message.text.slice(0, previewLength) } : {}),
      ...(message.internal ? {} : { lastMessageAt: at, messageCount: conversation.messageCount + 1 }),
      ...(isFirstResponse ? { firstResponseAt: at } : {}),
      ...(message.channel
        ? { channelsUsed: [...used.filter((one) => one !== message.channel), message.channel] }
        : {}),
      ...(message.author === "customer" ? { snoozedUntil: null } : {}),
      ...(isFirstQuestion ? { subject: message.text.slice(0, previewLength) } : {}),
    },
  );
  await emit(ctx, messageAdded, {
    conversationId: conversation.id,
    messageId: id,
    author: message.author,
    internal: added.message.internal,
    at: at.toISOString(),
    rules: rulesBehind(ctx.actor),
  });
  return added;
}

/** Gives a message its final text and tells the readers again. */
export async function completeMessage(
  ctx: TxCtx,
  conversation: ConversationRow,
  messageId: string,
  change: { text: string; state: "complete" | "interrupted" },
): Promise<void> {
  await ctx.tx
    .update(messages)
    .set({ ...change, updatedAt: ctx.now() })
    .where(and(eq(messages.tenantId, ctx.tenantId), eq(messages.id, messageId)));
  await nextEvent(
    ctx,
    conversation,
    { type: "message", messageId },
    { lastMessageText: change.text.slice(0, previewLength), lastMessageAt: ctx.now() },
  );
}

/** Marks a message as broken off for good, so that another may take its place as the reply. */
export async function giveUpMessage(ctx: TxCtx, messageId: string): Promise<void> {
  await ctx.tx
    .update(messages)
    .set({ state: "interrupted", clientId: null, updatedAt: ctx.now() })
    .where(and(eq(messages.tenantId, ctx.tenantId), eq(messages.id, messageId)));
}
