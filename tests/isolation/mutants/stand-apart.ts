import { sql } from "drizzle-orm";
import type { Db } from "../../../apps/server/src/platform/db/index.ts";
import type { Side } from "./twin.ts";

/**
 * What no tenant has twice has no twin: the tenants themselves and who belongs to them. Here they are made to differ, and
 * the callers' own to come last, so that who forgets to name the tenant reads another's first. The first of all tenants
 * is shut, wants a second factor and allows one site; all who work in the callers' tenant, but
 * for its owner, are something else in the other.
 */
export async function standApart(db: Db, ada: Side, zoe: Side): Promise<void> {
  await db.system().transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`); // rows come in any order
    await tx.execute(sql`
      insert into members (id, member_of_tenant, user_id, role, created_at)
      select gen_random_uuid(), ${ada.tenantId}, user_id, case role when 'owner' then 'member' else 'owner' end, created_at
      from members m where member_of_tenant = ${zoe.tenantId} and user_id <> ${zoe.userId} and not exists (
        select from members o where o.member_of_tenant = ${ada.tenantId} and o.user_id = m.user_id)`);
    await tx.execute(sql`
      update tenants set status = 'suspended', require_mfa = true, allowed_domains = '{only.example}'
      where id = (select id from tenants where id not in (${ada.tenantId}, ${zoe.tenantId}) order by status desc, id limit 1)`);
    await tx.execute(sql`update tenants set sso_only_domain = 'ada.example' where id = ${ada.tenantId}`);
    for (const [table, tenant, before] of [
      ["tenants", "id", sql`(status <> 'suspended' or not require_mfa)`],
      ["members", "member_of_tenant", sql`created_at`],
    ] as const) {
      const [name, column] = [sql.identifier(table), sql.identifier(tenant)];
      await tx.execute(sql`create temporary table moved on commit drop as select * from ${name}`);
      await tx.execute(sql`delete from ${name}`);
      await tx.execute(
        sql`insert into ${name} select * from moved order by ${column} = ${zoe.tenantId}, ${before}`,
      );
      await tx.execute(sql`drop table moved`);
    }
  });
}
