import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openEmbeddedTestDb } from "../../../../../../tests/harness/database.ts";
import type { Db } from "../index.ts";

/*
 * The embedded database speaks the wire protocol over a message port. This drives it through
 * node-postgres with a long random mix of good and bad statements: every answer must be the one asked
 * for, whatever came before it. Always embedded: PostgreSQL's own transport needs no test of ours.
 */

const operations = 1_500;
const seed = 20_261_121;

type Runner = Pick<pg.ClientBase, "query">;
interface Step {
  kind: string;
  how: "pool" | "commit" | "rollback" | "dropped";
  number: number;
  /** Bytes or characters of a large value. */
  size: number;
}

let db: Db;
beforeAll(async () => {
  db = await openEmbeddedTestDb();
  await db.pool.query("create table fuzz (id int primary key, value text)");
  await db.pool.query("insert into fuzz values (-1, 'taken')");
});
afterAll(() => db.close());

/** The error's code that a statement ends with, or `none`. */
async function codeOf(running: Promise<unknown>): Promise<string> {
  try {
    await running;
    return "none";
  } catch (error) {
    if (error instanceof pg.DatabaseError) return error.code ?? "no code";
    throw error; // a broken connection is never an answer
  }
}

/** Each kind answers `[what came, what should have come]`. */
const kinds: Record<string, (on: Runner, step: Step) => Promise<[unknown, unknown]>> = {
  async parameters(on, { number }) {
    const { rows } = await on.query("select $1::int as a, $2::text as b, $3::bytea as c", [
      number,
      `x${number}`,
      Buffer.from([0, number % 256]),
    ]);
    return [rows, [{ a: number, b: `x${number}`, c: Buffer.from([0, number % 256]) }]];
  },
  async simple(on, { number }) {
    return [(await on.query(`select ${number} as a`)).rows, [{ a: number }]];
  },
  async severalStatements(on, { number }) {
    const results: unknown = await on.query(`select 1 as a; select ${number} as b`);
    const rows = Array.isArray(results) ? results.map((result: pg.QueryResult) => result.rows) : results;
    return [rows, [[{ a: 1 }], [{ b: number }]]];
  },
  async syntaxError(on) {
    return [await codeOf(on.query("selekt 1")), "42601"];
  },
  async parseError(on) {
    return [await codeOf(on.query("selekt $1", [1])), "42601"];
  },
  async bindError(on) {
    return [await codeOf(on.query("select $1::int", ["abc"])), "22P02"];
  },
  async wrongParameterCount(on) {
    return [await codeOf(on.query("select $1::int, $2::int", [1])), "08P01"];
  },
  async executeError(on) {
    return [await codeOf(on.query("select 1 / $1::int", [0])), "22012"];
  },
  async errorAfterRows(on) {
    return [await codeOf(on.query("select 1 / (500 - g) from generate_series(1, 1000) g")), "22012"];
  },
  async uniqueError(on) {
    return [await codeOf(on.query("insert into fuzz values ($1, $2)", [-1, "again"])), "23505"];
  },
  async errorInLastStatement(on, { number }) {
    return [await codeOf(on.query(`insert into fuzz values (${number}, 'z'); select 1 / 0`)), "22012"];
  },
  async largeAnswer(on, { size }) {
    const { rows } = await on.query("select repeat('x', $1) as value", [size]);
    return [rows[0]?.value.length, size];
  },
  async largeInput(on, { size }) {
    const { rows } = await on.query("select length($1::text) as length", ["y".repeat(size)]);
    return [rows, [{ length: size }]];
  },
  async manyRows(on, { number }) {
    const { rows } = await on.query("select g from generate_series(1, $1::int) g", [number % 5_000]);
    return [rows.length, number % 5_000];
  },
  async nothing(on) {
    return [(await on.query("")).rows, []];
  },
  async notice(on, { number }) {
    await on.query("do $$ begin raise notice 'a notice'; end $$");
    return [(await on.query("select $1::int as a", [number])).rows, [{ a: number }]];
  },
  async named(on, { number }) {
    const name = `named ${number % 3}`; // a name keeps its text for the connection's life
    const { rows } = await on.query({ name, text: `select $1::int + ${number % 3} as a`, values: [number] });
    return [rows, [{ a: number + (number % 3) }]];
  },
};

const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...Object.keys(kinds)),
  how: fc.oneof(
    { weight: 14, arbitrary: fc.constant<Step["how"]>("pool") },
    { weight: 3, arbitrary: fc.constant<Step["how"]>("commit") },
    { weight: 2, arbitrary: fc.constant<Step["how"]>("rollback") },
    { weight: 1, arbitrary: fc.constant<Step["how"]>("dropped") },
  ),
  number: fc.integer({ min: 1, max: 1_000_000 }),
  size: fc.oneof({ weight: 8, arbitrary: fc.nat(20_000) }, { weight: 2, arbitrary: fc.nat(3_000_000) }),
});

async function run(step: Step): Promise<[unknown, unknown]> {
  const operation = kinds[step.kind];
  if (!operation) throw new Error(`There is no ${step.kind}.`);
  if (step.how === "pool") {
    const client = await db.pool.connect();
    try {
      return await operation(client, step);
    } finally {
      client.release();
    }
  }
  const marker = -step.number - 1;
  const client = await db.pool.connect();
  let answer: [unknown, unknown];
  let failed = false;
  try {
    await client.query("begin");
    await client.query("insert into fuzz values ($1, 'marker')", [marker]);
    answer = await operation(client, step);
    failed = /[eE]rror|wrong/.test(step.kind);
    if (step.how !== "dropped") await client.query(step.how); // `commit` of a failed one rolls back
  } finally {
    client.release(step.how === "dropped"); // a client that goes away in the middle of a transaction
  }
  const { rowCount } = await db.pool.query("delete from fuzz where id = $1", [marker]);
  const stayed = step.how === "commit" && !failed ? 1 : 0;
  return [
    [answer[0], rowCount],
    [answer[1], stayed],
  ];
}

test(`${operations} random operations each get their own answer`, { timeout: 120_000 }, async () => {
  const steps = fc.sample(stepArbitrary, { numRuns: operations, seed });
  for (const [index, step] of steps.entries()) {
    const [came, expected] = await run(step);
    expect(came, `operation ${index} of seed ${seed}: ${step.kind}, ${step.how}`).toEqual(expected);
  }
  // a statement that failed left nothing behind, and nothing else was lost
  expect((await db.pool.query("select id from fuzz")).rows).toEqual([{ id: -1 }]);
});

test("a value of 3 MB arrives whole in both directions", async () => {
  const value = "é".repeat(1_500_000);
  const { rows } = await db.pool.query("select $1::text as value", [value]);
  expect(rows[0]?.value === value).toBe(true);
});

test("notifications arrive with the commit, and not at all after a rollback", async () => {
  const heard: string[] = [];
  db.notifications.on("fuzz", (payload: string) => heard.push(payload));
  await db.pool.query("listen fuzz");
  for (const [end, payload] of [
    ["rollback", "never"],
    ["commit", "heard"],
  ]) {
    const client = await db.pool.connect();
    await client.query("begin");
    await client.query("select pg_notify('fuzz', $1)", [payload]);
    expect(heard).toEqual([]);
    await client.query(`${end}`);
    client.release();
  }
  await db.pool.query("select 1");
  expect(heard).toEqual(["heard"]);
});
