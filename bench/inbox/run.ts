/*
 * The inbox of a tenant with a million messages, beside other tenants, through the whole server: 004's list with its
 * filters, orders and deep pages, its search by words, and the console's views. The floor is a request that does nothing.
 *
 *   node bench/inbox/run.ts [--conversations=100000, embedded 2000] [--tenants=5] [--rounds=60] [--keep | --kept=directory]
 *                                                        TEST_DATABASE_URL for PostgreSQL, else embedded
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { openDb } from "../../apps/server/src/platform/db/index.ts";
import { newDatabase } from "../live/database.ts";
import { accessToken } from "../live/people.ts";
import { percentile } from "../retrieval/collections.ts";
import { startProduct } from "../server/product.ts";
import { fill, messagesEach } from "./fill.ts";
import { kindsOfList, views } from "./lists.ts";
import { random } from "./words.ts";

const number = (name: string, otherwise: number) => {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`));
  return given === undefined ? otherwise : Number(given.slice(name.length + 3));
};
const conversations = number("conversations", process.env.TEST_DATABASE_URL ? 100_000 : 2_000);
const otherTenants = number("tenants", 5);
const rounds = number("rounds", 60);
const port = 3985;

/** What an earlier run with --keep left behind, to be measured again. */
const kept = process.argv.find((argument) => argument.startsWith("--kept="))?.slice(7);
const directory = kept ?? mkdtempSync(join(tmpdir(), "parlance-bench-"));
const note = join(directory, "bench-database");
const database = kept ? null : await newDatabase("inbox");
const url = kept ? readFileSync(note, "utf8") : (database?.url ?? "");
if (!kept) writeFileSync(note, url);
const start = () =>
  startProduct(directory, port, {
    ...(url ? { DATABASE_URL: url } : {}),
    RATE_LIMIT_SCALE: "100000",
    LOG_LEVEL: "warn",
  });

let product = await start();
process.on("exit", () => product.kill()); // whatever went wrong, no server stays behind
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
const me = await product.signIn();
const session = z.object({ tenant: z.object({ id: z.uuid() }) }).parse(await me.query("auth.getSession"));
let began = performance.now();
if (!kept) {
  await product.stop(); // the embedded database has one owner
  const db = await openDb(url ? { url } : { directory: join(directory, "database") });
  await fill(db.pool, session.tenant.id, { conversations, otherTenants });
  await db.close();
  console.log(`written in ${((performance.now() - began) / 1_000).toFixed(0)} s`);
  product = await start();
}
console.log(
  `${url ? "PostgreSQL" : "embedded database"}: ${conversations} conversations, ${conversations * messagesEach} messages, ` +
    `${otherTenants} other tenants; load average ${loadavg()[0]?.toFixed(1)}`,
);

const token = await accessToken(product);
async function timed(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ ms: number; body: string }> {
  const at = performance.now();
  const response = await fetch(`${product.url}${url}`, { headers });
  const body = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${body}`);
  return { ms: performance.now() - at, body };
}
const times = (values: number[]) =>
  [0.5, 0.95, 0.99].map((share) => percentile(values, share).toFixed(1).padStart(7)).join("");

console.log(`${"milliseconds".padEnd(44)}    p50    p95    p99`);
const idle: number[] = [];
for (let i = 0; i < rounds; i++) idle.push((await timed("/health/live")).ms);
console.log(`${"a request that does nothing".padEnd(44)}${times(idle)}`);

const listed = z.object({ pagination: z.object({ totalItems: z.number() }) });
const all: number[] = [];
const bearer = { authorization: `Bearer ${token}` };
const next = random(11);
for (const { name, query } of kindsOfList(session.tenant.id, conversations)) {
  const measured: number[] = [];
  let found = "";
  for (let i = -3; i < rounds; i++) {
    const { ms, body } = await timed(`/v1/conversations?${query(next, i)}`, bearer);
    if (i < 0) continue; // plans and caches
    measured.push(ms);
    found = String(listed.parse(JSON.parse(body)).pagination.totalItems);
  }
  all.push(...measured);
  console.log(`${name.padEnd(44)}${times(measured)}   ${found} found`);
}
console.log(`${"all lists of /v1".padEnd(44)}${times(all)}`);

const caller = await product.signIn();
const viewed: number[] = [];
for (const view of views) {
  const measured: number[] = [];
  for (let i = -3; i < rounds; i++) {
    began = performance.now();
    await caller.query("conversations.list", { view });
    if (i >= 0) measured.push(performance.now() - began);
  }
  viewed.push(...measured);
  console.log(`${`the console's view ${view}`.padEnd(44)}${times(measured)}`);
}
console.log(`${"all views of the console".padEnd(44)}${times(viewed)}`);

await product.stop();
if (process.argv.includes("--keep")) console.log(`kept in ${directory}`);
else if (!kept) {
  await database?.drop();
  rmSync(directory, { recursive: true, force: true });
}
