import { and, desc, eq, gt, ilike, inArray, isNull, lt, lte, or, type SQL, sql } from "drizzle-orm";
import { containing } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { bots } from "../bots/bots.tables.ts";
import { customers } from "../customers/customers.tables.ts";
import { scope } from "./conversations.queries.ts";
import { type ConversationView, countedViews } from "./conversations.schema.ts";
import { conversations, messages } from "./conversations.tables.ts";

const needsHuman = inArray(conversations.status, ["escalated", "awaiting_agent"]);
const isOpen = sql`${conversations.status} not in ('resolved', 'closed')`;
/** Milliseconds before a promise is broken, from when on a conversation counts as breaching. */
const soon = 3_600_000;

function inView(ctx: TxCtx, view: ConversationView): SQL | undefined {
  const me = ctx.actor.kind === "user" ? ctx.actor.userId : null;
  const now = ctx.now();
  const isAwake = or(isNull(conversations.snoozedUntil), lte(conversations.snoozedUntil, now));
  switch (view) {
    case "needs_human":
      return and(needsHuman, isAwake);
    case "mine":
      return and(isOpen, isAwake, me ? eq(conversations.assigneeId, me) : sql`false`);
    case "breaching":
      return and(
        isOpen,
        or(conversations.slaBreached, lt(conversations.slaDueAt, new Date(now.getTime() + soon))),
      );
    case "snoozed":
      return and(isOpen, gt(conversations.snoozedUntil, now));
    case "open":
      return and(isOpen, sql`${conversations.lastMessageAt} is not null`);
    case "resolved":
      return inArray(conversations.status, ["resolved", "closed"]);
    case "all":
      return sql`${conversations.lastMessageAt} is not null`;
  }
}

/** A conversation of the list with its customer and bot, newest message first. */
export async function listConversations(
  ctx: TxCtx,
  input: {
    view: ConversationView;
    limit: number;
    before: { at: Date; id: string } | null;
    search: string | undefined;
    /** Beside the view's own: what a filter says. */
    where: SQL | undefined;
    /** Conversations in which the words were said, with `search`. */
    said: SQL | undefined;
  },
) {
  const pattern = input.search && containing(input.search);
  const { before } = input;
  return selectDescribed(ctx, {})
    .where(
      and(
        scope(ctx),
        inView(ctx, input.view),
        input.where,
        pattern
          ? or(
              input.said,
              ilike(conversations.subject, pattern),
              ilike(customers.name, pattern),
              ilike(customers.email, pattern),
            )
          : undefined,
        before
          ? or(
              lt(conversations.lastMessageAt, before.at),
              and(eq(conversations.lastMessageAt, before.at), lt(conversations.id, before.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(conversations.lastMessageAt), desc(conversations.id))
    .limit(input.limit);
}

export async function describeConversation(ctx: TxCtx, id: string) {
  const [row] = await selectDescribed(ctx, {}).where(and(scope(ctx), eq(conversations.id, id)));
  if (!row) throw notFound("The conversation");
  return row;
}

/** How many messages of the customer's no agent has read yet, of a row of `conversations`. */
const unread = sql<number>`(select count(*)::int from ${messages}
  where ${messages.tenantId} = ${conversations.tenantId} and ${messages.conversationId} = ${conversations.id}
    and ${messages.sequence} > ${conversations.agentReadSequence} and ${messages.author} = 'customer'
    and ${messages.deletedAt} is null)`;

/** Conversations with what lists show beside them, and `more`. */
export function selectDescribed<More extends Record<string, SQL>>(ctx: TxCtx, more: More) {
  return ctx.tx
    .select({
      ...more,
      conversation: conversations,
      customer: {
        id: customers.id,
        name: customers.name,
        email: customers.email,
        slaTier: customers.slaTier,
      },
      bot: { id: bots.id, name: bots.name },
      unread,
    })
    .from(conversations)
    .leftJoin(
      customers,
      and(eq(customers.tenantId, conversations.tenantId), eq(customers.id, conversations.customerId)),
    )
    .leftJoin(bots, and(eq(bots.tenantId, conversations.tenantId), eq(bots.id, conversations.botId)))
    .$dynamic();
}

/** So many conversations of a view are counted; beyond that there are just many. */
const mostCounted = 100;

type ViewCounts = Record<(typeof countedViews)[number], number>;

/** How many conversations the views hold, all told by one statement. */
export async function countViews(ctx: TxCtx): Promise<ViewCounts> {
  const counts = countedViews.map(
    (view) => sql`(select count(*)::int from (select from ${conversations}
      where ${and(scope(ctx), inView(ctx, view))} limit ${mostCounted}) as counted) as ${sql.identifier(view)}`,
  );
  const { rows } = await ctx.tx.execute<ViewCounts>(sql`select ${sql.join(counts, sql`, `)}`);
  const [row] = rows;
  if (!row) throw new Error("Counting the views answered nothing.");
  return row;
}
