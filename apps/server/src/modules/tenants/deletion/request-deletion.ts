import { tenantStopped } from "../../../faces/tenant-stopped.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import {
  assertCan,
  changeTenant,
  confirmPerson,
  findTenant,
  ownersOf,
  recordAudit,
  recordSecurityEvent,
} from "../../identity/index.ts";
import { queueMail } from "../../mail/index.ts";
import { resumeJobs } from "../service/paused-jobs.ts";
import type { MailLanguage } from "./deletion.strings.ts";
import { cancelledMail, requestedMail } from "./deletion-mails.ts";
import { cancelWaiting, insertDeletion } from "./deletions.queries.ts";

/** Days in which an owner can still cancel. */
export const graceDays = 30;

/**
 * Has a tenant deleted after the grace period; until then it is shut and nothing goes. Throws VALIDATION_ERROR unless
 * its name was typed as it is and the password is right, CONFLICT where it is under way already.
 */
export async function requestDeletion(
  ctx: Ctx,
  input: { name: string; password?: string | undefined; sessionId: string },
): Promise<{ dueAt: Date }> {
  assertCan(ctx.actor, "delete workspace");
  const { actor } = ctx;
  if (actor.kind !== "user") throw new AppError("FORBIDDEN", "Only a person can delete a workspace.");
  await confirmPerson(ctx, { userId: actor.userId, sessionId: input.sessionId, password: input.password });
  return inTx(ctx, async (ctx) => {
    const tenant = await findTenant(ctx.tenantId, { lock: true });
    if (tenant.status !== "active") throw new AppError("CONFLICT", "This workspace is shut already.");
    if (input.name !== tenant.name) {
      const message = `Type the workspace's name just as it is: ${tenant.name}`;
      throw new AppError("VALIDATION_ERROR", message, { details: { fields: [{ path: "name", message }] } });
    }
    const [id, requestedAt] = [newId(), ctx.now()];
    const dueAt = new Date(requestedAt.getTime() + graceDays * 86_400_000);
    await changeTenant(ctx.tenantId, { status: "deleting" });
    await insertDeletion({
      id,
      tenant: ctx.tenantId,
      requestedBy: actor.userId,
      requesterRole: actor.role,
      requestedAt,
      dueAt,
    });
    await recordAudit(ctx, {
      action: "tenant.deletion_requested",
      subjectType: "tenant",
      subjectId: ctx.tenantId,
      before: { status: tenant.status },
      after: { status: "deleting", deletionId: id, dueAt },
    });
    await recordSecurityEvent(ctx, {
      kind: "tenant_deletion",
      userId: actor.userId,
      tenantId: ctx.tenantId,
      ipAddress: ctx.ipAddress,
      detail: { deletionId: id, dueAt },
    });
    const told = { workspace: tenant.name, dueAt, publicUrl: ctx.publicUrl };
    await tellOwners(ctx, (language) => requestedMail(language, told));
    await emit(ctx, tenantStopped, {});
    return { dueAt };
  });
}

/** Keeps the tenant after all, and opens it again with the jobs that waited. Throws CONFLICT once the deletion has begun. */
export async function cancelDeletion(ctx: Ctx): Promise<void> {
  assertCan(ctx.actor, "delete workspace");
  await inTx(ctx, async (ctx) => {
    const tenant = await findTenant(ctx.tenantId, { lock: true });
    const cancelled = await cancelWaiting(ctx.tenantId, ctx.now());
    if (!cancelled)
      throw new AppError("CONFLICT", "No deletion of this workspace can be cancelled any more.");
    await changeTenant(ctx.tenantId, { status: "active" });
    const jobs = await resumeJobs(ctx);
    await recordAudit(ctx, {
      action: "tenant.deletion_cancelled",
      subjectType: "tenant",
      subjectId: ctx.tenantId,
      before: { status: tenant.status, deletionId: cancelled.id, dueAt: cancelled.dueAt },
      after: { status: "active", jobsResumed: jobs },
    });
    await tellOwners(ctx, (language) => cancelledMail(language, { workspace: tenant.name }));
  });
}

async function tellOwners(
  ctx: TxCtx,
  mailIn: (language: MailLanguage) => { subject: string; text: string },
): Promise<void> {
  if (!ctx.ports.mailer.canSend) return;
  for (const { email, language } of await ownersOf(ctx.tenantId)) {
    await queueMail(ctx, { to: email, ...mailIn(language ?? "en") });
  }
}
