import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import type { Policy } from "../slas.schema.ts";
import type { createV1SlaSchema, updateV1SlaSchema, V1Sla } from "../v1-slas.schema.ts";
import { createCalendar, getCalendar, listCalendars, updateCalendar } from "./calendars.ts";
import { createPolicy, getPolicy, listPolicies, updatePolicy } from "./policies.ts";

/*
 * Seed 004 has one thing, a service level with its business hours. Here those are a calendar, which policies may share.
 */

export async function listV1Slas(
  ctx: Ctx,
  page: { page: number; pageSize: number },
): Promise<{ items: V1Sla[]; total: number }> {
  return inTx(ctx, async (ctx) => {
    const { items, total } = await listPolicies(ctx, page);
    const calendars = new Map((await listCalendars(ctx)).map((calendar) => [calendar.id, calendar]));
    return { items: items.map((policy) => toV1(policy, calendars.get(policy.calendarId ?? ""))), total };
  });
}

export async function getV1Sla(ctx: Ctx, policyId: string): Promise<V1Sla> {
  return inTx(ctx, async (ctx) => describe(ctx, await getPolicy(ctx, { policyId })));
}

export async function createV1Sla(
  ctx: Ctx,
  { businessHours, ...input }: z.output<typeof createV1SlaSchema>,
): Promise<V1Sla> {
  return inTx(ctx, async (ctx) => {
    const calendar = businessHours
      ? await createCalendar(ctx, { ...businessHours, name: businessHours.name ?? input.name })
      : null;
    const calendarId = calendar?.id ?? input.calendarId;
    return describe(ctx, await createPolicy(ctx, { ...input, calendarId }));
  });
}

/** All that is sent, or nothing. Business hours that are sent change the calendar by which the policy counts. */
export async function updateV1Sla(
  ctx: Ctx,
  policyId: string,
  { businessHours, ...change }: z.output<typeof updateV1SlaSchema>,
): Promise<V1Sla> {
  return inTx(ctx, async (ctx) => {
    if (businessHours === undefined) return describe(ctx, await updatePolicy(ctx, { policyId, ...change }));
    if (businessHours === null) {
      return describe(ctx, await updatePolicy(ctx, { policyId, ...change, calendarId: null }));
    }
    const before = await getPolicy(ctx, { policyId });
    const { name, ...hours } = businessHours;
    const calendar = before.calendarId
      ? await updateCalendar(ctx, { calendarId: before.calendarId, ...hours, ...(name ? { name } : {}) })
      : await createCalendar(ctx, { ...hours, name: name ?? change.name ?? before.name });
    return describe(ctx, await updatePolicy(ctx, { policyId, ...change, calendarId: calendar.id }));
  });
}

async function describe(ctx: TxCtx, policy: Policy): Promise<V1Sla> {
  const { calendarId } = policy;
  return toV1(policy, calendarId ? await getCalendar(ctx, { calendarId }) : undefined);
}

function toV1(policy: Policy, calendar: Awaited<ReturnType<typeof getCalendar>> | undefined): V1Sla {
  if (!calendar) return { ...policy, businessHours: null };
  const { name, timezone, hours, holidays } = calendar;
  return { ...policy, businessHours: { name, timezone, hours, holidays } };
}
