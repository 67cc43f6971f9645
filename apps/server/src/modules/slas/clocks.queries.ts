import { and, asc, eq, gt, inArray, lte, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../platform/db/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { conversationEvents, conversations, messages } from "../conversations/conversations.tables.ts";
import { type ConversationRow, conversationStatuses } from "../conversations/index.ts";
import { customers } from "../customers/customers.tables.ts";
import type { Clocks, Happening, Saying, Terms } from "./clocks.ts";
import { nextMoment } from "./clocks.ts";
import type { CalendarRow, PolicyRow } from "./slas.queries.ts";
import { defaultTier } from "./slas.schema.ts";
import { businessCalendars, slaClocks, slaFirings, slaPolicies } from "./slas.tables.ts";

export type ClockRow = typeof slaClocks.$inferSelect;

/**
 * Locks a conversation: while it is locked nothing happens in it, and nobody else counts its clocks. Null where it is
 * gone, or where another process has it and we do not wait.
 */
export async function lockConversation(
  ctx: TxCtx,
  id: string,
  { wait }: { wait: boolean },
): Promise<ConversationRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(conversations)
    .where(and(eq(conversations.tenantId, ctx.tenantId), eq(conversations.id, id)))
    .for("update", wait ? {} : { skipLocked: true });
  return row ?? null;
}

/** The active policy of the customer's tier, or else of the standard one, with its calendar. */
export async function policyFor(
  ctx: TxCtx,
  customerId: string | null,
): Promise<{ policy: PolicyRow; calendar: CalendarRow | null } | null> {
  const [customer] = customerId
    ? await ctx.tx
        .select({ tier: customers.slaTier })
        .from(customers)
        .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, customerId)))
    : [];
  const tier = customer?.tier?.trim().toLowerCase() || defaultTier;
  const rows = await ctx.tx
    .select({ policy: slaPolicies, calendar: businessCalendars })
    .from(slaPolicies)
    .leftJoin(
      businessCalendars,
      and(
        eq(businessCalendars.tenantId, slaPolicies.tenantId),
        eq(businessCalendars.id, slaPolicies.calendarId),
      ),
    )
    .where(
      and(
        eq(slaPolicies.tenantId, ctx.tenantId),
        eq(slaPolicies.active, true),
        inArray(slaPolicies.tier, [tier, defaultTier]),
      ),
    );
  return rows.find(({ policy }) => policy.tier === tier) ?? rows[0] ?? null;
}

/** That anything is promised in a conversation, as a condition: it has clocks, or some policy may give it some. */
export function hasPromises(of: { tenantId: string; conversationId: string }): SQL {
  const policies = and(eq(slaPolicies.tenantId, of.tenantId), eq(slaPolicies.active, true));
  const clocks = and(eq(slaClocks.tenantId, of.tenantId), eq(slaClocks.conversationId, of.conversationId));
  return sql`(exists (select from ${slaPolicies} where ${policies}) or exists (select from ${slaClocks} where ${clocks}))`;
}

/** When the customer first wrote; null while they have not. */
export async function firstInbound(ctx: TxCtx, conversationId: string): Promise<Date | null> {
  const [row] = await ctx.tx
    .select({ at: messages.createdAt })
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, ctx.tenantId),
        eq(messages.conversationId, conversationId),
        eq(messages.author, "customer"),
      ),
    )
    .orderBy(asc(messages.sequence))
    .limit(1);
  return row?.at ?? null;
}

const statusData = z.object({ status: z.enum(conversationStatuses) });
const propertiesData = z.object({ changed: z.array(z.string()) });

/**
 * What happened in a locked conversation after an event, as far as clocks care. Its log does not say which severity it
 * was given, only that it was given another one: the present one stands for all of them.
 */
export async function happeningsAfter(
  ctx: TxCtx,
  conversation: ConversationRow,
  after: number,
): Promise<Happening[]> {
  const rows = await ctx.tx
    .select({
      type: conversationEvents.type,
      sequence: conversationEvents.sequence,
      at: conversationEvents.createdAt,
      data: conversationEvents.data,
      shownFirst: messages.sequence,
      author: messages.author,
      internal: messages.internal,
    })
    .from(conversationEvents)
    .leftJoin(
      messages,
      and(eq(messages.tenantId, conversationEvents.tenantId), eq(messages.id, conversationEvents.messageId)),
    )
    .where(
      and(
        eq(conversationEvents.tenantId, ctx.tenantId),
        eq(conversationEvents.conversationId, conversation.id),
        gt(conversationEvents.sequence, after),
      ),
    )
    .orderBy(asc(conversationEvents.sequence));
  return rows.flatMap((row): Happening[] => {
    const { at, author, internal } = row;
    switch (row.type) {
      case "message": // a message that was finished or changed is told again
        if (!author || row.shownFirst !== row.sequence) return [];
        return [{ type: "message", author, internal: internal ?? false, at }];
      case "status": {
        const { data } = statusData.safeParse(row.data);
        return data ? [{ type: "status", status: data.status, at }] : [];
      }
      case "properties": {
        const { data } = propertiesData.safeParse(row.data);
        return data?.changed.includes("severity")
          ? [{ type: "severity", severity: conversation.severity, at }]
          : [];
      }
      default:
        return [];
    }
  });
}

export async function clocksOf(ctx: TxCtx, conversationIds: string[]): Promise<ClockRow[]> {
  if (conversationIds.length === 0) return [];
  return ctx.tx
    .select()
    .from(slaClocks)
    .where(and(eq(slaClocks.tenantId, ctx.tenantId), inArray(slaClocks.conversationId, conversationIds)))
    .orderBy(asc(slaClocks.conversationId), asc(slaClocks.kind));
}

/** Keeps the clocks of a locked conversation, with what they count up to. */
export async function putClocks(
  ctx: TxCtx,
  conversation: Pick<ConversationRow, "id" | "lastSequence">,
  terms: Terms,
  { clocks, status, severity }: Clocks,
): Promise<void> {
  for (const clock of clocks) {
    const { kind, ...fields } = clock;
    const values = {
      ...fields,
      terms,
      nextAt: nextMoment(clock),
      sequence: conversation.lastSequence,
      status,
      severity,
    };
    await ctx.tx
      .insert(slaClocks)
      .values({ tenantId: ctx.tenantId, conversationId: conversation.id, kind, ...values })
      .onConflictDoUpdate({
        target: [slaClocks.tenantId, slaClocks.conversationId, slaClocks.kind],
        set: values,
      });
  }
}

/** Notes that something is told of a clock; false where it was told before. */
export async function putFiring(ctx: TxCtx, conversationId: string, saying: Saying): Promise<boolean> {
  const rows = await ctx.tx
    .insert(slaFirings)
    .values({ tenantId: ctx.tenantId, conversationId, ...saying, createdAt: ctx.now() })
    .onConflictDoNothing()
    .returning({ what: slaFirings.what });
  return rows.length > 0;
}

/** Conversations of the tenant with a clock that has something to say, the longest waiting first. */
export async function dueConversations(
  ctx: TxCtx,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const rows = await ctx.tx
    .selectDistinct({ id: slaClocks.conversationId })
    .from(slaClocks)
    .where(
      and(
        eq(slaClocks.tenantId, ctx.tenantId),
        lte(slaClocks.nextAt, ctx.now()),
        gt(slaClocks.conversationId, after),
      ),
    )
    .orderBy(asc(slaClocks.conversationId))
    .limit(limit);
  return rows.map(({ id }) => id);
}

/** Tenants with a clock that has something to say. Named system query. */
export async function tenantsWithDueClocks(db: Db, now: Date): Promise<Set<string>> {
  const rows = await db
    .system()
    .selectDistinct({ tenantId: slaClocks.tenantId })
    .from(slaClocks)
    .where(lte(slaClocks.nextAt, now));
  return new Set(rows.map(({ tenantId }) => tenantId));
}
