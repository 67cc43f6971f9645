import { sql } from "drizzle-orm";
import { sha256Hex } from "../../../../apps/server/src/platform/crypto/index.ts";
import type { Flow, Stage } from "./flow.ts";

const token = "a-token-that-a-link-holds";

/** An invitation of the callers' tenant by its owner, for whoever has this address. */
const invite = ({ rows, tenantId, userId }: Stage, email: string) =>
  rows(sql`insert into invitations (id, invited_to_tenant, email, role, status, expires_at, inviter_id, token_hash)
    values (gen_random_uuid(), ${tenantId}, ${email}, 'agent', 'pending', now() + interval '1 day', ${userId}, ${sha256Hex(token)})`);

/** Both have a connection by SAML for the same domain, and the same answered attempt of whoever has this address. */
const answer = async ({ rows }: Stage, email: string) => {
  await rows(
    sql`update sso_connections set protocol = 'saml', enabled = true, email_domain = 'example.test', domain_verified_at = now()`,
  );
  await rows(sql`insert into sso_attempts (tenant_id, id, connection_id, next, identity, ticket_hash, answered_at, expires_at)
    select tenant_id, 'answered', id, '/', jsonb_build_object('subject', 'someone', 'email', ${email}::text, 'name', null),
      ${sha256Hex(token)}, now(), now() + interval '1 day' from sso_connections`);
};

const finish = ({ get, tenantId }: Stage) =>
  get(`/api/auth/sso/finish/${tenantId}?attempt=answered&ticket=${token}`, "anonymous");

/** How people come in: by an invitation, by single sign-on, by a key from a new place. */
export const signIn: readonly Flow[] = [
  {
    name: "single sign-on of somebody new",
    about: ["modules/sso/", "admit-by-provider"],
    prepare: (stage) => answer(stage, "somebody.new@example.test"),
    run: finish,
  },
  {
    name: "single sign-on of a member",
    about: ["modules/sso/", "admit-by-provider"],
    async prepare(stage) {
      await stage.rows(
        sql`update users set email_verified = true, email = 'member@example.test' where id = ${stage.id("colleague")}`,
      );
      await stage.rows(
        sql`update members set deactivated_at = now() where member_of_tenant = ${stage.foreignId} and user_id = ${stage.id("colleague")}`,
      );
      await answer(stage, "member@example.test");
    },
    run: finish,
  },
  {
    name: "a plan is set, and one of a tenant that is not there",
    about: ["plans/service/manage-plans", "identity/tenants"],
    run: async ({ call, tenantId }) => [
      await call("admin.setTenantPlan", { tenantId, planId: null }, "platformAdmin"),
      await call(
        "admin.setTenantPlan",
        { tenantId: "00000000-0000-4000-8000-000000000000", planId: null },
        "platformAdmin",
      ),
    ],
  },
  {
    name: "the audit log is searched for what a key did",
    about: ["identity/logs/", "api-keys/service/"],
    async prepare({ rows, id }) {
      await rows(sql`insert into audit_log (tenant_id, id, actor_kind, actor_id, action, subject_type, subject_id)
        select id, gen_random_uuid(), 'apiKey', ${id("apiKey")}, 'old.entry', 'api_key', ${id("apiKey")} from tenants`);
      await rows(sql`insert into audit_log (tenant_id, id, actor_kind, actor_id, action, subject_type, subject_id)
        select id, gen_random_uuid(), 'user', (select user_id from members where role = 'owner' order by (user_id in
          (select id from users where name = 'Ada')) desc limit 1), 'old.entry', 'api_key', 'x' from tenants`);
    },
    run: async ({ read }) => [
      await read("audit.list"),
      await read("audit.list", "owner", { search: "Ada" }),
      await read("audit.verify"),
    ],
  },
  {
    name: "a key comes from another place",
    about: ["api-keys/service/"],
    prepare: ({ rows, id }) =>
      rows(sql`insert into api_key_places (tenant_id, key_id, place, first_seen_at)
        select tenant_id, id, 'elsewhere', now() from api_keys where revoked_at is null`).then(() =>
        id("apiKey"),
      ),
    run: ({ get }) => get("/openai/v1/models", "apiKey"),
  },
  {
    name: "what a tenant may not use",
    about: ["identity/permissions", "models/"],
    prepare: ({ rows, tenantId, foreignId }) =>
      rows(sql`insert into tenant_permissions (tenant_id, agents, model_providers) values
        (${tenantId}, '{}', '{}'), (${foreignId}, '{}', '{}')
        on conflict (tenant_id) do update set agents = '{}', model_providers = '{}'`),
    run: async ({ call, post, id }) => [
      await call("user.setLlmApiKey", { provider: "openai", apiKey: "sk-something-long-enough" }),
      await call("chat.sendMessage", { botId: id("bot"), message: "When do you open?" }),
      await post(`/api/widget/${id("widget")}/session`, {}, "anonymous"),
    ],
  },
  {
    name: "an invitation is accepted by somebody new",
    about: ["members/service/accept-invitation", "invitations.queries"],
    prepare: (stage) => invite(stage, "guest@example.test"),
    run: ({ call }) =>
      call("auth.acceptInvitation", { token, name: "Guest", password: "correct horse" }, "anonymous"),
  },
  {
    name: "an invitation is accepted by others than it is for",
    about: ["members/service/accept-invitation"],
    async prepare(stage) {
      await invite(stage, "member@example.test");
      await stage.rows(
        sql`update users set email = 'member@example.test' where id = ${stage.id("colleague")}`,
      );
    },
    run: ({ call }) => call("auth.acceptInvitation", { token }, "member"),
  },
  {
    name: "an invitation by somebody who may not invite any more",
    about: ["members/service/accept-invitation"],
    async prepare(stage) {
      await invite(stage, "guest@example.test");
      await stage.rows(sql`update members set role = 'agent' where user_id = ${stage.userId}`);
    },
    run: ({ call }) => call("auth.invitation", { token }, "anonymous"),
  },
];
