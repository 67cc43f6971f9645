import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  asSystem,
  type Db,
  openDb,
  type TenantTransaction,
} from "../../apps/server/src/platform/db/index.ts";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import { openTestDb } from "../harness/database.ts";
import { report } from "./report.ts";

/*
 * Row-level security under a pool: whoever gets a connection after another tenant, after an error or after a query
 * that was cancelled must find nothing of it. Two connections for forty at once, so that they change hands all the
 * time; the embedded database has one. That the role and every table are set up for it is proven in platform/db.
 */

const tenants = Array.from({ length: 5 }, () => newId());
const rowsEach = 3;

let home: Db;
let db: Db;
beforeAll(async () => {
  home = await openTestDb();
  db = home.url ? await openDb({ url: home.url, poolSize: 2 }) : home;
  for (const tenant of tenants) {
    await db
      .system()
      .execute(sql`insert into tenants (id, name, slug) values (${tenant}, ${tenant}, ${tenant})`);
    for (let row = 0; row < rowsEach; row++) {
      await db
        .system()
        .execute(sql`insert into customers (tenant_id, id, name) values (${tenant}, ${newId()}, ${tenant})`);
    }
  }
});
afterAll(async () => {
  await db.close();
  if (home !== db) await home.close();
});

/** What a statement without a condition of its own sees and writes: all rows that it is let to. */
async function look(tx: TenantTransaction, tenant: string): Promise<string[]> {
  const { rows } = await tx.execute<{ name: string }>(sql`select name from customers`);
  const written = await tx.execute(sql`update customers set locale = 'en'`);
  const wrong = rows.filter(({ name }) => name !== tenant).map(({ name }) => `saw a row of ${name}`);
  if (rows.length !== rowsEach) wrong.push(`saw ${rows.length} rows`);
  if (written.rowCount !== rowsEach) wrong.push(`wrote ${written.rowCount} rows`);
  return wrong;
}

class Aborted extends Error {}

/** Ways for a transaction to end badly: thrown, refused by the database, cancelled while it runs, cut off. */
const mishaps: ((tx: TenantTransaction) => Promise<unknown>)[] = [
  () => Promise.reject(new Aborted()),
  (tx) => tx.execute(sql`select 1 / 0`),
  () => asSystem((tx) => tx.execute(sql`select 1 / 0`)),
  (tx) => tx.execute(sql`select no_such_column from customers`),
];
const onPostgres: typeof mishaps = [
  async (tx) => {
    await tx.execute(sql`set local statement_timeout = 5`);
    await tx.execute(sql`select pg_sleep(5)`);
  },
  (tx) => tx.execute(sql`select pg_cancel_backend(pg_backend_pid()), pg_sleep(5)`),
];

/** Runs so many transactions, forty at once, a fifth of which end badly. Gives what they saw of others. */
async function interleave(count: number): Promise<{ bleeds: string[]; aborted: number }> {
  const bleeds: string[] = [];
  let started = 0;
  let aborted = 0;
  const ways = db.embedded ? mishaps : [...mishaps, ...onPostgres];
  const worker = async () => {
    for (let turn = started++; turn < count; turn = started++) {
      const tenant = tenants[turn % tenants.length] ?? "";
      const mishap = turn % 5 === 0 ? ways[(turn / 5) % ways.length] : undefined;
      try {
        await db.withTenant(tenant, async (tx) => {
          bleeds.push(...(await look(tx, tenant)));
          if (turn % 7 === 0) await asSystem((system) => system.execute(sql`select count(*) from tenants`));
          if (mishap) await mishap(tx);
          bleeds.push(...(await look(tx, tenant)));
        });
        if (mishap) bleeds.push("a transaction that ended badly was committed");
      } catch (error) {
        if (!mishap) throw error;
        aborted++;
      }
      if (turn % 100 === 0) bleeds.push(...(await leftovers()));
    }
  };
  await Promise.all(Array.from({ length: 40 }, worker));
  return { bleeds, aborted };
}

/** What a connection that was given back still holds of whom it served. */
async function leftovers(): Promise<string[]> {
  const { rows } = await db
    .system()
    .execute<{ tenant: string | null; changed: boolean }>(
      sql`select nullif(current_setting('app.tenant_id', true), '') as tenant, current_user <> session_user as changed`,
    );
  return rows.flatMap(({ tenant, changed }) => [
    ...(tenant === null ? [] : [`the connection is still ${tenant}'s`]),
    ...(changed ? ["the connection still has the application's role"] : []),
  ]);
}

test("of 10,000 interleaved transactions none sees another tenant's rows", { timeout: 300_000 }, async () => {
  const { bleeds, aborted } = await interleave(10_000);
  report(
    "row-security",
    `10000 interleaved transactions on ${db.embedded ? "the embedded database" : "two connections of PostgreSQL"}, ${aborted} aborted, ${bleeds.length} bleeds`,
  );
  expect(aborted).toBe(2_000);
  expect(bleeds).toEqual([]);
});

test("a table without row-level security is seen to bleed", async () => {
  await db.system().execute(sql`alter table customers disable row level security`);
  try {
    expect((await interleave(20)).bleeds).toContain(`saw ${rowsEach * tenants.length} rows`);
  } finally {
    await db.system().execute(sql`alter table customers enable row level security`);
  }
});

test("A18: a tenant that was set for the session and not for the transaction is seen to stay", async () => {
  expect(await leftovers()).toEqual([]);
  const [tenant = ""] = tenants;
  const connection = await db.pool.connect();
  try {
    await connection.query("select set_config('app.tenant_id', $1, false)", [tenant]);
  } finally {
    connection.release();
  }
  const seen = new Set<string>();
  for (let look = 0; look < 4; look++) for (const left of await leftovers()) seen.add(left);
  expect([...seen]).toEqual([`the connection is still ${tenant}'s`]);
});
