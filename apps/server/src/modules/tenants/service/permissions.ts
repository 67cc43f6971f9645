import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import {
  assertPlatformAdmin,
  findTenant,
  keepPermissions,
  type Permissions,
  permissionsOf,
  recordAudit,
} from "../../identity/index.ts";

/** What a tenant may use. Throws NOT_FOUND. */
export async function getPermissions(ctx: Ctx, { tenantId }: { tenantId: string }): Promise<Permissions> {
  assertPlatformAdmin(ctx.actor);
  return inTx({ ...ctx, tenantId }, async (ctx) => {
    await findTenant(tenantId);
    return permissionsOf(ctx);
  });
}

/**
 * Says what a tenant may use; it holds for the next question. Bots must be the tenant's own: NOT_FOUND, also for
 * another's. Tools are kept by name; none is called yet.
 */
export async function setPermissions(
  ctx: Ctx,
  { tenantId, ...given }: { tenantId: string } & Permissions,
): Promise<Permissions> {
  assertPlatformAdmin(ctx.actor);
  return inTx({ ...ctx, tenantId }, async (ctx) => {
    await findTenant(tenantId, { lock: true });
    const permissions = {
      agents: unique(given.agents),
      tools: unique(given.tools),
      modelProviders: unique(given.modelProviders),
    };
    await assertBots(ctx, permissions.agents ?? []);
    const before = await permissionsOf(ctx);
    await keepPermissions(ctx, permissions);
    await recordAudit(ctx, {
      action: "tenant.permissions_set",
      subjectType: "tenant",
      subjectId: tenantId,
      before: { ...before },
      after: permissions,
    });
    return permissions;
  });
}

async function assertBots(ctx: TxCtx, ids: string[]): Promise<void> {
  for (const id of ids) await findBot(ctx, id);
}

function unique(names: string[] | null): string[] | null {
  return names && [...new Set(names)];
}
