import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import {
  assertPlatformAdmin,
  countOwnedTenants,
  findAccount,
  insertTenant,
  recordAudit,
  type TenantRow,
} from "../../identity/index.ts";

/** Workspaces that one person may own by making them: enough for anybody, and no way to fill a server. */
const mostOwned = 20;

interface NewTenant {
  name: string;
  subdomain?: string | null | undefined;
  settings?: Record<string, unknown> | undefined;
}

/** Makes another workspace of the caller's own. Throws CONFLICT for a taken subdomain, or when they own too many. */
export async function createOwnTenant(ctx: Ctx, input: NewTenant): Promise<{ id: string; name: string }> {
  if (ctx.actor.kind !== "user") throw new AppError("FORBIDDEN", "Only a person can make a workspace.");
  const { id, name } = await create(ctx, input, ctx.actor.userId, mostOwned);
  return { id, name };
}

/**
 * Makes a tenant for whoever has this address, or for the administrator who makes it: somebody must be there to
 * invite others. Throws NOT_FOUND where no account has the address.
 */
export async function createTenantFor(
  ctx: Ctx,
  { ownerEmail, ...input }: NewTenant & { ownerEmail?: string | undefined },
): Promise<TenantRow> {
  assertPlatformAdmin(ctx.actor);
  if (ctx.actor.kind !== "user") throw new AppError("FORBIDDEN", "Only a person can make a workspace.");
  if (ownerEmail === undefined) return create(ctx, input, ctx.actor.userId, null);
  const owner = await findAccount(ctx.db, ownerEmail);
  if (!owner) {
    throw new AppError("NOT_FOUND", "Nobody has an account with this address. They sign up first.");
  }
  return create(ctx, input, owner.userId, null);
}

/** Noted in the new tenant's own audit log, as the first of its entries. */
async function create(ctx: Ctx, input: NewTenant, ownerId: string, most: number | null): Promise<TenantRow> {
  const id = newId();
  return inTx({ ...ctx, tenantId: id }, async (ctx) => {
    if (most !== null && (await countOwnedTenants(ownerId)) >= most) {
      throw new AppError("CONFLICT", `You own ${most} workspaces already. Delete one first.`);
    }
    const row = await insertTenant(
      {
        id,
        name: input.name,
        slug: input.subdomain ?? id,
        settings: input.settings ?? {},
        createdAt: ctx.now(),
      },
      ownerId,
    );
    await recordAudit(ctx, {
      action: "tenant.created",
      subjectType: "tenant",
      subjectId: id,
      after: { name: row.name, subdomain: input.subdomain ?? null, ownerId, settings: row.settings },
    });
    return row;
  });
}
