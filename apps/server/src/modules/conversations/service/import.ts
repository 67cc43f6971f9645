import { and, eq } from "drizzle-orm";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { conversationDeleted } from "../conversations.events.ts";
import type { ConversationRow } from "../conversations.queries.ts";
import { conversationEvents, conversations, messages } from "../conversations.tables.ts";

/** Characters of an imported message, as of one that is posted. */
const maxLength = 8_000;
/** Rows of one statement. */
const batch = 500;

/**
 * Puts what was said elsewhere before the first message of a new, empty conversation of this transaction:
 * the caller's own account of it. Nobody is told; the first message that is posted makes it known.
 */
export async function importMessages(
  ctx: TxCtx,
  conversation: ConversationRow,
  said: { author: "customer" | "bot"; text: string }[],
): Promise<void> {
  const at = ctx.now();
  const rows = said.map(({ author, text }, index) => ({
    tenantId: ctx.tenantId,
    id: newId(),
    conversationId: conversation.id,
    sequence: conversation.lastSequence + index + 1,
    author,
    text: text.slice(0, maxLength).toWellFormed(),
    state: "complete" as const,
    createdAt: at,
    updatedAt: at,
  }));
  for (let from = 0; from < rows.length; from += batch) {
    const some = rows.slice(from, from + batch);
    await ctx.tx.insert(messages).values(some);
    await ctx.tx.insert(conversationEvents).values(
      some.map(({ tenantId, conversationId, sequence, id, createdAt }) => ({
        tenantId,
        conversationId,
        sequence,
        type: "message" as const,
        messageId: id,
        createdAt,
      })),
    );
  }
  const subject = said.find(({ author }) => author === "customer")?.text.slice(0, 140) ?? null;
  await ctx.tx
    .update(conversations)
    .set({ lastSequence: conversation.lastSequence + rows.length, subject })
    .where(and(eq(conversations.tenantId, ctx.tenantId), eq(conversations.id, conversation.id)));
}

/** Takes back a conversation in which nothing was said after all. */
export async function discardConversation(ctx: TxCtx, conversationId: string): Promise<void> {
  await ctx.tx
    .delete(conversations)
    .where(and(eq(conversations.tenantId, ctx.tenantId), eq(conversations.id, conversationId)));
  await emit(ctx, conversationDeleted, { conversationId });
}
