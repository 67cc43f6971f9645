import { tenantStopped } from "../../../faces/tenant-stopped.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import {
  assertPlatformAdmin,
  changeTenant,
  findTenant,
  recordAudit,
  recordSecurityEvent,
  type TenantRow,
} from "../../identity/index.ts";
import { resumeJobs } from "./paused-jobs.ts";

/**
 * Shuts a tenant: its members, programs and visitors are refused from now on, what runs for it ends, its jobs wait.
 * Nothing is deleted. Throws CONFLICT for one that is about to be deleted.
 */
export async function suspendTenant(
  ctx: Ctx,
  { tenantId, reason }: { tenantId: string; reason: string },
): Promise<TenantRow> {
  assertPlatformAdmin(ctx.actor);
  return inTx({ ...ctx, tenantId }, async (ctx) => {
    const before = await findTenant(tenantId, { lock: true });
    if (before.status === "deleting") throw isGoing();
    const after = await changeTenant(tenantId, { status: "suspended", statusReason: reason });
    await recordAudit(ctx, {
      action: "tenant.suspended",
      subjectType: "tenant",
      subjectId: tenantId,
      before: { status: before.status, reason: before.statusReason },
      after: { status: after.status, reason },
    });
    if (before.status === "suspended") return after; // another reason for the same
    await recordSecurityEvent(ctx, {
      kind: "tenant_suspended",
      userId: null,
      tenantId,
      ipAddress: ctx.ipAddress,
      detail: { reason },
    });
    await emit(ctx, tenantStopped, {});
    return after;
  });
}

/** Opens a suspended tenant again, with the jobs that waited. */
export async function reactivateTenant(ctx: Ctx, { tenantId }: { tenantId: string }): Promise<TenantRow> {
  assertPlatformAdmin(ctx.actor);
  return inTx({ ...ctx, tenantId }, async (ctx) => {
    const before = await findTenant(tenantId, { lock: true });
    if (before.status === "deleting") throw isGoing();
    if (before.status === "active") return before;
    const after = await changeTenant(tenantId, { status: "active", statusReason: null });
    const jobs = await resumeJobs(ctx);
    await recordAudit(ctx, {
      action: "tenant.reactivated",
      subjectType: "tenant",
      subjectId: tenantId,
      before: { status: before.status, reason: before.statusReason },
      after: { status: after.status, jobsResumed: jobs },
    });
    return after;
  });
}

function isGoing(): AppError {
  return new AppError("CONFLICT", "This workspace is about to be deleted. Its owner can cancel that first.");
}
