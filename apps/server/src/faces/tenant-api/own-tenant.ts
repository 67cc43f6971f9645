import { z } from "zod";
import { notFound } from "../../platform/errors/index.ts";

/** The tenant that stands in the path of seed 002's routes below `/{tenant_id}`. */
export const ownTenantParams = z.object({ tenant_id: z.uuid() });

/** The path names the caller's own tenant, or one that is not there for them: another's and none answer alike. */
export function assertOwnTenant(ctx: { tenantId: string }, params: z.output<typeof ownTenantParams>): void {
  if (params.tenant_id !== ctx.tenantId) throw notFound("The tenant");
}
