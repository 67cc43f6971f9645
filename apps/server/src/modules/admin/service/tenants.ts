import type { Ctx } from "../../../ports/index.ts";
import { assertPlatformAdmin, type ListedTenant, searchTenants } from "../../identity/index.ts";
import { type Usage, usageOf } from "../../usage/index.ts";
import { inTenant } from "./in-tenant.ts";

/** Tenants of the whole installation by name, each with what it uses of its plan. */
export async function listTenants(
  ctx: Ctx,
  input: { page: number; pageSize: number; search?: string | undefined },
): Promise<{ items: (ListedTenant & { usage: Usage })[]; total: number }> {
  assertPlatformAdmin(ctx.actor);
  const { items, total } = await searchTenants(ctx.db, input);
  const described = [];
  for (const tenant of items) {
    described.push({ ...tenant, usage: await inTenant(ctx, tenant.id, usageOf) });
  }
  return { items: described, total };
}
