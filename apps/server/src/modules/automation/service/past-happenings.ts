import { and, desc, eq, gte, isNotNull, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import type { TxCtx } from "../../../ports/index.ts";
import {
  conversationEvents,
  conversations,
  escalations,
  messages,
} from "../../conversations/conversations.tables.ts";
import { slaFirings } from "../../slas/slas.tables.ts";
import type { Facts, Trigger } from "../automation.types.ts";

/** Something for which rules would have been asked. */
export interface PastHappening {
  conversationId: string;
  at: Date;
  messageId: string | null;
  facts: Facts;
}

/** What is looked for: since when, and at most how many. */
export interface Span {
  from: Date;
  limit: number;
}

/** What a trigger would have heard of, the latest first, as far as the history keeps it. */
export function pastHappenings(ctx: TxCtx, trigger: Trigger, span: Span): Promise<PastHappening[]> {
  return pasts[trigger](ctx, span);
}

const pasts: Record<Trigger, (ctx: TxCtx, span: Span) => Promise<PastHappening[]>> = {
  "conversation.opened": openings,
  "message.added": (ctx, span) => saidMessages(ctx, span, undefined),
  "message.classified": (ctx, span) => saidMessages(ctx, span, isNotNull(messages.annotations)),
  "conversation.moved": moves,
  "conversation.assigned": (ctx, span) => numbered(ctx, span, "assignment"),
  "conversation.updated": (ctx, span) => numbered(ctx, span, "properties"),
  "sla.warning": (ctx, span) => clocksThatSaid(ctx, span, "warning"),
  "sla.breached": (ctx, span) => clocksThatSaid(ctx, span, "breach"),
  "human.requested": requests,
};

async function openings(ctx: TxCtx, { from, limit }: Span): Promise<PastHappening[]> {
  const rows = await ctx.tx
    .select({ conversationId: conversations.id, at: conversations.createdAt })
    .from(conversations)
    .where(and(eq(conversations.tenantId, ctx.tenantId), gte(conversations.createdAt, from)))
    .orderBy(desc(conversations.createdAt))
    .limit(limit);
  return rows.map((row) => ({ ...row, messageId: null, facts: {} }));
}

const annotationSchema = z.record(z.string(), z.unknown()).nullable();

async function saidMessages(
  ctx: TxCtx,
  { from, limit }: Span,
  only: SQL | undefined,
): Promise<PastHappening[]> {
  const rows = await ctx.tx
    .select({
      conversationId: messages.conversationId,
      at: messages.createdAt,
      messageId: messages.id,
      annotations: messages.annotations,
    })
    .from(messages)
    .innerJoin(
      conversations,
      and(
        eq(conversations.tenantId, messages.tenantId),
        eq(conversations.id, messages.conversationId),
        gte(conversations.updatedAt, from), // few are read where most are old
      ),
    )
    .where(and(eq(messages.tenantId, ctx.tenantId), gte(messages.createdAt, from), only))
    .orderBy(desc(messages.createdAt))
    .limit(limit);
  return rows.map(({ annotations, ...row }) => ({
    ...row,
    facts: only ? scalarsOf(annotationSchema.parse(annotations)) : {},
  }));
}

/** From which state to which: each status that differs from the one before. */
async function moves(ctx: TxCtx, { from, limit }: Span): Promise<PastHappening[]> {
  const before = sql<string>`coalesce(lag(${conversationEvents.data}->>'status') over (
    partition by ${conversationEvents.conversationId} order by ${conversationEvents.sequence}), 'new')`;
  const steps = ctx.tx
    .select({
      conversationId: conversationEvents.conversationId,
      at: conversationEvents.createdAt,
      from: before.as("from_status"),
      to: sql<string>`${conversationEvents.data}->>'status'`.as("to_status"),
    })
    .from(conversationEvents)
    .where(
      and(
        eq(conversationEvents.tenantId, ctx.tenantId),
        eq(conversationEvents.type, "status"),
        gte(conversationEvents.createdAt, from),
      ),
    )
    .as("steps");
  const rows = await ctx.tx
    .select()
    .from(steps)
    .where(sql`${steps.from} <> ${steps.to}`)
    .orderBy(desc(steps.at))
    .limit(limit);
  return rows.map(({ from, to, ...row }) => ({ ...row, messageId: null, facts: { from, to } }));
}

async function numbered(
  ctx: TxCtx,
  { from, limit }: Span,
  type: "assignment" | "properties",
): Promise<PastHappening[]> {
  const rows = await ctx.tx
    .select({
      conversationId: conversationEvents.conversationId,
      at: conversationEvents.createdAt,
      data: conversationEvents.data,
    })
    .from(conversationEvents)
    .where(
      and(
        eq(conversationEvents.tenantId, ctx.tenantId),
        eq(conversationEvents.type, type),
        gte(conversationEvents.createdAt, from),
      ),
    )
    .orderBy(desc(conversationEvents.createdAt))
    .limit(limit);
  return rows.map(({ data, ...row }) => ({ ...row, messageId: null, facts: scalarsOf(data) }));
}

async function requests(ctx: TxCtx, { from, limit }: Span): Promise<PastHappening[]> {
  const rows = await ctx.tx
    .select({
      conversationId: escalations.conversationId,
      at: escalations.createdAt,
      reason: escalations.reason,
    })
    .from(escalations)
    .where(and(eq(escalations.tenantId, ctx.tenantId), gte(escalations.createdAt, from)))
    .orderBy(desc(escalations.createdAt))
    .limit(limit);
  return rows.map(({ reason, ...row }) => ({ ...row, messageId: null, facts: { reason } }));
}

async function clocksThatSaid(
  ctx: TxCtx,
  { from, limit }: Span,
  what: "warning" | "breach",
): Promise<PastHappening[]> {
  const rows = await ctx.tx
    .select({
      conversationId: slaFirings.conversationId,
      at: slaFirings.createdAt,
      clock: slaFirings.kind,
    })
    .from(slaFirings)
    .where(
      and(eq(slaFirings.tenantId, ctx.tenantId), eq(slaFirings.what, what), gte(slaFirings.createdAt, from)),
    )
    .orderBy(desc(slaFirings.createdAt))
    .limit(limit);
  return rows.map(({ clock, ...row }) => ({ ...row, messageId: null, facts: { clock } }));
}

const factSchema = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);

/** What of kept data can be a field: texts, numbers, yes or no, lists of texts. */
function scalarsOf(data: Record<string, unknown> | null): Facts {
  return Object.fromEntries(
    Object.entries(data ?? {}).flatMap(([name, value]) => {
      const fact = factSchema.safeParse(value);
      return fact.success ? [[name, fact.data]] : [];
    }),
  );
}
