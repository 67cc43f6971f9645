import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { can, findTenant } from "../../identity/index.ts";
import { openDeletionOf } from "../deletion/deletions.queries.ts";
import type { Standing } from "../tenants.schema.ts";

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
