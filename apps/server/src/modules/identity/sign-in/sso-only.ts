import { and, eq, ne } from "drizzle-orm";
import { asSystem, type Db } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { members, tenants } from "../identity.tables.ts";

/** Says that people with an address of this domain sign in by the tenant's identity provider; null: as they like. */
export async function requireSsoOf(ctx: TxCtx, domain: string | null): Promise<void> {
  await asSystem((tx) =>
    tx.update(tenants).set({ ssoOnlyDomain: domain }).where(eq(tenants.id, ctx.tenantId)),
  );
}

/**
 * Throws SSO_REQUIRED for somebody with an address of a domain whose tenant wants its people to come by its identity
 * provider. The tenant's owners may come otherwise too, so that a provider that fails locks nobody out for good. To be
 * asked once the password was right, so that it tells nobody anything before. Named system query.
 */
export async function assertMayUsePassword(db: Db, person: { userId: string; email: string }): Promise<void> {
  const domain = person.email.slice(person.email.lastIndexOf("@") + 1).toLowerCase();
  const [tenant] = await db
    .system()
    .select({ id: tenants.id })
    .from(tenants)
    .where(and(eq(tenants.ssoOnlyDomain, domain), ne(tenants.status, "deleting")));
  if (!tenant) return;
  const isOwner = await db
    .system()
    .$count(
      members,
      and(
        eq(members.organizationId, tenant.id),
        eq(members.userId, person.userId),
        eq(members.role, "owner"),
      ),
    );
  if (isOwner > 0) return;
  throw new AppError(
    "SSO_REQUIRED",
    `Whoever has an address of ${domain} signs in by single sign-on. Choose that on the sign-in page.`,
  );
}
