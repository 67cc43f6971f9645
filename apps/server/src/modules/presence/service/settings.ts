import { eq } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import type { RoutingSettings } from "../presence.schema.ts";
import { routingSettings } from "../presence.tables.ts";

const defaults: RoutingSettings = {
  defaultCapacity: 5,
  awayAfterMinutes: 15,
  autoAssign: false,
  promises: {},
};

/** The tenant's settings, or what holds without any. */
export async function routingSettingsOf(ctx: TxCtx): Promise<RoutingSettings> {
  const [row] = await ctx.tx.select().from(routingSettings).where(eq(routingSettings.tenantId, ctx.tenantId));
  if (!row) return defaults;
  const { defaultCapacity, awayAfterMinutes, autoAssign, promises } = row;
  return { defaultCapacity, awayAfterMinutes, autoAssign, promises };
}

/** Writes all of the settings; who may is asked by the caller. */
export async function keepRoutingSettings(ctx: TxCtx, settings: RoutingSettings): Promise<void> {
  const values = { ...settings, updatedAt: ctx.now() };
  await ctx.tx
    .insert(routingSettings)
    .values({ tenantId: ctx.tenantId, ...values })
    .onConflictDoUpdate({ target: [routingSettings.tenantId], set: values });
}
