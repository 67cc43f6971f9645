import { and, eq, isNull } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../platform/db/index.ts";
import { members, tenants, users } from "./identity.tables.ts";
import { isRight, type Right, rightsOfRole } from "./policies/index.ts";
import { customRoles } from "./roles.tables.ts";

export interface Membership {
  tenant: { id: string; name: string; status: "active" | "suspended" | "deleting"; requireMfa: boolean };
  /** One of the product's roles, or the id of one of the tenant's own. */
  role: string;
  roleName: string;
  rights: ReadonlySet<Right>;
  image: string | null;
  platformRole: "USER" | "ADMIN";
  twoFactorEnabled: boolean;
}

/**
 * A user's membership in a tenant as it stands now, with what it allows. Named system query: it is what decides
 * the tenant. Null for a user who is suspended, was deactivated, or is no member.
 */
export async function findMembership(db: Db, userId: string, tenantId: string): Promise<Membership | null> {
  const [row] = await db
    .system()
    .select({
      tenant: {
        id: tenants.id,
        name: tenants.name,
        status: tenants.status,
        requireMfa: tenants.requireMfa,
      },
      role: members.role,
      image: users.image,
      platformRole: users.platformRole,
      twoFactorEnabled: users.twoFactorEnabled,
      status: users.status,
    })
    .from(members)
    .innerJoin(tenants, eq(tenants.id, members.organizationId))
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(eq(members.userId, userId), eq(members.organizationId, tenantId), isNull(members.deactivatedAt)),
    );
  if (!row || row.status === "SUSPENDED") return null;
  const { status: _, ...membership } = row;
  const builtIn = rightsOfRole(row.role);
  if (builtIn.size > 0) return { ...membership, roleName: row.role, rights: builtIn };
  const custom = await findCustomRole(db, tenantId, row.role);
  // a role that is gone leaves a member who may nothing, until somebody gives them another
  return { ...membership, roleName: custom?.name ?? row.role, rights: custom?.rights ?? new Set() };
}

async function findCustomRole(
  db: Db,
  tenantId: string,
  id: string,
): Promise<{ name: string; rights: ReadonlySet<Right> } | null> {
  if (!z.uuid().safeParse(id).success) return null;
  const [row] = await db.withTenant(tenantId, (tx) =>
    tx
      .select({ name: customRoles.name, rights: customRoles.rights })
      .from(customRoles)
      .where(and(eq(customRoles.tenantId, tenantId), eq(customRoles.id, id))),
  );
  return row ? { name: row.name, rights: new Set(row.rights.filter(isRight)) } : null;
}
