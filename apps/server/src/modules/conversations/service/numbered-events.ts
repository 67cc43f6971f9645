import { and, asc, eq, inArray } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, can } from "../../identity/index.ts";
import type { ConversationRow } from "../conversations.queries.ts";
import * as queries from "../conversations.queries.ts";
import { type conversationEvents, conversations } from "../conversations.tables.ts";
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
  const described = await describe(ctx, await queries.eventsAt(ctx, places));
  const byPlace = new Map(described.map((event) => [`${event.conversation.id}/${event.sequence}`, event]));
  return places.flatMap(({ conversationId, sequence }) => byPlace.get(`${conversationId}/${sequence}`) ?? []);
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
    const shown = rows.filter(
      ({ event: { type } }) => isColleague || type === "message" || type === "status",
    );
    const upTo = rows.at(-1)?.event.sequence ?? after;
    // what happened between the two readings is told with the conversation as it left it
    const now = upTo > lastSequence ? await queries.findConversation(ctx, conversation.id) : conversation;
    const events = await describe(
      ctx,
      shown.map((row) => ({ ...row, conversation: now })),
    );
    return { events, after, upTo, lastSequence: now.lastSequence };
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

interface EventAndMessage {
  event: typeof conversationEvents.$inferSelect;
  conversation: ConversationRow;
  message: queries.MessageRow | null;
}

async function describe(ctx: TxCtx, rows: readonly EventAndMessage[]): Promise<NumberedEvent[]> {
  const said = rows.flatMap(({ conversation, message }) => (message ? { conversation, row: message } : []));
  const messages = new Map((await show(ctx, said)).map((message) => [message.id, message]));
  return rows.map(({ conversation, event, message }) => ({
    conversation,
    sequence: event.sequence,
    type: event.type,
    at: event.createdAt,
    data: event.data,
    message: message && (messages.get(message.id) ?? null),
  }));
}
