import { and, eq, inArray, isNull, ne, type SQL, sql } from "drizzle-orm";
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
  const [found] = await readMemberships(
    db,
    and(eq(members.userId, userId), eq(members.organizationId, tenantId)),
  );
  return found?.membership ?? null;
}

/** The same of many at once, each at the place of who was asked for. */
export async function findMemberships(
  db: Db,
  wanted: readonly { userId: string; tenantId: string }[],
): Promise<(Membership | null)[]> {
  if (wanted.length === 0) return [];
  const users = sql.param(wanted.map(({ userId }) => userId));
  const places = sql.param(wanted.map(({ tenantId }) => tenantId));
  const found = await readMemberships(
    db,
    sql`(${members.userId}, ${members.organizationId}) in (select * from unnest(${users}::uuid[], ${places}::uuid[]))`,
  );
  const key = (userId: string, place: string) => `${userId}/${place}`;
  const known = new Map(found.map(({ userId, membership: one }) => [key(userId, one.tenant.id), one]));
  return wanted.map(({ userId, tenantId }) => known.get(key(userId, tenantId)) ?? null);
}

async function readMemberships(
  db: Db,
  wanted: SQL | undefined,
): Promise<{ userId: string; membership: Membership }[]> {
  const rows = await db
    .system()
    .select({
      userId: members.userId,
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
    })
    .from(members)
    .innerJoin(tenants, eq(tenants.id, members.organizationId))
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(wanted, isNull(members.deactivatedAt), ne(users.status, "SUSPENDED")));
  const custom = await findCustomRoles(
    db,
    rows.filter(({ role }) => rightsOfRole(role).size === 0),
  );
  return rows.map(({ userId, ...row }) => {
    const builtIn = rightsOfRole(row.role);
    if (builtIn.size > 0) return { userId, membership: { ...row, roleName: row.role, rights: builtIn } };
    const own = custom.get(`${row.tenant.id}/${row.role}`);
    // a role that is gone leaves a member who may nothing, until somebody gives them another
    return {
      userId,
      membership: { ...row, roleName: own?.name ?? row.role, rights: own?.rights ?? new Set() },
    };
  });
}

/** Roles of the tenants' own by `<tenant>/<role>`; a statement for each tenant that has any. */
async function findCustomRoles(
  db: Db,
  wanted: readonly { tenant: { id: string }; role: string }[],
): Promise<Map<string, { name: string; rights: ReadonlySet<Right> }>> {
  const found = new Map<string, { name: string; rights: ReadonlySet<Right> }>();
  const known = wanted.filter(({ role }) => z.uuid().safeParse(role).success);
  for (const [tenantId, ofTenant] of Map.groupBy(known, ({ tenant }) => tenant.id)) {
    const ids = [...new Set(ofTenant.map(({ role }) => role))];
    const rows = await db.withTenant(tenantId, (tx) =>
      tx
        .select({ id: customRoles.id, name: customRoles.name, rights: customRoles.rights })
        .from(customRoles)
        .where(and(eq(customRoles.tenantId, tenantId), inArray(customRoles.id, ids))),
    );
    for (const { id, name, rights } of rows)
      found.set(`${tenantId}/${id}`, { name, rights: new Set(rights.filter(isRight)) });
  }
  return found;
}
