import { sql } from "drizzle-orm";
import { maintenanceQueue } from "../../../../apps/server/src/app/maintenance.ts";
import { mailQueue } from "../../../../apps/server/src/modules/mail/index.ts";
import { exportQueue } from "../../../../apps/server/src/modules/tenants/index.ts";
import type { Flow, Stage } from "./flow.ts";

const shared = "00000000-0000-4000-8000-00000000000a";
const expired = "00000000-0000-4000-8000-00000000000b";

/** Rows of both tenants, with the same ids. */
const inBoth = async (
  { rows, tenantId, foreignId }: Stage,
  insert: (tenant: string) => ReturnType<typeof sql>,
) => {
  for (const tenant of [tenantId, foreignId]) await rows(insert(tenant));
};

const openDeletion = ({ rows }: Stage, tenant: string) =>
  rows(sql`insert into tenant_deletions (id, tenant, requester_role, requested_at, due_at)
    values (gen_random_uuid(), ${tenant}, 'owner', now(), now() + interval '7 days')`);

/** A tenant's exports, mails, budgets and its end; what is tidied by the clock. */
export const tenantsEnd: readonly Flow[] = [
  {
    name: "what is over is tidied",
    everybodys: true,
    about: ["tidy", "mail/service/send-mail", "spending/service/reserve", "sso/connections"],
    async prepare(stage) {
      await inBoth(
        stage,
        (tenant) => sql`insert into tenant_exports (tenant_id, id, status, requested_by, expires_at)
        values (${tenant}, ${expired}, 'done', ${shared}, now() - interval '1 day')`,
      );
      await inBoth(
        stage,
        (tenant) => sql`insert into mails (tenant_id, id, recipient, status, settled_at)
        values (${tenant}, ${expired}, 'a@example.test', 'sent', now() - interval '900 days')`,
      );
      await inBoth(
        stage,
        (tenant) => sql`insert into budget_reservations (tenant_id, id, bot_id, amount, expires_at)
        values (${tenant}, ${expired}, ${stage.id("bot")}, 1, now() - interval '1 day')`,
      );
      await inBoth(
        stage,
        (tenant) => sql`insert into sso_attempts (tenant_id, id, connection_id, next, expires_at)
        select ${tenant}, 'over', id, '/', now() - interval '9 days' from sso_connections where tenant_id = ${tenant}`,
      );
    },
    run: ({ job }) => job(maintenanceQueue, {}),
  },
  {
    name: "an export is made while another tenant's waits",
    about: ["tenants/export/"],
    prepare: ({ rows, foreignId }) =>
      rows(
        sql`insert into tenant_exports (tenant_id, id, requested_by) values (${foreignId}, ${shared}, ${shared})`,
      ),
    run: ({ call }) => call("tenant.export.start", undefined),
  },
  {
    name: "an export with the id of another tenant's",
    about: ["tenants/export/"],
    prepare: (stage) =>
      inBoth(
        stage,
        (tenant) => sql`insert into tenant_exports (tenant_id, id, requested_by)
        values (${tenant}, ${shared}, ${shared})`,
      ),
    run: ({ job, tenantId }) => job(exportQueue, { tenantId, exportId: shared }),
  },
  {
    name: "a mail with the id of another tenant's",
    about: ["mail/service/"],
    prepare: (stage) =>
      inBoth(
        stage,
        (tenant) => sql`insert into mails (tenant_id, id, recipient, sealed)
        values (${tenant}, ${shared}, 'a@example.test', 'broken')`,
      ),
    run: ({ job, tenantId }) => job(mailQueue, { tenantId, mailId: shared }),
  },
  {
    name: "a budget is used up, with something set aside",
    about: ["modules/spending/"],
    async prepare(stage) {
      const { rows, id } = stage;
      await inBoth(
        stage,
        (tenant) => sql`insert into budget_reservations (tenant_id, id, bot_id, amount, expires_at)
        values (${tenant}, ${shared}, ${id("bot")}, 1, now() + interval '1 day')`,
      );
      await rows(sql`update budgets set "limit" = 0`);
    },
    run: async ({ call, id }) => [
      await call("budget.set", { botId: id("bot"), limit: 0 }),
      await call("chat.sendMessage", { botId: id("bot"), message: "When do you open?" }),
    ],
  },
  {
    name: "a tenant that is to be deleted, and another one as well",
    about: ["tenants/deletion/", "tenants/service/standing"],
    async prepare(stage) {
      await openDeletion(stage, stage.foreignId);
      await openDeletion(stage, stage.tenantId);
      await stage.rows(sql`update tenants set status = 'deleting' where id = ${stage.tenantId}`);
    },
    run: async ({ read, call }) => [
      await read("tenant.standing", "agent"),
      await call("tenant.cancelDeletion", {}),
      await read("tenant.standing"),
    ],
  },
  {
    name: "a tenant that is shut while another one is to be deleted",
    about: ["tenants/deletion/", "tenants/service/standing"],
    async prepare(stage) {
      await openDeletion(stage, stage.foreignId);
      await stage.rows(sql`update tenants set status = 'deleting' where id = ${stage.tenantId}`);
    },
    run: ({ read }) => read("tenant.standing"),
  },
  {
    name: "jobs that waited for a tenant to be opened",
    about: ["tenants/service/paused-jobs", "identity/tenants", "identity/tenant-record"],
    async prepare(stage) {
      await inBoth(
        stage,
        (tenant) => sql`insert into paused_jobs (tenant_id, id, queue, data)
        values (${tenant}, ${shared}, 'mail', ${JSON.stringify({ tenantId: tenant, mailId: shared })}::jsonb)`,
      );
      await stage.rows(sql`update tenants set status = 'suspended' where id = ${stage.tenantId}`);
    },
    run: ({ put, tenantId }) => put(`/api/admin/tenants/${tenantId}`, { status: "active" }, "platformAdmin"),
  },
  {
    name: "programs and visitors of a tenant that is shut",
    about: ["identity/tenant-record"],
    prepare: ({ rows, tenantId }) =>
      rows(sql`update tenants set status = 'suspended' where id = ${tenantId}`),
    run: async ({ get }) => [
      await get("/openai/v1/models", "apiKey"),
      await get("/api/chat/x/messages", "visitor"),
    ],
  },
];
