import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { adminProcedure } from "../../faces/trpc/index.ts";
import type { TenantRow } from "../identity/index.ts";
import {
  createTenantFor,
  createTenantSchema,
  deletionSchema,
  getCertificate,
  getPermissions,
  listDeletions,
  permissionsSchema,
  reactivateTenant,
  setPermissions,
  signedCertificateSchema,
  subdomainOf,
  suspendTenant,
} from "../tenants/index.ts";

const ofTenant = z.object({ tenantId: z.uuid() });

/** How a tenant stands, as every change of it answers. */
export const tenantStandingSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  subdomain: z.string().nullable(),
  status: z.enum(["active", "suspended", "deleting"]),
  /** Why it is suspended. */
  statusReason: z.string().nullable(),
});

function toStanding(row: TenantRow): z.input<typeof tenantStandingSchema> {
  const { id, name, status, statusReason } = row;
  return { id, name, subdomain: subdomainOf(row), status, statusReason };
}

/** Tenants as who runs the installation makes, shuts and opens them, and what became of those that were deleted. */
export const tenantProcedures = {
  createTenant: adminProcedure
    .input(
      createTenantSchema
        .pick({ name: true, subdomain: true })
        .extend({ ownerEmail: z.string().trim().toLowerCase().pipe(z.email().max(320)).optional() }),
    )
    .output(tenantStandingSchema)
    .mutation(async ({ ctx, input }) => toStanding(await createTenantFor(ctx, input))),
  suspendTenant: adminProcedure
    .input(ofTenant.extend({ reason: z.string().trim().min(1).max(500) }))
    .output(tenantStandingSchema)
    .mutation(async ({ ctx, input }) => toStanding(await suspendTenant(ctx, input))),
  reactivateTenant: adminProcedure
    .input(ofTenant)
    .output(tenantStandingSchema)
    .mutation(async ({ ctx, input }) => toStanding(await reactivateTenant(ctx, input))),
  getTenantPermissions: adminProcedure
    .input(ofTenant)
    .output(permissionsSchema)
    .query(async ({ ctx, input }) => permissionsSchema.parse(await getPermissions(ctx, input))),
  setTenantPermissions: adminProcedure
    .input(ofTenant.extend(permissionsSchema.shape))
    .output(permissionsSchema)
    .mutation(async ({ ctx, input }) => permissionsSchema.parse(await setPermissions(ctx, input))),
  listDeletions: adminProcedure
    .input(
      z
        .object({
          page: z.number().int().min(1).max(1_000_000).default(1),
          pageSize: z.number().int().min(1).max(100).default(20),
        })
        .prefault({}),
    )
    .output(paginatedSchema(deletionSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listDeletions(ctx, input);
      return paginate("/trpc/admin.listDeletions", input, items, total);
    }),
  getDeletionCertificate: adminProcedure
    .input(z.object({ deletionId: z.uuid() }))
    .output(signedCertificateSchema)
    .query(({ ctx, input }) => getCertificate(ctx, input)),
};
