import { type SQL, sql } from "drizzle-orm";
import type { Db } from "../../../platform/db/index.ts";
import type { TenantTable } from "../catalogue.ts";
import { secretColumns } from "./secret-columns.ts";

/** Rows of one statement; fewer where a row may hold megabytes. */
const usualBatch = 500;
const batchOfBytes = 50;

/**
 * A table's rows of a tenant as lines of JSON, in the order of their key. Read in small transactions: the embedded
 * database has one connection, which nobody may keep for long. A row that is written meanwhile is in it or not.
 */
export async function* readRows(db: Db, table: TenantTable, tenantId: string): AsyncGenerator<string[]> {
  const limit = table.hasBytes ? batchOfBytes : usualBatch;
  let after: string[] | null = null;
  for (;;) {
    const rows = await batch(db, table, tenantId, { after, limit });
    if (rows.length > 0) yield rows.map(({ line }) => line);
    const last = rows.at(-1);
    if (!last || rows.length < limit) return;
    if (table.key.length === 0)
      throw new Error(`${table.name} has many rows of a tenant and no key to page by.`);
    after = last.at;
  }
}

type Row = { line: string; at: string[] };

async function batch(
  db: Db,
  table: TenantTable,
  tenantId: string,
  { after, limit }: { after: string[] | null; limit: number },
): Promise<Row[]> {
  const columns = table.key.map(({ name }) => sql`t.${sql.identifier(name)}`);
  const hidden = secretColumns[table.name] ?? [];
  const beyond = after
    ? sql`and (${list(columns)}) > (${list(after.map((value, n) => sql`${value}::${sql.raw(table.key[n]?.type ?? "text")}`))})`
    : sql``;
  const query = sql`
    select (to_jsonb(t) - ${sql.param([...hidden])}::text[])::text as line,
           array[${list(columns.map((column) => sql`${column}::text`))}]::text[] as at
    from ${sql.identifier(table.name)} t
    where t.${sql.identifier(table.tenantColumn)} = ${tenantId} ${beyond}
    ${columns.length > 0 ? sql`order by ${list(columns)}` : sql``}
    limit ${limit}`;
  const { rows } = table.isTenants
    ? await db.withTenant(tenantId, (tx) => tx.execute<Row>(query))
    : await db.system().execute<Row>(query);
  return rows;
}

function list(parts: SQL[]): SQL {
  return sql.join(parts, sql`, `);
}

/** The tenant itself, and who belongs to it, with the names that `members` only has ids of. Named system query. */
export async function readTenant(
  db: Db,
  tenantId: string,
): Promise<{ workspace: string[]; people: string[] }> {
  const workspace = await db.system().execute<{ line: string }>(sql`
    select to_jsonb(t)::text as line from tenants t where t.id = ${tenantId}`);
  const people = await db.system().execute<{ line: string }>(sql`
    select jsonb_build_object('id', u.id, 'name', u.name, 'email', u.email, 'role', m.role,
      'since', m.created_at)::text as line
    from members m join users u on u.id = m.user_id where m.member_of_tenant = ${tenantId} order by u.id`);
  const lines = (rows: { line: string }[]) => rows.map(({ line }) => line);
  return { workspace: lines(workspace.rows), people: lines(people.rows) };
}
