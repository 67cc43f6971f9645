import { and, asc, count, desc, eq, gt, inArray, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { steady } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../ports/index.ts";
import { can } from "../identity/index.ts";
import type { Message } from "./conversations.schema.ts";
import { conversationEvents, conversations, escalations, messages } from "./conversations.tables.ts";

export type ConversationRow = typeof conversations.$inferSelect;
export type MessageRow = typeof messages.$inferSelect;

/**
 * What an actor may see, as a condition: a visitor their own, an API key those that it opened, a member their own tests
 * of bots, who may read conversations all of the tenant's. What is outside is not found.
 */
export function scope(ctx: Pick<Ctx, "actor" | "tenantId">): SQL | undefined {
  const { actor } = ctx;
  const ofTenant = eq(conversations.tenantId, ctx.tenantId);
  if (actor.kind === "system") return ofTenant;
  if (actor.kind === "visitor") return and(ofTenant, isVisitors(actor.customerId));
  if (can(actor, "read conversations")) return ofTenant;
  if (actor.kind === "apiKey") return and(ofTenant, eq(conversations.apiKeyId, actor.keyId));
  return and(ofTenant, eq(conversations.memberId, actor.userId));
}

/** What is a visitor's own: who they turned out to be may have more, which their token does not show. */
function isVisitors(customerId: string): SQL | undefined {
  const asThemselves = and(isNull(conversations.visitorId), eq(conversations.customerId, customerId));
  return or(asThemselves, eq(conversations.visitorId, customerId));
}

/** The same of a row that is at hand. */
export function isOfVisitor(
  { customerId }: { customerId: string },
  row: Pick<ConversationRow, "customerId" | "visitorId">,
): boolean {
  return (row.visitorId ?? row.customerId) === customerId;
}

export async function findConversation(
  ctx: TxCtx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<ConversationRow> {
  const query = ctx.tx
    .select()
    .from(conversations)
    .where(and(scope(ctx), eq(conversations.id, id)));
  const [row] = await (options.lock ? query.for("update") : query).prepare(steady).execute();
  if (!row) throw notFound("The conversation");
  return row;
}

/** A conversation, locked, if it was merged into no other one; null where it was, or is not found. */
export async function lockUnlessMerged(ctx: TxCtx, id: string): Promise<ConversationRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(conversations)
    .where(and(scope(ctx), eq(conversations.id, id), isNull(conversations.mergedIntoId)))
    .for("update")
    .prepare(steady)
    .execute();
  return row ?? null;
}

/** The visitor's open conversation with the bot, if there is one. */
export async function latestOfCustomer(
  ctx: TxCtx,
  customerId: string,
  botId: string,
): Promise<ConversationRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(conversations)
    .where(and(scope(ctx), isVisitors(customerId), eq(conversations.botId, botId)))
    .orderBy(desc(conversations.createdAt))
    .limit(1);
  return row ?? null;
}

/** Notes are for who reads conversations, never for customers and bots. */
export function isReadable(ctx: Pick<Ctx, "actor">, { notes }: { notes: boolean }): SQL | undefined {
  const { actor } = ctx;
  const mayRead = actor.kind === "system" || (actor.kind !== "visitor" && can(actor, "read conversations"));
  return notes && mayRead ? undefined : eq(messages.internal, false);
}

export async function listMessages(
  ctx: TxCtx,
  conversationId: string,
  { notes }: { notes: boolean },
): Promise<MessageRow[]> {
  return ctx.tx
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, ctx.tenantId),
        eq(messages.conversationId, conversationId),
        isReadable(ctx, { notes }),
      ),
    )
    .orderBy(asc(messages.sequence));
}

/** A page of the messages that have words or are about to have some, and how many there are of those. */
export async function pageOfMessages(
  ctx: TxCtx,
  input: { conversationId: string; page: number; pageSize: number; direction: "asc" | "desc" },
): Promise<{ rows: MessageRow[]; total: number }> {
  const where = and(
    eq(messages.tenantId, ctx.tenantId),
    eq(messages.conversationId, input.conversationId),
    isReadable(ctx, { notes: false }),
    or(ne(messages.text, ""), eq(messages.state, "streaming")),
  );
  const [totals] = await ctx.tx.select({ n: count() }).from(messages).where(where);
  const rows = await ctx.tx
    .select()
    .from(messages)
    .where(where)
    .orderBy(input.direction === "asc" ? asc(messages.sequence) : desc(messages.sequence))
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize);
  return { rows, total: totals?.n ?? 0 };
}

export async function findMessages(ctx: TxCtx, conversationId: string, ids: string[]): Promise<MessageRow[]> {
  if (ids.length === 0) return [];
  return ctx.tx
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, ctx.tenantId),
        eq(messages.conversationId, conversationId),
        isReadable(ctx, { notes: true }),
        inArray(messages.id, ids),
      ),
    );
}

/** A message of the tenant's, whoever may read it: the caller finds its conversation next. */
export async function messageById(ctx: TxCtx, id: string): Promise<MessageRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(messages)
    .where(and(eq(messages.tenantId, ctx.tenantId), eq(messages.id, id)))
    .prepare(steady)
    .execute();
  return row ?? null;
}

export async function findByClientId(
  ctx: TxCtx,
  conversationId: string,
  clientId: string,
): Promise<MessageRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, ctx.tenantId),
        eq(messages.conversationId, conversationId),
        eq(messages.clientId, clientId),
      ),
    )
    .prepare(steady)
    .execute();
  return row ?? null;
}

/** Events after a number, in order, with the messages that the reader may see: what a client that was away missed. */
export async function eventsAfter(ctx: TxCtx, conversationId: string, after: number, limit: number) {
  return ctx.tx
    .select({ event: conversationEvents, message: messages })
    .from(conversationEvents)
    .leftJoin(messages, isMessageOfEvent(ctx))
    .where(
      and(
        eq(conversationEvents.tenantId, ctx.tenantId),
        eq(conversationEvents.conversationId, conversationId),
        gt(conversationEvents.sequence, after),
      ),
    )
    .orderBy(asc(conversationEvents.sequence))
    .limit(limit);
}

/** The events of these places, of whatever conversations, with those and the messages that the reader may see. */
export async function eventsAt(ctx: TxCtx, places: readonly { conversationId: string; sequence: number }[]) {
  const ids = sql.param(places.map(({ conversationId }) => conversationId));
  const numbers = sql.param(places.map(({ sequence }) => sequence));
  const place = sql`(${conversationEvents.conversationId}, ${conversationEvents.sequence})`;
  return ctx.tx
    .select({ event: conversationEvents, conversation: conversations, message: messages })
    .from(conversationEvents)
    .innerJoin(
      conversations,
      and(
        eq(conversations.tenantId, conversationEvents.tenantId),
        eq(conversations.id, conversationEvents.conversationId),
      ),
    )
    .leftJoin(messages, isMessageOfEvent(ctx))
    .where(
      and(
        eq(conversationEvents.tenantId, ctx.tenantId),
        sql`${place} in (select * from unnest(${ids}::uuid[], ${numbers}::bigint[]))`,
      ),
    );
}

function isMessageOfEvent(ctx: TxCtx): SQL | undefined {
  return and(
    eq(messages.tenantId, conversationEvents.tenantId),
    eq(messages.conversationId, conversationEvents.conversationId),
    eq(messages.id, conversationEvents.messageId),
    isReadable(ctx, { notes: true }),
  );
}

export async function openEscalation(ctx: TxCtx, conversationId: string) {
  const [row] = await ctx.tx
    .select()
    .from(escalations)
    .where(
      and(
        eq(escalations.tenantId, ctx.tenantId),
        eq(escalations.conversationId, conversationId),
        inArray(escalations.status, ["pending", "assigned"]),
      ),
    )
    .orderBy(desc(escalations.createdAt))
    .limit(1);
  return row ?? null;
}

/** Milliseconds after which a message that is still being written was left behind by a process that died. */
const abandonedAfter = 120_000;

/** A message by its row alone: its files are another table's (`withFiles`). */
export function toMessage(ctx: Pick<Ctx, "now">, row: MessageRow): Message {
  const { id, sequence, author, authorId, authorName, clientId, internal, deletedAt, createdAt } = row;
  const { contentType, channel, delivery } = row;
  const isAbandoned =
    row.state === "streaming" && ctx.now().getTime() - row.updatedAt.getTime() > abandonedAfter;
  const state = isAbandoned ? "interrupted" : row.state;
  const text = deletedAt ? "" : row.text;
  return {
    id,
    sequence,
    author,
    authorId,
    authorName,
    text,
    contentType,
    markup: deletedAt ? null : row.markup,
    channel,
    delivery,
    clientId,
    internal,
    deletedAt,
    state,
    attachments: [],
    createdAt,
  };
}
