import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { keepRoutingSettings, type RoutingSettings, routingSettingsOf } from "../../presence/index.ts";
import { distributeQueue } from "../routing.jobs.ts";

export async function getRoutingSettings(ctx: Ctx): Promise<RoutingSettings> {
  assertCan(ctx.actor, "read conversations");
  return inTx(ctx, routingSettingsOf);
}

/** Changes what is named. Waiting conversations are given away at once where that was switched on. */
export async function updateRoutingSettings(
  ctx: Ctx,
  change: { [Key in keyof RoutingSettings]?: RoutingSettings[Key] | undefined },
): Promise<RoutingSettings> {
  assertCan(ctx.actor, "manage routing");
  return inTx(ctx, async (ctx) => {
    const before = await routingSettingsOf(ctx);
    const after: RoutingSettings = {
      defaultCapacity: change.defaultCapacity ?? before.defaultCapacity,
      awayAfterMinutes: change.awayAfterMinutes ?? before.awayAfterMinutes,
      autoAssign: change.autoAssign ?? before.autoAssign,
      promises: change.promises ?? before.promises,
    };
    await keepRoutingSettings(ctx, after);
    await recordAudit(ctx, {
      action: "routing.updated",
      subjectType: "routing",
      subjectId: ctx.tenantId,
      before: { ...before },
      after: { ...after },
    });
    if (after.autoAssign) await ctx.jobs.enqueue(distributeQueue, { tenantId: ctx.tenantId });
    return after;
  });
}
