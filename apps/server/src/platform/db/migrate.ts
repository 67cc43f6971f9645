import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import { appendOnlyTables } from "./columns.ts";
import type { Db } from "./open.ts";

const migrationsFolder = fileURLToPath(new URL("../../../drizzle", import.meta.url));

/**
 * Brings the schema up to date, then makes tenancy true of every table whatever its migration said:
 * a table with `tenant_id` gets FORCE row-level security and the application role's rights, which for the
 * append-only ones are reading and adding; any other table is out of the application role's reach. Safe to run at every start and by several processes.
 */
export async function migrateDb(db: Db): Promise<void> {
  const release = await onlyOneProcess(db);
  try {
    await migrate(db.system(), { migrationsFolder });
    await secureTenantTables(db);
  } finally {
    await release();
  }
}

/** Several processes may start at once on one PostgreSQL: the others wait. The embedded one has one process. */
async function onlyOneProcess(db: Db): Promise<() => Promise<void>> {
  if (db.embedded) return async () => {};
  const client = await db.pool.connect();
  await client.query("select pg_advisory_lock(7241001)");
  return async () => {
    await client.query("select pg_advisory_unlock(7241001)");
    client.release();
  };
}

async function secureTenantTables(db: Db): Promise<void> {
  await db.system().execute(sql`
    do $$
    declare tenant_table record;
    begin
      for tenant_table in
        select c.oid::regclass as name, c.relforcerowsecurity as forced,
               has_table_privilege('parlance_app', c.oid, 'insert') as granted
        from pg_class c
        join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
        where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relrowsecurity
      loop
        if not tenant_table.forced then
          execute format('alter table %s force row level security', tenant_table.name);
        end if;
        if not tenant_table.granted then
          execute format('grant select, insert, update, delete on %s to parlance_app', tenant_table.name);
        end if;
      end loop;
    end $$`);
  for (const table of appendOnlyTables) {
    await db
      .system()
      .execute(sql`revoke update, delete, truncate on ${sql.identifier(table)} from parlance_app`);
  }
}
