import { eq, inArray } from "drizzle-orm";
import { asSystem, type Db } from "../../platform/db/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { tenants, users } from "./identity.tables.ts";

/** Names of users by id, for lists. The ids come from rows of the tenant, so nothing foreign is asked for. */
export async function namesOf(_ctx: TxCtx, userIds: (string | null)[]): Promise<Map<string, string>> {
  const ids = [...new Set(userIds.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const rows = await asSystem((tx) =>
    tx.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids)),
  );
  return new Map(rows.map((row) => [row.id, row.name]));
}

/** Every tenant that works, for maintenance: nothing moves in one that is stopped. Named system query. */
export async function listTenantIds(db: Db): Promise<string[]> {
  const rows = await db.system().select({ id: tenants.id }).from(tenants).where(eq(tenants.status, "active"));
  return rows.map((row) => row.id);
}
