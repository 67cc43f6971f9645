import { and, eq, sql } from "drizzle-orm";
import { notFound } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import type { conversationEventTypes } from "../conversation-state.ts";
import { conversationChanged } from "../conversations.events.ts";
import type { ConversationRow } from "../conversations.queries.ts";
import { conversationEvents, conversations } from "../conversations.tables.ts";

/**
 * Changes a conversation and adds an event with its next number. The caller holds the row's lock, so numbers
 * commit in order and none is missing.
 */
export async function nextEvent(
  ctx: TxCtx,
  conversation: ConversationRow,
  event: {
    type: (typeof conversationEventTypes)[number];
    messageId?: string;
    data?: Record<string, unknown>;
  },
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
