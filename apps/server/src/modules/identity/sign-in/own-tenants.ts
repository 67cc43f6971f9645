import { and, asc, eq, isNull } from "drizzle-orm";
import type { z } from "zod";
import type { Browser } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { recordAudit } from "../audit.ts";
import { rotateSession } from "../auth/sessions.ts";
import { members, tenants } from "../identity.tables.ts";
import { findMembership } from "../membership.ts";
import type { Own } from "./own-sessions.ts";
import type { ownTenantSchema } from "./sign-in.schema.ts";

/** More than anyone belongs to: the list is shown whole. */
const most = 100;

/** The tenants to which the person belongs, by name, with what they are in each. Named system query. */
export async function listOwnTenants(ctx: Ctx, { userId }: Own): Promise<z.infer<typeof ownTenantSchema>[]> {
  const rows = await ctx.db
    .system()
    .select({ id: tenants.id })
    .from(members)
    .innerJoin(tenants, eq(tenants.id, members.organizationId))
    .where(and(eq(members.userId, userId), isNull(members.deactivatedAt)))
    .orderBy(asc(tenants.name), asc(tenants.id))
    .limit(most);
  const list = [];
  for (const { id } of rows) {
    const membership = await findMembership(ctx.db, userId, id);
    if (!membership) continue;
    const { tenant, role, roleName } = membership;
    list.push({
      id,
      name: tenant.name,
      status: tenant.status,
      role,
      roleName,
      isCurrent: id === ctx.tenantId,
    });
  }
  return list;
}

/** Goes on in another tenant of the person's, under a new token. One of others and none at all are NOT_FOUND alike. */
export async function switchTenant(
  ctx: Ctx,
  browser: Browser,
  { userId, sessionId }: Own,
  tenantId: string,
): Promise<void> {
  const membership = await findMembership(ctx.db, userId, tenantId);
  if (!membership) throw notFound("The workspace");
  await rotateSession(ctx, browser, { tenantId });
  await inTx({ ...ctx, tenantId }, (ctx) =>
    recordAudit(ctx, { action: "session.entered", subjectType: "session", subjectId: sessionId }),
  );
}
