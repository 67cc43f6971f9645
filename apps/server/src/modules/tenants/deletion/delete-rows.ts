import { sql } from "drizzle-orm";
import type { Db } from "../../../platform/db/index.ts";
import { countRows, type TenantTable } from "../catalogue.ts";

/** Rows of one statement: none holds the embedded database's one connection for long. */
const batchSize = 1_000;

/**
 * Deletes every row that a tenant has behind row-level security, table by table; `step` is called between statements.
 * Tables that only grow are left to the end of the tenant itself, which takes them along. Safe to run again.
 */
export async function deleteRows(
  db: Db,
  tables: TenantTable[],
  tenantId: string,
  step: () => Promise<void>,
): Promise<void> {
  const waiting = tables.filter(({ isTenants }) => isTenants);
  const appendOnly = await appendOnlyTables(db);
  let refusals = 0;
  for (;;) {
    const table = waiting.shift();
    if (!table) return;
    if (appendOnly.has(table.name)) continue;
    try {
      await empty(db, table, tenantId, step);
      refusals = 0;
    } catch (error) {
      // another table points at these rows and does not let them go: that one comes first
      if (!isForeignKeyRefusal(error) || ++refusals > waiting.length) throw error;
      waiting.push(table);
    }
  }
}

async function empty(
  db: Db,
  { name }: TenantTable,
  tenantId: string,
  step: () => Promise<void>,
): Promise<void> {
  for (;;) {
    await step();
    const table = sql.identifier(name);
    const { rowCount } = await db.withTenant(tenantId, (tx) =>
      tx.execute(sql`
        delete from ${table} where tenant_id = ${tenantId}
          and ctid = any(array(select ctid from ${table} where tenant_id = ${tenantId} limit ${batchSize}))`),
    );
    if ((rowCount ?? 0) < batchSize) return;
  }
}

/** Tables in which nobody may delete, the application's role included. Named system query. */
async function appendOnlyTables(db: Db): Promise<Set<string>> {
  const { rows } = await db.system().execute<{ name: string }>(sql`
    select c.relname as name from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
      and not has_table_privilege('parlance_app', c.oid, 'delete')`);
  return new Set(rows.map((row) => row.name));
}

function isForeignKeyRefusal(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return typeof cause === "object" && cause !== null && "code" in cause && cause.code === "23503";
}

/** Throws unless nothing of a tenant is left in any table. */
export async function assertGone(
  db: Db,
  tables: TenantTable[],
  tenantId: string,
): Promise<Record<string, number>> {
  const counts = await countRows(db, tables, tenantId);
  const left = Object.entries(counts).filter(([, rows]) => rows > 0);
  if (left.length === 0) return counts;
  throw new Error(
    `Rows of a deleted tenant are left: ${left.map(([name, n]) => `${n} in ${name}`).join(", ")}.`,
  );
}
