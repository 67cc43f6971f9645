import { sql } from "drizzle-orm";
import type { TestServer } from "../../../../../../tests/harness/server.ts";

/** Every table of the database, whosever it is, in which the text stands anywhere. */
export async function tablesWith({ services }: TestServer, text: string): Promise<string[]> {
  const db = services.db.system();
  const { rows } = await db.execute<{ name: string }>(sql`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname not in ('pg_catalog', 'information_schema')`);
  const found = [];
  for (const { name } of rows) {
    const { rows: hits } = await db.execute<{ n: number }>(
      sql`select count(*)::int as n from ${sql.raw(name)} t where t::text like ${`%${text}%`}`,
    );
    if ((hits[0]?.n ?? 0) > 0) found.push(name);
  }
  return found;
}

/** The keys of all that is kept of a tenant beside the database. */
export async function blobsOf({ services }: TestServer, tenantId: string): Promise<string[]> {
  const keys = [];
  for await (const key of services.blobs.list(tenantId)) keys.push(key);
  return keys;
}
