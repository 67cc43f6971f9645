import type { Browser } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import {
  can,
  findMembership,
  findTenant,
  type OwnTenant,
  recordAudit,
  rotateSession,
  tenantsOf,
} from "../../identity/index.ts";
import { openDeletionOf } from "../deletion/deletions.queries.ts";
import type { Standing } from "../tenants.schema.ts";

/** The workspaces that the caller belongs to. */
export async function listOwnTenants(ctx: Ctx): Promise<(OwnTenant & { isCurrent: boolean })[]> {
  const all = await tenantsOf(ctx.db, userIdOf(ctx));
  return all.map((tenant) => ({ ...tenant, isCurrent: tenant.id === ctx.tenantId }));
}

/**
 * Has the caller's session work in another of their workspaces, under a new token. Throws NOT_FOUND for one that
 * they do not belong to.
 */
export async function switchTenant(
  ctx: Ctx,
  browser: Browser,
  { tenantId }: { tenantId: string },
): Promise<void> {
  const membership = await findMembership(ctx.db, userIdOf(ctx), tenantId);
  if (!membership) throw notFound("The workspace");
  if (tenantId === ctx.tenantId) return;
  const from = ctx.tenantId;
  const rotated = await rotateSession(ctx, browser, { tenantId });
  if (!rotated) throw new AppError("UNAUTHORIZED", "Sign in first.");
  await inTx({ ...ctx, tenantId }, (ctx) =>
    recordAudit(ctx, {
      action: "session.switched",
      subjectType: "tenant",
      subjectId: tenantId,
      before: { tenantId: from },
      after: { tenantId },
    }),
  );
}

/** How it stands with the caller's workspace. */
export async function standingOf(ctx: Ctx): Promise<Standing> {
  const { status, statusReason } = await inTx(ctx, (ctx) => findTenant(ctx.tenantId));
  const deletion = status === "deleting" ? await openDeletionOf(ctx.db, ctx.tenantId) : null;
  return {
    status,
    reason: status === "suspended" ? statusReason : null,
    deletion: deletion && { dueAt: deletion.dueAt, mayCancel: can(ctx.actor, "delete workspace") },
  };
}

function userIdOf({ actor }: Pick<Ctx, "actor">): string {
  if (actor.kind === "user") return actor.userId;
  throw new AppError("FORBIDDEN", "Only a person belongs to workspaces.");
}
