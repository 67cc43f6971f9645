import { sql } from "drizzle-orm";
import type { Db } from "../../../apps/server/src/platform/db/index.ts";
import type { Ids } from "../furnish.ts";
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
export async function makeTwin(
  db: Db,
  of: Side,
  twin: Side,
  { onlyMissing = false }: { onlyMissing?: boolean } = {},
): Promise<void> {
  if (of.word.length !== twin.word.length)
    throw new Error("Words of one length keep places in texts where they are.");
  const tables = (await readTables(db)).filter(({ isTenants }) => isTenants);
  const pairs: [string, string][] = [
    [of.tenantId, twin.tenantId],
    [of.userId, twin.userId],
    [of.word, twin.word],
  ];
  const text = pairs.reduce((from, [a, b]) => sql`replace(${from}, ${a}, ${b})`, sql`to_jsonb(t)::text`);
  await db.system().transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`); // rows come in any order
    for (const { name } of tables) {
      const table = sql.identifier(name);
      if (!onlyMissing) await tx.execute(sql`delete from ${table} where tenant_id = ${twin.tenantId}`);
      await tx.execute(sql`
        insert into ${table}
        select (jsonb_populate_record(null::${table}, ${text}::jsonb)).* from ${table} t where t.tenant_id = ${of.tenantId}
        on conflict do nothing`);
    }
    if (onlyMissing) return;
    // names that stand for a tenant lead to the twin: what is public of both can be asked of one alone
    await tx.execute(
      sql`update tenant_directory set tenant = ${twin.tenantId} where tenant = ${of.tenantId}`,
    );
    // its people but for the owner belong to both: who forgets the tenant meets two memberships of theirs
    await tx.execute(sql`
      insert into members (id, member_of_tenant, user_id, role, created_at)
      select gen_random_uuid(), ${twin.tenantId}, user_id, role, created_at from members
      where member_of_tenant = ${of.tenantId} and user_id <> ${of.userId}`);
    await tx.execute(sql`
      insert into sessions (id, token, user_id, active_tenant_id, expires_at)
      select gen_random_uuid(), gen_random_uuid(), user_id, member_of_tenant, now() + interval '1 day' from members
      where member_of_tenant in (${of.tenantId}, ${twin.tenantId})`);
  });
}

/** The ids of the twin: those of its rows are the other's; what stands in global tables is its own. */
export async function idsOfTwin(db: Db, twin: Side, of: Ids, before: Ids): Promise<Ids> {
  const tables = (await readTables(db)).filter(({ isTenants }) => isTenants);
  const ids = new Map(before);
  for (const [kind, id] of of) {
    const found = sql.join(
      tables.map(
        ({ name }) =>
          sql`select 1 from ${sql.identifier(name)} t where t.tenant_id = ${twin.tenantId} and to_jsonb(t) ->> 'id' = ${id}`,
      ),
      sql` union all `,
    );
    const isMember = sql`select 1 from members where member_of_tenant = ${twin.tenantId} and user_id::text = ${id}`;
    const { rows } = await db.system().execute(sql`${found} union all ${isMember}`);
    if (rows.length > 0) ids.set(kind, id);
  }
  return ids;
}
