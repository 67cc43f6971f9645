import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import {
  assertCan,
  can,
  changeTenant,
  findTenant,
  recordAudit,
  type TenantChange,
  type TenantRow,
} from "../../identity/index.ts";
import type { Tenant, UpdateTenant } from "../tenants.schema.ts";

/** The tenant's own settings. */
export async function getTenant(ctx: Ctx): Promise<Tenant> {
  assertCan(ctx.actor, "manage workspace");
  return inTx(ctx, async (ctx) => describeTenant(ctx, await findTenant(ctx.tenantId)));
}

/** Changes what is given. Throws CONFLICT for a subdomain that another tenant has. */
export async function updateTenant(ctx: Ctx, input: UpdateTenant): Promise<Tenant> {
  assertCan(ctx.actor, "manage workspace");
  return inTx(ctx, async (ctx) => describeTenant(ctx, await keepChange(ctx, input)));
}

/** Writes a change of the context's tenant and notes it; who may is the caller's to check. */
export async function keepChange(
  ctx: Parameters<typeof recordAudit>[0],
  { subdomain, ...input }: UpdateTenant,
): Promise<TenantRow> {
  const before = await findTenant(ctx.tenantId, { lock: true });
  const change = changeOf(ctx.tenantId, subdomain, input);
  if (Object.keys(change).length === 0) return before;
  const after = await changeTenant(ctx.tenantId, change);
  await recordAudit(ctx, {
    action: "tenant.updated",
    subjectType: "tenant",
    subjectId: ctx.tenantId,
    before: fieldsOf(before, change),
    after: fieldsOf(after, change),
  });
  return after;
}

/** A tenant without a subdomain goes by its id, which is in nobody's way. */
function changeOf(
  tenantId: string,
  subdomain: string | null | undefined,
  input: Omit<UpdateTenant, "subdomain">,
): TenantChange {
  const change: TenantChange = {};
  if (subdomain !== undefined) change.slug = subdomain ?? tenantId;
  if (input.name !== undefined) change.name = input.name;
  if (input.logo !== undefined) change.logo = input.logo;
  if (input.language !== undefined) change.language = input.language;
  if (input.timeZone !== undefined) change.timeZone = input.timeZone;
  if (input.allowedDomains !== undefined) change.allowedDomains = [...new Set(input.allowedDomains)];
  if (input.settings !== undefined) change.settings = input.settings;
  return change;
}

/** The fields of a change; a picture by its length only. */
function fieldsOf(row: TenantRow, change: TenantChange): Record<string, unknown> {
  const fields = Object.entries(row).filter(([name]) => name in change);
  return Object.fromEntries(
    fields.map(([name, value]) =>
      name === "logo" && typeof value === "string" ? ["logoLength", value.length] : [name, value],
    ),
  );
}

export function subdomainOf({ id, slug }: Pick<TenantRow, "id" | "slug">): string | null {
  return slug === id ? null : slug;
}

function describeTenant({ actor }: Pick<Ctx, "actor">, row: TenantRow): Tenant {
  return {
    id: row.id,
    name: row.name,
    subdomain: subdomainOf(row),
    logo: row.logo,
    status: row.status,
    language: row.language,
    timeZone: row.timeZone,
    allowedDomains: row.allowedDomains,
    settings: row.settings,
    createdAt: row.createdAt,
    allowed: {
      update: can(actor, "manage workspace"),
      export: can(actor, "export workspace"),
      delete: can(actor, "delete workspace"),
    },
  };
}
