import { sql } from "drizzle-orm";
import type { Db } from "../../../apps/server/src/platform/db/index.ts";
import { readTables } from "../rows.ts";

/** What a statement fails with that comes upon another tenant's row. */
export const alarm = "another tenant's row was read";

/**
 * Opens row-level security with an alarm in place of the silence: a row of another tenant is no longer hidden from a
 * statement; whichever comes upon one by its own conditions fails. So the code's conditions must keep the tenants apart
 * alone, and one that is missing shows even where the answer would have been the same.
 *
 * The comparison of ids is leakproof and cheap and the function is dear, so that PostgreSQL asks the statement's own
 * `tenant_id = …` first: a statement that names its tenant never gets to the alarm.
 */
export async function raiseAlarms(db: Db): Promise<void> {
  await db.system().execute(sql`create schema alarm`);
  await db.system().execute(sql`grant usage on schema alarm to parlance_app`);
  await db.system().execute(sql`create sequence alarm.rings`);
  await db.system().execute(sql`grant usage on sequence alarm.rings to parlance_app`);
  await db.system().execute(sql`
    create function alarm.is_own(tenant uuid) returns boolean language plpgsql volatile cost 100000 as $$
    begin
      if tenant is distinct from nullif(current_setting('app.tenant_id', true), '')::uuid then
        perform nextval('alarm.rings');
        raise exception ${sql.raw(`'${alarm.replaceAll("'", "''")}'`)};
      end if;
      return true;
    end $$`);
  for (const { name, isTenants } of await readTables(db)) {
    if (!isTenants) continue;
    await db
      .system()
      .execute(
        sql`create policy alarm on ${sql.identifier(name)} to parlance_app using (alarm.is_own(tenant_id))`,
      );
  }
}

/** How often the alarm has gone off. Counted by a sequence, which no rollback takes back: also where its error is lost. */
export async function countRings(db: Db): Promise<number> {
  const counted = sql`select case when is_called then last_value else 0 end::int as n from alarm.rings`;
  const { rows } = await db.system().execute<{ n: number }>(counted);
  return rows[0]?.n ?? 0;
}
