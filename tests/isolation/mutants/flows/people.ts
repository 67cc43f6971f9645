import { sql } from "drizzle-orm";
import type { Flow } from "./flow.ts";

/** Names, teams, roles and invitations of people. */
export const people: readonly Flow[] = [
  {
    name: "a team and a role get a name that is taken",
    about: ["members/teams.queries", "members/roles.queries"],
    prepare: ({ rows }) =>
      rows(sql`update teams set name = 'Taken' where id in (
        select distinct on (tenant_id) id from teams order by tenant_id, id desc)`).then(() =>
        rows(sql`update custom_roles set name = 'Taken' where id in (
        select distinct on (tenant_id) id from custom_roles order by tenant_id, id desc)`),
      ),
    run: async ({ call, id }) => [
      await call("teams.create", { name: "Taken" }),
      await call("enterpriseSecurity.createRole", { name: "Taken", rights: ["read bots"] }),
      await call("enterpriseSecurity.updateRole", { roleId: id("customRole"), name: "Taken" }),
    ],
  },
  {
    name: "a role is deleted and who has it gets another",
    about: ["identity/members/members.queries", "members/service/roles"],
    prepare: ({ rows, id }) =>
      rows(sql`update members set role = ${id("customRole")} where user_id = ${id("colleague")}`),
    run: ({ call, id }) =>
      call("enterpriseSecurity.deleteRole", { roleId: id("customRole"), moveTo: "agent" }),
  },
  {
    name: "somebody of another tenant is invited",
    about: ["identity/members/members.queries", "members/service/invite"],
    run: async ({ body, rows }) => {
      const [foreign] = await rows(sql`select email from users u where name = 'Ada' limit 1`);
      return body("users.invite", { emails: [foreign?.["email"]] });
    },
  },
  {
    name: "somebody leaves who made keys",
    about: ["api-keys/service/revoke-keys-of", "identity/directory"],
    prepare: ({ rows, id }) =>
      rows(sql`update api_keys set created_by = ${id("colleague")}, revoked_at = null`),
    run: ({ call, id }) => call("users.remove", { userId: id("colleague") }),
  },
  {
    name: "a name in the directory that is another tenant's stays",
    about: ["identity/directory"],
    prepare: ({ rows, foreignId }) => rows(sql`update tenant_directory set tenant = ${foreignId}`),
    run: async ({ call, id }) => [
      await call("apiKeys.revoke", { id: id("apiKey") }),
      await call("bot.delete", { id: id("bot") }),
    ],
  },
  {
    name: "a second factor is asked of all, and of nobody any more",
    about: ["second-factor/policy"],
    prepare: ({ rows, tenantId }) =>
      rows(sql`update users set two_factor_enabled = true where id in (
        select user_id from members where member_of_tenant = ${tenantId} and role = 'owner')`).then(() =>
        rows(sql`update sessions set mfa_at = now()`),
      ),
    run: async ({ call, body }) => [
      await body("enterpriseSecurity.setMfaPolicy", { requireMfa: true }),
      await body("enterpriseSecurity.setMfaPolicy", { requireMfa: false }),
      await call("enterpriseSecurity.setMfaPolicy", { requireMfa: true }),
    ],
  },
  {
    name: "who may manage members, and no more, gives no more",
    about: ["members/service/", "api-keys/service/manage-keys"],
    prepare: ({ rows }) =>
      rows(
        sql`update custom_roles set rights = '{"manage members","read members","manage API keys","read bots"}' where name = 'Powerless'`,
      ),
    run: async ({ call, id }) => {
      const userId = id("colleague");
      return [
        await call("users.invite", { emails: ["a@example.test"], role: "owner" }, "powerless"),
        await call("users.invite", { emails: ["b@example.test"], role: "member" }, "powerless"),
        await call("users.updateRole", { userId, role: "owner" }, "powerless"),
        await call("users.update", { userId, name: "Other" }, "powerless"),
        await call("users.update", { userId, teamIds: [id("team")] }, "powerless"),
        await call("users.invite", { emails: ["c@example.test"], teamId: id("team") }, "powerless"),
        await call("apiKeys.create", { name: "More", permissions: ["evaluate"] }, "powerless"),
      ];
    },
  },
];
