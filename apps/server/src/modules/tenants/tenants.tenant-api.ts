import { z } from "zod";
import type { Route } from "../../faces/http/route.ts";
import { tellTotal, tenantApiPageQuery, tenantApiRoute } from "../../faces/tenant-api/tenant-api-route.ts";
import { inTx } from "../../platform/ctx/index.ts";
import type { Permissions, TenantRow } from "../identity/index.ts";
import { assertPlatformAdmin, searchTenantRows } from "../identity/index.ts";
import { createTenantFor } from "./service/create-tenant.ts";
import { keepChange, subdomainOf } from "./service/manage-tenant.ts";
import { getPermissions, setPermissions } from "./service/permissions.ts";
import { createTenantSchema, permissionsSchema, updateTenantSchema } from "./tenants.schema.ts";

const byId = z.object({ tenant_id: z.uuid() });

const tenantSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  subdomain: z.string().nullable(),
  settings: z.record(z.string(), z.unknown()),
  status: z.enum(["active", "suspended", "deleting"]),
  created_at: z.date(),
});

/** A list names what is allowed; null is everything. Without `model_providers` those stay as they are. */
const permissionsBody = z.object({
  agents: permissionsSchema.shape.agents,
  tools: permissionsSchema.shape.tools,
  model_providers: permissionsSchema.shape.modelProviders.optional(),
});
const permissionsAnswer = z.object({
  tenant_id: z.uuid(),
  agents: z.array(z.string()).nullable(),
  tools: z.array(z.string()).nullable(),
  model_providers: z.array(z.string()).nullable(),
});

/** Seed 002, section 6: tenants, for administrators of the installation. */
export const tenantRoutes: Route[] = [
  tenantApiRoute({
    method: "GET",
    path: "/admin/tenants",
    summary: "Every tenant, by name.",
    auth: "admin",
    query: tenantApiPageQuery.extend({ search: z.string().trim().max(100).optional() }),
    response: z.array(tenantSchema),
    async run(ctx, { query: { page, limit, search }, reply }) {
      assertPlatformAdmin(ctx.actor);
      const { rows, total } = await searchTenantRows(ctx.db, { page, pageSize: limit, search });
      tellTotal(reply, total);
      return rows.map(toTenant);
    },
  }),
  tenantApiRoute({
    method: "POST",
    path: "/admin/tenants",
    summary: "Makes a tenant, whose owner is the administrator until they invite another.",
    status: 201,
    auth: "admin",
    body: createTenantSchema,
    response: tenantSchema,
    run: async (ctx, { body }) => toTenant(await createTenantFor(ctx, body)),
  }),
  tenantApiRoute({
    method: "PUT",
    path: "/admin/tenants/{tenant_id}",
    summary: "Changes what is given of a tenant.",
    auth: "admin",
    params: byId,
    body: updateTenantSchema.pick({ name: true, subdomain: true, settings: true }),
    response: tenantSchema,
    async run(ctx, { params, body }) {
      assertPlatformAdmin(ctx.actor);
      return toTenant(await inTx({ ...ctx, tenantId: params.tenant_id }, (ctx) => keepChange(ctx, body)));
    },
  }),
  tenantApiRoute({
    method: "GET",
    path: "/admin/tenants/{tenant_id}/permissions",
    summary: "Which agents (bots), tools and model providers a tenant may use; null is all of them.",
    auth: "admin",
    params: byId,
    response: permissionsAnswer,
    run: async (ctx, { params }) =>
      toPermissions(params.tenant_id, await getPermissions(ctx, { tenantId: params.tenant_id })),
  }),
  tenantApiRoute({
    method: "PUT",
    path: "/admin/tenants/{tenant_id}/permissions",
    summary: "Says which agents (bots), tools and model providers a tenant may use.",
    auth: "admin",
    params: byId,
    body: permissionsBody,
    response: permissionsAnswer,
    async run(ctx, { params: { tenant_id: tenantId }, body: { model_providers: providers, ...body } }) {
      const now = providers === undefined ? await getPermissions(ctx, { tenantId }) : null;
      const modelProviders = providers === undefined ? (now?.modelProviders ?? null) : providers;
      return toPermissions(tenantId, await setPermissions(ctx, { tenantId, ...body, modelProviders }));
    },
  }),
];

function toTenant(row: TenantRow): z.input<typeof tenantSchema> {
  const { id, name, settings, status, createdAt } = row;
  return { id, name, subdomain: subdomainOf(row), settings, status, created_at: createdAt };
}

function toPermissions(tenantId: string, { agents, tools, modelProviders }: Permissions) {
  return { tenant_id: tenantId, agents, tools, model_providers: modelProviders };
}
