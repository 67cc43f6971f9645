import { eq, inArray } from "drizzle-orm";
import { asSystem, type Database, type Db } from "../../platform/db/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { tenants, users } from "./identity.tables.ts";

type UserIds = readonly (string | null)[];

/** Names of users by id, for lists. The ids come from rows of the tenant, so nothing foreign is asked for. */
export function namesOf(_ctx: TxCtx, userIds: UserIds): Promise<Map<string, string>> {
  return named(userIds, (query) => asSystem(query));
}

/** The same where no transaction is open: one statement, as there is no role to be lifted. Named system query. */
export function namesAfterwards(db: Db, userIds: UserIds): Promise<Map<string, string>> {
  return named(userIds, (query) => query(db.system()));
}

async function named(
  userIds: UserIds,
  ask: <Rows>(query: (database: Pick<Database, "select">) => Promise<Rows>) => Promise<Rows>,
): Promise<Map<string, string>> {
  const ids = [...new Set(userIds.filter((id) => id !== null))];
  if (ids.length === 0) return new Map();
  const rows = await ask((database) =>
    database.select({ id: users.id, name: users.name }).from(users).where(inArray(users.id, ids)),
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** Every tenant that works, for maintenance: nothing moves in one that is stopped. Named system query. */
export async function listTenantIds(db: Db): Promise<string[]> {
  const rows = await db.system().select({ id: tenants.id }).from(tenants).where(eq(tenants.status, "active"));
  return rows.map((row) => row.id);
}
