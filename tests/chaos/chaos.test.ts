import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createTRPCClient, httpLink } from "@trpc/client";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import type { AppRouter } from "../../apps/server/src/app/trpc-router.ts";
import { postAuth, sessionOf } from "../harness/server.ts";
import { complaints } from "./compare.ts";
import { newLedger } from "./ledger.ts";
import { newAgent, newVisitor } from "./people.ts";
import { giveNotices, noticesArrive, readAudited, readKept } from "./read-kept.ts";
import { startWorld, type World } from "./world.ts";

/*
 * The server is killed again and again while visitors and agents write, hand over and resolve, and while its jobs run.
 * Whoever got no answer asks again with the same id. In the end all that was acknowledged must be there once, in its
 * order, and each that became somebody's has its one notice.
 */
const server = process.env.TEST_DATABASE_URL;
const kills = Number(process.env.CHAOS_KILLS ?? 50);
const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1e9));
/** Acts that are acknowledged at least before each crash. */
const leastActs = 20;

const database = `parlance_chaos_${crypto.randomUUID().replaceAll("-", "")}`;
afterAll(() => administer(`drop database if exists ${database} with (force)`));

test(`${kills} crashes lose and double nothing`, { timeout: 300_000 + kills * 60_000 }, async () => {
  const start = performance.now();
  const random = randomOf(seed);
  await administer(`create database ${database}`);
  const world = await startWorld(server ? databaseAt(server) : null);
  const { trpc, desk } = await openDesk(world);
  await giveNotices(trpc);
  const ledger = newLedger();
  const visitors = ["Vic", "Vera", "Viv", "Val", "Vin"].map((name) => newVisitor(world, name, ledger));
  const agents = ["Ann", "Abe", "Ali", "Amy", "Aro"].map((name) =>
    newAgent(world, name, visitors, ledger, desk),
  );
  const people = [...visitors, ...agents];
  const conversationIds: string[] = [];

  for (let kill = 0; kill < kills; kill++) {
    await Promise.all(visitors.map((visitor) => visitor.arrive()));
    conversationIds.push(...visitors.map(({ conversationId }) => conversationId));
    let alive = true;
    const working = people.map(async (person) => {
      while (alive) await person.step(random);
    });
    await Promise.race([ledger.reaches(ledger.entries.length + leastActs), ...working]);
    await pause(random() * 100); // the moment of the power cut
    alive = false;
    await world.kill();
    await Promise.all(working);
    await noticeSilence();
    await world.start();
  }
  // what met silence last is asked again, so that nobody is left in doubt
  for (const person of people) await person.step(random);

  await noticesArrive(trpc, conversationIds);
  const found = complaints(ledger.entries, await readKept(trpc, conversationIds), await readAudited(trpc));
  await world.close();
  const lost = found.filter((one) => one.includes("lost")).length;
  const seconds = Math.round((performance.now() - start) / 1000);
  const figure =
    `chaos on ${server ? "PostgreSQL" : "the embedded database"}: ${kills} kills, ` +
    `${ledger.entries.length} acts acknowledged, ${lost} lost, ${found.length - lost} doubled ` +
    `(${conversationIds.length} conversations, ${seconds} s, seed ${seed})`;
  process.stdout.write(`${figure}\n`);
  writeFileSync(
    join(fileURLToPath(new URL("../../test-results", import.meta.url)), "chaos.txt"),
    `${figure}\n`,
    { flag: "a" },
  );
  expect(found).toEqual([]);
});

/** Where agents work: their sign-in, which all of them share, and a team to hand conversations to. */
async function openDesk({ url, email, password }: World) {
  const { headers } = await sessionOf(url, await postAuth(url, "login", { email, password }));
  const trpc = createTRPCClient<AppRouter>({ links: [httpLink({ url: `${url}/trpc`, headers })] });
  const [{ items }, { id: teamId }] = await Promise.all([
    trpc.routing.presence.query(),
    trpc.teams.create.mutate({ name: "Second line" }),
  ]);
  const agentId = items[0]?.agentId;
  if (!agentId) throw new Error("There is no agent.");
  return { trpc, desk: { headers, agentId, teamId } };
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function databaseAt(url: string): string {
  const address = new URL(url);
  address.pathname = `/${database}`;
  return address.href;
}

/** The dead worker fell silent long ago: its jobs are another's at the next look. */
async function noticeSilence(): Promise<void> {
  if (!server) return;
  await administer(
    "update jobs.job set heartbeat_on = now() - interval '1 minute' where state = 'active'",
    databaseAt(server),
  );
}

async function administer(statement: string, connectionString = server): Promise<void> {
  if (!connectionString) return;
  const client = new pg.Client({ connectionString });
  await client.connect();
  await client.query(statement);
  await client.end();
}
