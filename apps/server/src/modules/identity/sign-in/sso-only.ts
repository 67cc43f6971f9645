import { APIError } from "better-auth/api";
import { and, eq, ne } from "drizzle-orm";
import { asSystem, type Db } from "../../../platform/db/index.ts";
import { AppError, isAppError } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { members, tenants, users } from "../identity.tables.ts";

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
export async function assertMayUsePassword(
  db: Db,
  person: { userId: string | null; email: string },
): Promise<void> {
  const domain = person.email.slice(person.email.lastIndexOf("@") + 1).toLowerCase();
  const [tenant] = await db
    .system()
    .select({ id: tenants.id })
    .from(tenants)
    .where(and(eq(tenants.ssoOnlyDomain, domain), ne(tenants.status, "deleting")));
  if (!tenant) return;
  const isOwner = person.userId !== null && (await ownsTenant(db, person.userId, tenant.id));
  if (isOwner) return;
  throw new AppError(
    "SSO_REQUIRED",
    `Whoever has an address of ${domain} signs in by single sign-on. Choose that on the sign-in page.`,
  );
}

/**
 * The same for the ways in that better-auth answers itself (Google, GitHub, passkeys), as an error that it understands.
 * `path` is its own; a session that our own procedures begin has none, and was asked for there.
 */
export async function assertMayComeBy(db: Db, userId: string, path: string | undefined): Promise<void> {
  if (path === undefined || !/^\/(callback|passkey)\//.test(path)) return;
  const [user] = await db.system().select({ email: users.email }).from(users).where(eq(users.id, userId));
  try {
    await assertMayUsePassword(db, { userId, email: user?.email ?? "" });
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw new APIError("FORBIDDEN", { code: error.code, message: error.message });
  }
}

async function ownsTenant(db: Db, userId: string, tenantId: string): Promise<boolean> {
  const [member] = await db
    .system()
    .select({ role: members.role })
    .from(members)
    .where(and(eq(members.organizationId, tenantId), eq(members.userId, userId)));
  return member?.role === "owner";
}
