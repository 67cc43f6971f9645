import { and, asc, count, eq, inArray, max, min, sql } from "drizzle-orm";
import { AppError } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import * as queries from "../conversations.queries.ts";
import { conversations, messageAttachments, messages } from "../conversations.tables.ts";
import { lastWords } from "./delete-message.ts";
import { nextEvent } from "./next-event.ts";

/** All messages of a conversation with its notes, oldest first; throws where there are more than `most`. */
export async function messagesOf(
  ctx: TxCtx,
  conversationId: string,
  most: number,
): Promise<queries.MessageRow[]> {
  const rows = await ctx.tx
    .select()
    .from(messages)
    .where(and(eq(messages.tenantId, ctx.tenantId), eq(messages.conversationId, conversationId)))
    .orderBy(asc(messages.sequence))
    .limit(most + 1);
  if (rows.length <= most) return rows;
  throw new AppError("CONFLICT", `A conversation of more than ${most} messages is neither merged nor split.`);
}

/** While the bot writes a message it cannot be moved: its end would be told of in the place that it left. */
export async function assertNothingIsWritten(ctx: TxCtx, conversationId: string): Promise<void> {
  const rows = await ctx.tx
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, ctx.tenantId),
        eq(messages.conversationId, conversationId),
        eq(messages.state, "streaming"),
      ),
    );
  if (rows.every((row) => queries.toMessage(ctx, row).state !== "streaming")) return;
  throw new AppError("CONFLICT", "The bot is writing in it. Try again in a moment.");
}

/**
 * Puts messages behind those of a locked conversation, in their order: each gets the next number there, as one that
 * was just said, so that whoever asks for what came after their last number gets it once. The old place keeps its
 * numbers, which lead to nothing any more.
 */
export async function moveMessages(
  ctx: TxCtx,
  target: queries.ConversationRow,
  moving: readonly queries.MessageRow[],
  from: queries.ConversationRow,
): Promise<queries.ConversationRow> {
  let conversation = target;
  for (const message of moving) {
    const twin = message.clientId ? await queries.findByClientId(ctx, target.id, message.clientId) : null;
    conversation = await nextEvent(ctx, conversation, { type: "message", messageId: message.id }, {});
    await ctx.tx
      .update(messages)
      .set({
        conversationId: target.id,
        sequence: conversation.lastSequence,
        channel: message.channel ?? from.channel,
        ...(twin ? { clientId: null } : {}),
      })
      .where(and(eq(messages.tenantId, ctx.tenantId), eq(messages.id, message.id)));
  }
  if (moving.length > 0) {
    await ctx.tx
      .update(messageAttachments)
      .set({ conversationId: target.id })
      .where(
        and(
          eq(messageAttachments.tenantId, ctx.tenantId),
          inArray(
            messageAttachments.messageId,
            moving.map(({ id }) => id),
          ),
        ),
      );
  }
  return conversation;
}

/** Sets what lists say of a conversation by the messages that it now has. */
export async function recount(ctx: TxCtx, conversation: queries.ConversationRow): Promise<void> {
  const [row] = await ctx.tx
    .select({
      n: count(),
      last: max(messages.createdAt),
      answered: min(sql`case when ${messages.author} = 'agent' then ${messages.createdAt} end`).mapWith(
        messages.createdAt,
      ),
    })
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, ctx.tenantId),
        eq(messages.conversationId, conversation.id),
        eq(messages.internal, false),
      ),
    );
  await ctx.tx
    .update(conversations)
    .set({
      messageCount: row?.n ?? 0,
      lastMessageAt: row?.last ?? null,
      lastMessageText: await lastWords(ctx, conversation.id),
      firstResponseAt: row?.answered ?? null,
    })
    .where(and(eq(conversations.tenantId, ctx.tenantId), eq(conversations.id, conversation.id)));
}
