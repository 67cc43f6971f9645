import { and, asc, eq, inArray, or } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, can } from "../../identity/index.ts";
import type { ConversationRow } from "../conversations.queries.ts";
import * as queries from "../conversations.queries.ts";
import { conversationEvents, conversations } from "../conversations.tables.ts";
import { type ShownMessage, show } from "./read-messages.ts";

/** A numbered event with what it is about, as that stands now. */
export interface NumberedEvent {
  conversation: ConversationRow;
  sequence: number;
  type: (typeof conversationEvents.$inferSelect)["type"];
  at: Date;
  /** What was written of it when it happened. */
  data: Record<string, unknown> | null;
  /** Of type `message`; null where it is no more, or not for the reader. */
  message: ShownMessage | null;
}

type EventRow = typeof conversationEvents.$inferSelect;

/** Where an event stands. */
export interface EventPlace {
  conversationId: string;
  sequence: number;
}

/**
 * The events of these places, with notes, for whoever reads conversations. Those of conversations that are no more are
 * left out. In the order of the places.
 */
export async function eventsAt(ctx: TxCtx, places: readonly EventPlace[]): Promise<NumberedEvent[]> {
  assertCan(ctx.actor, "read conversations");
  if (places.length === 0) return [];
  const ids = [...new Set(places.map(({ conversationId }) => conversationId))];
  const rows = await ctx.tx
    .select()
    .from(conversationEvents)
    .where(
      and(
        eq(conversationEvents.tenantId, ctx.tenantId),
        or(
          ...ids.map((id) =>
            and(
              eq(conversationEvents.conversationId, id),
              inArray(
                conversationEvents.sequence,
                places.flatMap(({ conversationId, sequence }) => (conversationId === id ? sequence : [])),
              ),
            ),
          ),
        ),
      ),
    );
  const described = new Map<string, NumberedEvent>();
  for (const conversation of await conversationsOf(ctx, ids)) {
    const own = rows.filter(({ conversationId }) => conversationId === conversation.id);
    for (const event of await withMessages(ctx, conversation, own)) described.set(keyOf(event), event);
  }
  return places.flatMap(
    ({ conversationId, sequence }) => described.get(`${conversationId}/${sequence}`) ?? [],
  );
}

/**
 * The events of a conversation after a number, in order, and the number up to which they go: what a reader missed, with
 * messages as they stand now. Whoever reads conversations gets them without gaps; to anybody else owners and properties
 * are nothing. A number that was never given means all: `after` says which one was meant.
 */
export async function eventsAfter(
  ctx: Ctx,
  input: { conversationId: string; after: number; limit: number },
): Promise<{ events: NumberedEvent[]; after: number; upTo: number; lastSequence: number }> {
  return inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId);
    const { lastSequence } = conversation;
    const after = input.after > lastSequence ? 0 : input.after;
    const rows = await queries.eventsAfter(ctx, conversation.id, after, input.limit);
    const isColleague = ctx.actor.kind !== "visitor" && can(ctx.actor, "read conversations");
    const shown = rows.filter(({ type }) => isColleague || type === "message" || type === "status");
    const events = await withMessages(ctx, conversation, shown);
    return { events, after, upTo: rows.at(-1)?.sequence ?? after, lastSequence };
  });
}

/** These conversations of the tenant, for whoever reads conversations; those that are no more are left out. */
export async function conversationsOf(ctx: TxCtx, ids: readonly string[]): Promise<ConversationRow[]> {
  assertCan(ctx.actor, "read conversations");
  if (ids.length === 0) return [];
  return ctx.tx
    .select()
    .from(conversations)
    .where(and(eq(conversations.tenantId, ctx.tenantId), inArray(conversations.id, [...ids])))
    .orderBy(asc(conversations.id));
}

async function withMessages(
  ctx: TxCtx,
  conversation: ConversationRow,
  rows: readonly EventRow[],
): Promise<NumberedEvent[]> {
  const ids = [...new Set(rows.flatMap(({ messageId }) => messageId ?? []))];
  const found = await show(ctx, conversation, await queries.findMessages(ctx, conversation.id, ids));
  const messages = new Map(found.map((message) => [message.id, message]));
  return rows.map(({ sequence, type, createdAt, data, messageId }) => ({
    conversation,
    sequence,
    type,
    at: createdAt,
    data,
    message: messageId ? (messages.get(messageId) ?? null) : null,
  }));
}

function keyOf({ conversation, sequence }: NumberedEvent): string {
  return `${conversation.id}/${sequence}`;
}
