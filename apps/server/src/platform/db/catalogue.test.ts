import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import type { Db } from "./index.ts";
import { findTenancyBreaches, type Rule } from "./testing/tenancy-rules.ts";

/** The tables without a tenant. A new one needs a reason here, beside its name. */
const globals = [
  "users", // a person may belong to several tenants
  "accounts", // how a person signs in
  "sessions", // read before the tenant is known; the tenant in it is a hint only
  "two_factors", // authenticator apps are a person's
  "passkeys", // as are passkeys
  "devices", // and the browsers they sign in with
  "refresh_tokens", // continue a session, and go with it
  "verifications", // links that were mailed to a person
  "tenants", // the tenants themselves
  "members", // who belongs where: read to find a person's tenants
  "invitations", // read by someone who belongs to no tenant yet
  "tenant_directory", // public names that stand before a tenant is known
  "tenant_deletions", // certificates, which outlive what they are about
  "signing_keys", // sign access tokens, the installation's
  "plans", // what the installation offers its tenants, the same for all
];

let db: Db;
beforeAll(async () => {
  db = await openTestDb();
});
afterAll(() => db.close());

test("every table keeps the rules of tenancy", async () => {
  expect(await findTenancyBreaches(db, globals)).toEqual([]);
});

test("the check sees the tables", async () => {
  const found = await findTenancyBreaches(db, []);
  const withoutTenant = found.filter(({ rule }) => rule === "tenant-column").map(({ table }) => table);
  expect(withoutTenant.sort()).toEqual([...globals].sort());
});

const condition = "tenant_id = (select nullif(current_setting('app.tenant_id', true), '')::uuid)";
const columns = "tenant_id uuid not null, id uuid not null, bot_id uuid";
const key = "primary key (tenant_id, id)";
const enable = "alter table planted enable row level security";
const force = "alter table planted force row level security";
const policy = `create policy p on planted to parlance_app using (${condition}) with check (${condition})`;
const grant = "grant select, insert, update, delete on planted to parlance_app";
const create = (...parts: string[]) => `create table planted (${parts.join(", ")})`;
const good = [create(columns, key), enable, force, policy, grant];
/** The good table with one statement replaced, or another added. */
const instead = (of: string, ...by: string[]) =>
  good.flatMap((statement) => (statement === of ? by : [statement]));

const planted: { bug: string; rule: Rule | null; statements: string[] }[] = [
  { bug: "none", rule: null, statements: good },
  {
    bug: "no tenant",
    rule: "tenant-column",
    statements: ["create table planted (id uuid primary key)"],
  },
  {
    bug: "a tenant that may be null",
    rule: "tenant-column",
    statements: [create("tenant_id uuid, id uuid not null"), enable, force, policy, grant],
  },
  {
    bug: "no primary key",
    rule: "tenant-first-in-primary-key",
    statements: instead(good[0] ?? "", create(columns)),
  },
  {
    bug: "the tenant second in the primary key",
    rule: "tenant-first-in-primary-key",
    statements: instead(good[0] ?? "", create(columns, "primary key (id, tenant_id)")),
  },
  {
    bug: "a unique index over all tenants",
    rule: "tenant-first-in-unique-index",
    statements: [...good, "create unique index planted_idx on planted (id)"],
  },
  {
    bug: "a unique index on an expression",
    rule: "tenant-first-in-unique-index",
    statements: [...good, "create unique index planted_idx on planted ((id::text), tenant_id)"],
  },
  {
    bug: "a foreign key with the tenant second",
    rule: "tenant-first-in-foreign-key",
    statements: [
      ...good,
      "create unique index planted_bots on bots (id, tenant_id)",
      "alter table planted add foreign key (bot_id, tenant_id) references bots (id, tenant_id)",
    ],
  },
  {
    bug: "a foreign key without the tenant",
    rule: "tenant-first-in-foreign-key",
    statements: [
      ...good,
      "create unique index planted_bots on bots (id)",
      "alter table planted add foreign key (bot_id) references bots (id)",
    ],
  },
  { bug: "row-level security off", rule: "row-level-security", statements: instead(enable) },
  { bug: "row-level security not forced", rule: "row-level-security", statements: instead(force) },
  { bug: "no policy", rule: "policy", statements: instead(policy) },
  {
    bug: "a policy that lets write to any tenant",
    rule: "policy",
    statements: instead(
      policy,
      `create policy p on planted to parlance_app using (${condition}) with check (true)`,
    ),
  },
  {
    bug: "a policy without WITH CHECK",
    rule: "policy",
    statements: instead(policy, `create policy p on planted to parlance_app using (${condition})`),
  },
  {
    bug: "a policy for reading only",
    rule: "policy",
    statements: instead(policy, `create policy p on planted for select to parlance_app using (${condition})`),
  },
  {
    bug: "a second policy, which opens what the first closes",
    rule: "policy",
    statements: [...good, "create policy q on planted to parlance_app using (true)"],
  },
  {
    bug: "a policy for everyone",
    rule: "policy",
    statements: instead(policy, policy.replace("to parlance_app ", "")),
  },
  { bug: "no grants", rule: "grants", statements: instead(grant) },
  { bug: "a grant to everyone", rule: "grants", statements: [...good, "grant select on planted to public"] },
  {
    bug: "the right to truncate",
    rule: "grants",
    statements: [...good, "grant truncate on planted to parlance_app"],
  },
  {
    bug: "a global table in reach",
    rule: "global-is-out-of-reach",
    statements: ["grant select on users to parlance_app"],
  },
  {
    bug: "a view, which would read as its owner",
    rule: "tenant-column",
    statements: ["create view planted as select id from bots"],
  },
  {
    bug: "a role that creates tables",
    rule: "role",
    statements: ["grant create on schema public to parlance_app"],
  },
];

test.each(planted)("planted: $bug", async ({ rule, statements }) => {
  const found = await inRolledBack(async (inside) => {
    for (const statement of statements) await inside.system().execute(sql.raw(statement));
    return findTenancyBreaches(inside, globals);
  });
  if (rule === null) expect(found).toEqual([]);
  else expect(found.map((breach) => breach.rule)).toContain(rule);
});

/** Runs in a transaction that never commits, so that the planted table is gone afterwards. */
async function inRolledBack<Result>(work: (inside: Db) => Promise<Result>): Promise<Result> {
  let result: { value: Result } | null = null;
  const planted = new Error("rolled back on purpose");
  await db
    .system()
    .transaction(async (tx) => {
      result = { value: await work({ ...db, system: () => tx as unknown as ReturnType<Db["system"]> }) }; // it executes statements, which is all that the check asks of it
      throw planted;
    })
    .catch((error: unknown) => {
      if (error !== planted) throw error;
    });
  if (!result) throw new Error("There is no result.");
  return (result as { value: Result }).value; // set in the closure above, which the checker does not follow
}
