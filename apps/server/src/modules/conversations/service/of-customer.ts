import { and, asc, eq, ilike, or, sql } from "drizzle-orm";
import { containing } from "../../../platform/db/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { type ConversationRow, findConversation } from "../conversations.queries.ts";
import { conversations, escalations, messages } from "../conversations.tables.ts";
import { changeProperties } from "./change.ts";

/** What stands where a person's words were. */
export const erasedText = "[erased]";

/** The conversations that are a customer's, or that their visitor holds. */
async function idsOf(ctx: TxCtx, customerId: string): Promise<string[]> {
  const rows = await ctx.tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.tenantId, ctx.tenantId),
        or(eq(conversations.customerId, customerId), eq(conversations.visitorId, customerId)),
      ),
    )
    .orderBy(asc(conversations.id));
  return rows.map(({ id }) => id);
}

/** All of them, each locked, in the order of their ids. */
export async function lockConversationsOf(ctx: TxCtx, customerId: string): Promise<ConversationRow[]> {
  const rows: ConversationRow[] = [];
  for (const id of await idsOf(ctx, customerId)) rows.push(await findConversation(ctx, id, { lock: true }));
  return rows;
}

/** Gives a locked conversation to another customer. Its visitor holds it as before: by `visitorId`, or else by whom it belongs to. */
export async function giveToCustomer(
  ctx: TxCtx,
  conversation: ConversationRow,
  holder: { customerId: string; visitorId: string | null },
): Promise<void> {
  await changeProperties(ctx, conversation, holder);
}

/**
 * Takes the person out of a locked conversation: what they wrote, what lists show of it, and where others named them
 * (`words`). What colleagues and bots said stays.
 */
export async function erasePerson(ctx: TxCtx, conversation: ConversationRow, words: string[]): Promise<void> {
  const ofIt = and(eq(messages.tenantId, ctx.tenantId), eq(messages.conversationId, conversation.id));
  await ctx.tx
    .update(messages)
    .set({ text: erasedText, markup: null, authorName: null, annotations: null, updatedAt: ctx.now() })
    .where(and(ofIt, eq(messages.author, "customer")));
  for (const word of words) {
    const pattern = word.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    await ctx.tx
      .update(messages)
      .set({
        text: sql`regexp_replace(${messages.text}, ${pattern}, ${erasedText}, 'gi')`,
        markup: sql`regexp_replace(${messages.markup}, ${pattern}, ${erasedText}, 'gi')`,
      })
      .where(and(ofIt, or(ilike(messages.text, containing(word)), ilike(messages.markup, containing(word)))));
  }
  await ctx.tx
    .update(escalations)
    .set({ reason: erasedText })
    .where(and(eq(escalations.tenantId, ctx.tenantId), eq(escalations.conversationId, conversation.id)));
  await ctx.tx
    .update(conversations)
    .set({ lastMessageText: conversation.lastMessageText === null ? null : erasedText })
    .where(and(eq(conversations.tenantId, ctx.tenantId), eq(conversations.id, conversation.id)));
  await changeProperties(ctx, conversation, {
    subject: erasedText,
    summary: null,
    customerId: null,
    visitorId: null,
  });
}
