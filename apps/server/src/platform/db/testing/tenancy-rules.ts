import { sql } from "drizzle-orm";
import { appendOnlyTables, type Db } from "../index.ts";

/** One rule of tenancy that a table breaks. */
export interface Breach {
  table: string;
  rule: Rule;
  detail: string;
}

export type Rule =
  | "tenant-column"
  | "tenant-first-in-primary-key"
  | "tenant-first-in-unique-index"
  | "tenant-first-in-foreign-key"
  | "row-level-security"
  | "policy"
  | "grants"
  | "global-is-out-of-reach"
  | "role";

/**
 * Reads the catalogue of the schema `public` and names every breach of tenancy. A table is either in
 * `globals`, where the application role may do nothing, or a tenant table: tenant_id not null and first
 * in every key, row-level security forced, one policy that holds for reading and for writing, rights
 * for the application role and nobody else.
 */
export async function findTenancyBreaches(db: Db, globals: readonly string[]): Promise<Breach[]> {
  const tables = await readTables(db);
  const breaches: Breach[] = [];
  for (const table of tables) {
    const report = (rule: Rule, detail: string) => breaches.push({ table: table.name, rule, detail });
    if (globals.includes(table.name)) checkGlobal(table, report);
    else checkTenantTable(table, globals, report);
  }
  for (const name of globals) {
    if (!tables.some((table) => table.name === name)) {
      breaches.push({ table: name, rule: "global-is-out-of-reach", detail: "is listed and does not exist" });
    }
  }
  return [...breaches, ...(await checkRole(db))];
}

type Report = (rule: Rule, detail: string) => void;

function checkGlobal(table: Table, report: Report): void {
  if (table.columns.some((column) => column.name === "tenant_id")) {
    report("global-is-out-of-reach", "has a tenant_id, so it is no global table");
  }
  for (const { grantee, privilege } of table.grants) {
    report("global-is-out-of-reach", `${grantee} may ${privilege}`);
  }
}

function checkTenantTable(table: Table, globals: readonly string[], report: Report): void {
  const tenant = table.columns.find((column) => column.name === "tenant_id");
  if (!tenant) report("tenant-column", "has no tenant_id");
  else if (!tenant.notNull || tenant.type !== "uuid") {
    report("tenant-column", `tenant_id is ${tenant.type}${tenant.notNull ? "" : " and may be null"}`);
  }

  if (!table.indexes.some((index) => index.primary))
    report("tenant-first-in-primary-key", "has no primary key");
  for (const index of table.indexes) {
    if (index.columns[0] === "tenant_id") continue;
    const rule = index.primary ? "tenant-first-in-primary-key" : "tenant-first-in-unique-index";
    report(rule, `${index.name} begins with ${index.columns[0] ?? "an expression"}`);
  }
  for (const key of table.foreignKeys) {
    const isToGlobal = globals.includes(key.target);
    if (isToGlobal) continue; // a person or the tenant itself: there is no tenant on the other side
    if (key.columns[0] !== "tenant_id" || key.targetColumns[0] !== "tenant_id") {
      report(
        "tenant-first-in-foreign-key",
        `${key.name} is (${key.columns}) to ${key.target} (${key.targetColumns})`,
      );
    }
  }

  if (!table.security) report("row-level-security", "is not enabled");
  if (!table.forced) report("row-level-security", "is not forced on the owner");
  checkPolicies(table, report);
  checkGrants(table, report);
}

/** The text as PostgreSQL prints it back, without the spaces in which versions differ. */
const expectedCondition =
  "(tenant_id=(SELECT(NULLIF(current_setting('app.tenant_id'::text,true),''::text))::uuid))";
const normalised = (condition: string | null) =>
  condition
    ?.replaceAll(/\s+/g, "")
    .replace(/AS"nullif"/i, "")
    .replace("ASuuid", "") ?? "nothing";

function checkPolicies(table: Table, report: Report): void {
  if (table.policies.length !== 1) {
    report("policy", `has ${table.policies.length} policies; permissive ones add up, so it must be one`);
  }
  for (const policy of table.policies) {
    if (policy.command !== "*" || !policy.permissive)
      report("policy", `${policy.name} is not for all commands`);
    if (policy.roles.join() !== "parlance_app") report("policy", `${policy.name} is for ${policy.roles}`);
    for (const [part, condition] of [
      ["USING", policy.using],
      ["WITH CHECK", policy.check],
    ] as const) {
      if (normalised(condition) !== expectedCondition) {
        report("policy", `${policy.name} has ${part} ${condition ?? "nothing"}`);
      }
    }
  }
}

const needed = ["DELETE", "INSERT", "SELECT", "UPDATE"];
const neededToAppend = ["INSERT", "SELECT"];
const isAppendOnly = (name: string) => appendOnlyTables.some((table) => table === name);

function checkGrants(table: Table, report: Report): void {
  const given = table.grants
    .filter(({ grantee }) => grantee === "parlance_app")
    .map(({ privilege }) => privilege);
  if (given.sort().join() !== (isAppendOnly(table.name) ? neededToAppend : needed).join())
    report("grants", `parlance_app may ${given.join(", ") || "nothing"}`);
  for (const { grantee, privilege } of table.grants) {
    if (grantee !== "parlance_app") report("grants", `${grantee} may ${privilege}`);
  }
}

async function checkRole(db: Db): Promise<Breach[]> {
  const { rows } = await db.system().execute<{ attribute: string; held: boolean }>(sql`
    select a.attribute, a.held from pg_roles r, lateral (values
      ('superuser', r.rolsuper), ('bypassrls', r.rolbypassrls), ('createrole', r.rolcreaterole),
      ('createdb', r.rolcreatedb), ('login', r.rolcanlogin),
      ('member of another role', exists (select from pg_auth_members m where m.member = r.oid)),
      ('owner of tables', exists (select from pg_class c where c.relowner = r.oid)),
      ('create in schema public', has_schema_privilege(r.oid, 'public', 'create'))
    ) a(attribute, held) where r.rolname = 'parlance_app'`);
  if (rows.length === 0) return [{ table: "parlance_app", rule: "role", detail: "does not exist" }];
  return rows
    .filter(({ held }) => held)
    .map(({ attribute }) => ({ table: "parlance_app", rule: "role", detail: attribute }));
}

interface Table extends Record<string, unknown> {
  name: string;
  security: boolean;
  forced: boolean;
  columns: { name: string; type: string; notNull: boolean }[];
  /** Unique ones only. */
  indexes: { name: string; primary: boolean; columns: (string | null)[] }[];
  foreignKeys: { name: string; target: string; columns: string[]; targetColumns: string[] }[];
  policies: {
    name: string;
    command: string;
    permissive: boolean;
    roles: string[];
    using: string | null;
    check: string | null;
  }[];
  /** Of everyone but the owner; `public` is everyone. */
  grants: { grantee: string; privilege: string }[];
}

async function readTables(db: Db): Promise<Table[]> {
  const { rows } = await db.system().execute<Table>(sql`
    select c.relname as name, c.relrowsecurity as security, c.relforcerowsecurity as forced,
      (select coalesce(json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'notNull', a.attnotnull) order by a.attnum), '[]')
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      (select coalesce(json_agg(json_build_object('name', i.indexrelid::regclass::text, 'primary', i.indisprimary,
          'columns', (select json_agg(a.attname order by k.position)
            from unnest(i.indkey::int2[]) with ordinality k(attnum, position)
            left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum))), '[]')
        from pg_index i where i.indrelid = c.oid and i.indisunique) as indexes,
      (select coalesce(json_agg(json_build_object('name', f.conname, 'target', t.relname,
          'columns', (select json_agg(a.attname order by k.position)
            from unnest(f.conkey) with ordinality k(attnum, position)
            join pg_attribute a on a.attrelid = c.oid and a.attnum = k.attnum),
          'targetColumns', (select json_agg(a.attname order by k.position)
            from unnest(f.confkey) with ordinality k(attnum, position)
            join pg_attribute a on a.attrelid = t.oid and a.attnum = k.attnum))), '[]')
        from pg_constraint f join pg_class t on t.oid = f.confrelid
        where f.conrelid = c.oid and f.contype = 'f') as "foreignKeys",
      (select coalesce(json_agg(json_build_object('name', p.polname, 'command', p.polcmd, 'permissive', p.polpermissive,
          'roles', (select json_agg(coalesce(r.rolname, 'public')) from unnest(p.polroles) o(id)
            left join pg_roles r on r.oid = o.id),
          'using', pg_get_expr(p.polqual, p.polrelid), 'check', pg_get_expr(p.polwithcheck, p.polrelid))), '[]')
        from pg_policy p where p.polrelid = c.oid) as policies,
      (select coalesce(json_agg(json_build_object('grantee', coalesce(r.rolname, 'public'), 'privilege', g.privilege_type)), '[]')
        from aclexplode(coalesce(c.relacl, acldefault('r', c.relowner))) g
        left join pg_roles r on r.oid = g.grantee where g.grantee <> c.relowner) as grants
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    order by c.relname`);
  return rows;
}
