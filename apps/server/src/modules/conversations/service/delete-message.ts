import { and, desc, eq, isNull, ne } from "drizzle-orm";
import { idOfActor, inTx } from "../../../platform/ctx/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import * as queries from "../conversations.queries.ts";
import type { Message } from "../conversations.schema.ts";
import { messages } from "../conversations.tables.ts";
import { previewLength } from "./append.ts";
import { nextEvent } from "./next-event.ts";

/**
 * Hides a message's words and files from everyone at once, in the talk, in lists and in the search. Its place stays,
 * so that no number is missing, and the audit says who hid it. Deleting it again changes nothing.
 */
export async function deleteMessage(ctx: Ctx, input: { messageId: string }): Promise<Message> {
  assertCan(ctx.actor, "answer conversations");
  return inTx(ctx, async (ctx) => {
    const found = await queries.messageById(ctx, input.messageId);
    if (!found) throw notFound("The message");
    const conversation = await queries
      .findConversation(ctx, found.conversationId, { lock: true })
      .catch(() => Promise.reject(notFound("The message")));
    const [row] = await ctx.tx
      .update(messages)
      .set({ deletedAt: ctx.now(), deletedBy: idOfActor(ctx.actor), updatedAt: ctx.now() })
      .where(
        and(
          eq(messages.tenantId, ctx.tenantId),
          eq(messages.conversationId, conversation.id), // it may have been moved before the lock
          eq(messages.id, found.id),
          isNull(messages.deletedAt),
        ),
      )
      .returning();
    if (!row) return queries.toMessage(ctx, found);
    const subject = conversation.subject === row.text.slice(0, previewLength) ? { subject: null } : {};
    await nextEvent(
      ctx,
      conversation,
      { type: "message", messageId: row.id },
      { ...subject, lastMessageText: await lastWords(ctx, conversation.id) },
    );
    await recordAudit(ctx, {
      action: "message.deleted",
      subjectType: "conversation",
      subjectId: conversation.id,
      before: { messageId: row.id, deleted: false },
      after: { messageId: row.id, deleted: true },
    });
    return queries.toMessage(ctx, row);
  });
}

/** What lists show of a conversation: the last that people or the bot said in it and that still stands. */
export async function lastWords(ctx: TxCtx, conversationId: string): Promise<string | null> {
  const [last] = await ctx.tx
    .select({ text: messages.text })
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, ctx.tenantId),
        eq(messages.conversationId, conversationId),
        isNull(messages.deletedAt),
        eq(messages.internal, false),
        ne(messages.author, "system"),
        ne(messages.text, ""),
      ),
    )
    .orderBy(desc(messages.sequence))
    .limit(1);
  return last?.text.slice(0, previewLength) ?? null;
}
