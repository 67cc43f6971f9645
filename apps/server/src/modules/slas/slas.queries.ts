import { and, asc, count, eq } from "drizzle-orm";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { businessCalendars, slaPolicies } from "./slas.tables.ts";

export type PolicyRow = typeof slaPolicies.$inferSelect;
export type CalendarRow = typeof businessCalendars.$inferSelect;

/** A policy of the tenant; throws NOT_FOUND. */
export async function findPolicy(
  ctx: TxCtx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<PolicyRow> {
  const query = ctx.tx
    .select()
    .from(slaPolicies)
    .where(and(eq(slaPolicies.tenantId, ctx.tenantId), eq(slaPolicies.id, id)));
  const [row] = options.lock ? await query.for("update") : await query;
  if (!row) throw notFound("The policy");
  return row;
}

/** By name. */
export async function pageOfPolicies(ctx: TxCtx, { page, pageSize }: { page: number; pageSize: number }) {
  const ofTenant = eq(slaPolicies.tenantId, ctx.tenantId);
  const [totals] = await ctx.tx.select({ n: count() }).from(slaPolicies).where(ofTenant);
  const rows = await ctx.tx
    .select()
    .from(slaPolicies)
    .where(ofTenant)
    .orderBy(asc(slaPolicies.name), asc(slaPolicies.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { rows, total: totals?.n ?? 0 };
}

/** The policy of a tier, whoever has it. */
export async function policyOfTier(ctx: TxCtx, tier: string): Promise<PolicyRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(slaPolicies)
    .where(and(eq(slaPolicies.tenantId, ctx.tenantId), eq(slaPolicies.tier, tier)));
  return row ?? null;
}

/** A calendar of the tenant; throws NOT_FOUND. */
export async function findCalendar(
  ctx: TxCtx,
  id: string,
  options: { lock?: boolean } = {},
): Promise<CalendarRow> {
  const query = ctx.tx
    .select()
    .from(businessCalendars)
    .where(and(eq(businessCalendars.tenantId, ctx.tenantId), eq(businessCalendars.id, id)));
  const [row] = options.lock ? await query.for("update") : await query;
  if (!row) throw notFound("The calendar");
  return row;
}

/** By name: there are few. */
export async function allCalendars(ctx: TxCtx): Promise<CalendarRow[]> {
  return ctx.tx
    .select()
    .from(businessCalendars)
    .where(eq(businessCalendars.tenantId, ctx.tenantId))
    .orderBy(asc(businessCalendars.name));
}

export async function isCalendarName(ctx: TxCtx, name: string, exceptId: string | null): Promise<boolean> {
  const rows = await ctx.tx
    .select({ id: businessCalendars.id })
    .from(businessCalendars)
    .where(and(eq(businessCalendars.tenantId, ctx.tenantId), eq(businessCalendars.name, name)));
  return rows.some(({ id }) => id !== exceptId);
}

/** How many policies count by each calendar. */
export async function policiesByCalendar(ctx: TxCtx): Promise<Map<string, number>> {
  const rows = await ctx.tx
    .select({ calendarId: slaPolicies.calendarId, n: count() })
    .from(slaPolicies)
    .where(eq(slaPolicies.tenantId, ctx.tenantId))
    .groupBy(slaPolicies.calendarId);
  return new Map(rows.flatMap(({ calendarId, n }) => (calendarId ? [[calendarId, n] as const] : [])));
}
