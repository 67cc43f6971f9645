import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import * as queries from "../slas.queries.ts";
import type { Calendar, NewCalendar, updateCalendarSchema } from "../slas.schema.ts";
import { businessCalendars } from "../slas.tables.ts";
import { assertVersion } from "./policies.ts";

/** A bound against mistakes; it is also why there are no pages. */
const mostCalendars = 50;

/** The tenant's calendars by name. */
export async function listCalendars(ctx: Ctx): Promise<Calendar[]> {
  assertCan(ctx.actor, "manage service levels");
  return inTx(ctx, async (ctx) => {
    const uses = await queries.policiesByCalendar(ctx);
    return (await queries.allCalendars(ctx)).map((row) => toCalendar(row, uses));
  });
}

export async function getCalendar(ctx: Ctx, { calendarId }: { calendarId: string }): Promise<Calendar> {
  assertCan(ctx.actor, "manage service levels");
  return inTx(ctx, async (ctx) => describe(ctx, await queries.findCalendar(ctx, calendarId)));
}

export async function createCalendar(ctx: Ctx, input: NewCalendar): Promise<Calendar> {
  assertCan(ctx.actor, "manage service levels");
  return inTx(ctx, async (ctx) => {
    if ((await queries.allCalendars(ctx)).length >= mostCalendars) {
      throw new AppError("CONFLICT", `A workspace has at most ${mostCalendars} calendars. Delete one first.`);
    }
    const at = ctx.now();
    const [row] = await ctx.tx
      .insert(businessCalendars)
      .values({ tenantId: ctx.tenantId, id: newId(), ...input, createdAt: at, updatedAt: at })
      .onConflictDoNothing()
      .returning();
    if (!row) throw nameTaken(input.name);
    await audit(ctx, "business_calendar.created", row.id, { after: facts(row) });
    return describe(ctx, row);
  });
}

/** Changes a calendar for the conversations that begin from now on. */
export async function updateCalendar(
  ctx: Ctx,
  { calendarId, version, ...change }: z.output<typeof updateCalendarSchema>,
): Promise<Calendar> {
  assertCan(ctx.actor, "manage service levels");
  return inTx(ctx, async (ctx) => {
    const before = await queries.findCalendar(ctx, calendarId, { lock: true });
    assertVersion(before, version);
    const {
      name = before.name,
      timezone = before.timezone,
      hours = before.hours,
      holidays = before.holidays,
    } = change;
    if (await queries.isCalendarName(ctx, name, calendarId)) throw nameTaken(name);
    const [row] = await ctx.tx
      .update(businessCalendars)
      .set({ name, timezone, hours, holidays, version: before.version + 1, updatedAt: ctx.now() })
      .where(and(eq(businessCalendars.tenantId, ctx.tenantId), eq(businessCalendars.id, calendarId)))
      .returning();
    if (!row) throw new AppError("INTERNAL", "The calendar was not written.");
    await audit(ctx, "business_calendar.updated", calendarId, { before: facts(before), after: facts(row) });
    return describe(ctx, row);
  });
}

/** Deletes a calendar by which no policy counts. */
export async function deleteCalendar(ctx: Ctx, { calendarId }: { calendarId: string }): Promise<void> {
  assertCan(ctx.actor, "manage service levels");
  await inTx(ctx, async (ctx) => {
    const before = await queries.findCalendar(ctx, calendarId, { lock: true });
    const uses = (await queries.policiesByCalendar(ctx)).get(calendarId) ?? 0;
    if (uses > 0) {
      throw new AppError("CONFLICT", "Policies count by this calendar. Give them another one first.", {
        details: { policies: uses },
      });
    }
    await ctx.tx
      .delete(businessCalendars)
      .where(and(eq(businessCalendars.tenantId, ctx.tenantId), eq(businessCalendars.id, calendarId)));
    await audit(ctx, "business_calendar.deleted", calendarId, { before: facts(before) });
  });
}

async function describe(ctx: TxCtx, row: queries.CalendarRow): Promise<Calendar> {
  return toCalendar(row, await queries.policiesByCalendar(ctx));
}

function toCalendar({ tenantId: _tenant, ...row }: queries.CalendarRow, uses: Map<string, number>): Calendar {
  return { ...row, policies: uses.get(row.id) ?? 0 };
}

function nameTaken(name: string): AppError {
  return new AppError("CONFLICT", `There is a calendar called ${name}. Choose another name.`);
}

function facts({ name, timezone, hours, holidays }: queries.CalendarRow) {
  return { name, timezone, hours, holidays };
}

function audit(
  ctx: TxCtx,
  action: string,
  calendarId: string,
  change: { before?: Record<string, unknown>; after?: Record<string, unknown> },
): Promise<void> {
  return recordAudit(ctx, { action, subjectType: "business_calendar", subjectId: calendarId, ...change });
}
