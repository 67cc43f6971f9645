import { asc, eq } from "drizzle-orm";
import type { Db } from "../../platform/db/index.ts";
import { members, tenants, users } from "./identity.tables.ts";

/** An account with the first tenant it belongs to; null tenant until it signed in once. Named system query. */
export async function findAccount(
  db: Db,
  email: string,
): Promise<{ userId: string; tenantId: string | null } | null> {
  const [row] = await db
    .system()
    .select({ userId: users.id, tenantId: members.organizationId })
    .from(users)
    .leftJoin(members, eq(members.userId, users.id))
    .where(eq(users.email, email))
    .orderBy(asc(members.createdAt))
    .limit(1);
  return row ?? null;
}

/** What was noted about a tenant from outside it: whether its demo is whole. Named system queries. */
export async function tenantNote(db: Db, tenantId: string): Promise<string | null> {
  const [row] = await db
    .system()
    .select({ note: tenants.metadata })
    .from(tenants)
    .where(eq(tenants.id, tenantId));
  return row?.note ?? null;
}

export async function noteTenant(db: Db, tenantId: string, note: string): Promise<void> {
  await db.system().update(tenants).set({ metadata: note }).where(eq(tenants.id, tenantId));
}
