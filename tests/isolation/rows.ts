import { sql } from "drizzle-orm";
import type { Db } from "../../apps/server/src/platform/db/index.ts";

/**
 * A digest of every row of a tenant, by table: of all tables with a `tenant_id`, and of the global ones, where a row is
 * a tenant's when it holds the id of the tenant or of a person of it. Nothing is named here: a new table counts at once.
 * `only` names tables where it is known that no other was written.
 */
export async function rowsOf(
  db: Db,
  tenantId: string,
  userIds: readonly string[] = [],
  only?: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const tables = (await readTables(db)).filter(({ name }) => only?.has(name) ?? true);
  if (tables.length === 0) return new Map();
  const mine = [tenantId, ...userIds];
  const digests = sql.join(
    tables.map(({ name, isTenants }) => {
      const table = sql.identifier(name);
      const where = isTenants
        ? sql`t.tenant_id = ${tenantId}`
        : sql`t::text like any (array[${sql.join(
            mine.map((id) => sql`${`%${id}%`}`),
            sql`, `,
          )}])`;
      return sql`select ${name} as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, ' ' order by t::text)), '') as digest from ${table} t where ${where}`;
    }),
    sql` union all `,
  );
  const { rows } = await db.system().execute<{ name: string; digest: string }>(digests);
  return new Map(rows.map(({ name, digest }) => [name, digest]));
}

/** The tables whose digests differ. */
export function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  return [...after].filter(([name, digest]) => before.get(name) !== digest).map(([name]) => name);
}

/** The tables of a tenant in whose rows a word stands; of `only` these, where there are any. */
export async function tablesWith(
  db: Db,
  tenantId: string,
  word: string,
  only?: ReadonlySet<string>,
): Promise<string[]> {
  const tables = (await readTables(db)).filter(
    ({ name, isTenants }) => isTenants && (only?.has(name) ?? true),
  );
  if (tables.length === 0) return [];
  const found = sql.join(
    tables.map(
      ({ name }) =>
        sql`select ${name} as name from ${sql.identifier(name)} t where t.tenant_id = ${tenantId} and t::text ilike ${`%${word}%`}`,
    ),
    sql` union `,
  );
  const { rows } = await db.system().execute<{ name: string }>(found);
  return rows.map(({ name }) => name);
}

interface Table extends Record<string, unknown> {
  name: string;
  isTenants: boolean;
}

export async function readTables(db: Db): Promise<Table[]> {
  const { rows } = await db.system().execute<Table>(sql`
    select c.relname as name, exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
    ) as "isTenants"
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`);
  return rows;
}
