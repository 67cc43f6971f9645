import { sql } from "drizzle-orm";
import type { Db } from "../../../apps/server/src/platform/db/index.ts";
import { readTables } from "../rows.ts";

export interface Side {
  tenantId: string;
  userId: string;
  word: string;
}

/**
 * Makes one tenant's rows the same as another's: the same ids, the same everything, but for the tenant, its owner and
 * the canary word. Every key begins with the tenant, so that this is allowed; and any statement that forgets to name the
 * tenant meets two rows where it meant one. Without twins such a statement goes unnoticed, because ids are unique.
 */
export async function makeTwin(db: Db, of: Side, twin: Side): Promise<void> {
  if (of.word.length !== twin.word.length)
    throw new Error("Words of one length keep places in texts where they are.");
  const tables = (await readTables(db)).filter(({ isTenants }) => isTenants);
  const pairs: [string, string][] = [
    [of.tenantId, twin.tenantId],
    [of.userId, twin.userId],
    [of.word, twin.word],
  ];
  await db.system().transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`); // rows come in any order
    for (const { name } of tables) {
      const table = sql.identifier(name);
      const text = pairs.reduce((from, [a, b]) => sql`replace(${from}, ${a}, ${b})`, sql`to_jsonb(t)::text`);
      await tx.execute(sql`delete from ${table} where tenant_id = ${twin.tenantId}`);
      const { rows } = await tx.execute<{ name: string }>(sql`
        select attname as name from pg_attribute
        where attrelid = ${`public.${name}`}::regclass and attnum > 0 and not attisdropped and attgenerated = ''`);
      const columns = sql.join(
        rows.map((column) => sql.identifier(column.name)),
        sql`, `,
      );
      await tx.execute(sql`
        insert into ${table} (${columns})
        select ${columns} from (
          select (jsonb_populate_record(null::${table}, ${text}::jsonb)).* from ${table} t where t.tenant_id = ${of.tenantId}
        ) made`);
    }
  });
}
