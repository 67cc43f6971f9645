import { and, eq, sql } from "drizzle-orm";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { assertMayMove, type ConversationStatus } from "../conversation-state.ts";
import { conversationChanged } from "../conversations.events.ts";
import type { ConversationRow, MessageRow } from "../conversations.queries.ts";
import { conversationEvents, conversations, messages } from "../conversations.tables.ts";

/** Characters of the last message that lists show. */
const previewLength = 140;

/**
 * Adds an event with the conversation's next number. The caller holds the row's lock, so numbers commit
 * in order and none is missing.
 */
async function nextEvent(
  ctx: TxCtx,
  conversation: ConversationRow,
  event: { type: "message" | "status"; messageId?: string; data?: Record<string, unknown> },
  change: Partial<ConversationRow>,
): Promise<ConversationRow> {
  const [row] = await ctx.tx
    .update(conversations)
    .set({ ...change, lastSequence: sql`${conversations.lastSequence} + 1`, updatedAt: ctx.now() })
    .where(and(eq(conversations.tenantId, ctx.tenantId), eq(conversations.id, conversation.id)))
    .returning();
  if (!row) throw notFound("The conversation");
  await ctx.tx.insert(conversationEvents).values({
    tenantId: ctx.tenantId,
    conversationId: row.id,
    sequence: row.lastSequence,
    type: event.type,
    messageId: event.messageId ?? null,
    data: event.data ?? null,
    createdAt: ctx.now(),
  });
  await emit(ctx, conversationChanged, {
    conversationId: row.id,
    sequence: row.lastSequence,
    type: event.type,
    status: row.status,
  });
  return row;
}

export interface NewMessage {
  id?: string;
  author: MessageRow["author"];
  authorId?: string | null;
  authorName?: string | null;
  text: string;
  state?: MessageRow["state"];
  clientId?: string | null;
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
  const row = await nextEvent(
    ctx,
    conversation,
    { type: "message", messageId: id },
    {
      // a list shows what people said, not what we noted about it
      ...(message.author === "system" ? {} : { lastMessageText: message.text.slice(0, previewLength) }),
      lastMessageAt: at,
      ...(isFirstQuestion ? { subject: message.text.slice(0, previewLength) } : {}),
    },
  );
  const [inserted] = await ctx.tx
    .insert(messages)
    .values({
      tenantId: ctx.tenantId,
      id,
      conversationId: conversation.id,
      sequence: row.lastSequence,
      author: message.author,
      authorId: message.authorId ?? null,
      authorName: message.authorName ?? null,
      text: message.text,
      state: message.state ?? "complete",
      clientId: message.clientId ?? null,
      createdAt: at,
      updatedAt: at,
    })
    .returning();
  if (!inserted) throw new AppError("INTERNAL", "The message was not written.");
  return { conversation: row, message: inserted };
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

/** Moves a locked conversation to another state, or throws ILLEGAL_TRANSITION. */
export async function moveConversation(
  ctx: TxCtx,
  conversation: ConversationRow,
  to: ConversationStatus,
  change: { assigneeId?: string | null; agentName?: string | null } = {},
): Promise<ConversationRow> {
  if (conversation.status !== to) assertMayMove(conversation.status, to);
  const { agentName, ...columns } = change;
  return nextEvent(
    ctx,
    conversation,
    { type: "status", data: { status: to, agent: agentName ? { name: agentName } : null } },
    { status: to, ...columns },
  );
}
