import { sql } from "drizzle-orm";
import type { Db } from "../../platform/db/index.ts";

/** A column that a key is made of, with its type as SQL writes it. */
export interface KeyColumn {
  name: string;
  type: string;
}

/** A table with rows of tenants, as the database itself describes it. */
export interface TenantTable {
  name: string;
  /** The column that names the tenant. */
  tenantColumn: string;
  /** Behind row-level security; a global table otherwise. */
  isTenants: boolean;
  columns: string[];
  /** Of the primary key, without the tenant's column. */
  key: KeyColumn[];
  /** Some column holds bytes: its rows may be large. */
  hasBytes: boolean;
}

/**
 * Every table in which a tenant has rows, from the catalogue of the database and no list of ours, so that none can be
 * forgotten: those with a `tenant_id`, and the global ones with a foreign key to `tenants`. Named system query.
 */
export async function tenantTables(db: Db): Promise<TenantTable[]> {
  const { rows } = await db.system().execute<{
    name: string;
    tenant_column: string;
    is_tenants: boolean;
    columns: string[];
    key: KeyColumn[];
    has_bytes: boolean;
  }>(sql`
    with owned as (
      select c.oid, c.relname as name, a.attname as tenant_column, true as is_tenants
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
      where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      union
      select c.oid, c.relname, a.attname, false
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      where k.contype = 'f' and k.confrelid = 'public.tenants'::regclass and cardinality(k.conkey) = 1
        and a.attname <> 'tenant_id'
    )
    select o.name, o.tenant_column, o.is_tenants,
      (select json_agg(a.attname order by a.attnum) from pg_attribute a
        where a.attrelid = o.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod))
          order by place.n), '[]')
        from pg_index i
        cross join lateral unnest(i.indkey::int[]) with ordinality as place(attnum, n)
        join pg_attribute a on a.attrelid = o.oid and a.attnum = place.attnum
        where i.indrelid = o.oid and i.indisprimary and a.attname <> o.tenant_column) as key,
      exists (select from pg_attribute a
        where a.attrelid = o.oid and a.attnum > 0 and a.atttypid = 'bytea'::regtype) as has_bytes
    from owned o
    order by o.name`);
  return rows.map((row) => ({
    name: row.name,
    tenantColumn: row.tenant_column,
    isTenants: row.is_tenants,
    columns: row.columns,
    key: row.key,
    hasBytes: row.has_bytes,
  }));
}

/** How many rows a tenant has in each table, with one for itself in `tenants`. */
export async function countRows(
  db: Db,
  tables: TenantTable[],
  tenantId: string,
): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { name, tenantColumn, isTenants } of tables) {
    const query = sql<{ n: number }>`
      select count(*)::int as n from ${sql.identifier(name)} where ${sql.identifier(tenantColumn)} = ${tenantId}`;
    const { rows } = isTenants
      ? await db.withTenant(tenantId, (tx) => tx.execute<{ n: number }>(query))
      : await db.system().execute<{ n: number }>(query);
    counts[name] = rows[0]?.n ?? 0;
  }
  const { rows } = await db
    .system()
    .execute<{ n: number }>(sql`select count(*)::int as n from tenants where id = ${tenantId}`);
  counts.tenants = rows[0]?.n ?? 0;
  return counts;
}
