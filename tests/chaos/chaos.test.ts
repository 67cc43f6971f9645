import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, expect, test } from "vitest";
import { complaints, type Kept } from "./compare.ts";
import { type Acknowledged, newAgent, newVisitor } from "./people.ts";
import { startWorld } from "./world.ts";

/*
 * The server is killed again and again while visitors and agents write, hand over and resolve. Whoever got no answer
 * asks again with the same id. In the end all that was acknowledged must be there once, in its order.
 */
const server = process.env.TEST_DATABASE_URL;
const kills = Number(process.env.CHAOS_KILLS ?? 50);
const seed = Number(process.env.CHAOS_SEED ?? Math.floor(Math.random() * 1e9));

const database = `parlance_chaos_${crypto.randomUUID().replaceAll("-", "")}`;
afterAll(() => administer(`drop database if exists ${database} with (force)`));

test(`${kills} crashes lose and double nothing`, { timeout: kills * 60_000 }, async () => {
  const random = randomOf(seed);
  await administer(`create database ${database}`);
  const world = await startWorld(server ? databaseAt(server) : null);
  const ledger: Acknowledged[] = [];
  const visitors = [];
  for (const name of ["Vic", "Vera", "Viv"]) visitors.push(await newVisitor(world, name, ledger));
  const conversationIds = visitors.map(({ conversationId }) => conversationId);
  const agents = [];
  for (const name of ["Ann", "Abe"]) agents.push(await newAgent(world, name, conversationIds, ledger));
  const people = [...visitors, ...agents];

  for (let kill = 0; kill < kills; kill++) {
    let alive = true;
    const working = people.map(async (person) => {
      while (alive) await person.step(random);
    });
    await pause(80 + random() * 250); // the moment of the power cut
    alive = false;
    await world.kill();
    await Promise.all(working);
    await world.start();
  }
  // what met silence last is asked again, so that nobody is left in doubt
  for (const person of people) await person.step(random);

  const headers = agents[0]?.headers ?? {};
  const kept = await Promise.all(conversationIds.map((id) => read(world.url, id, headers)));
  await world.close();
  const found = complaints(ledger, kept);
  const words = kept.reduce((sum, { messages }) => sum + messages.length, 0);
  const figure = `${kills} kills (${server ? "PostgreSQL" : "embedded"}, seed ${seed}): ${ledger.length} acknowledged, ${found.length} lost or doubled, ${words} messages kept`;
  console.log(figure);
  writeFileSync(
    join(fileURLToPath(new URL("../../test-results", import.meta.url)), "chaos.txt"),
    `${figure}\n`,
  );
  expect(found).toEqual([]);
  // it was a test at all: things were acknowledged between the crashes
  expect(ledger.length).toBeGreaterThan(kills);
});

async function read(url: string, id: string, headers: Record<string, string>): Promise<Kept> {
  const input = encodeURIComponent(JSON.stringify({ id }));
  const response = await fetch(`${url}/trpc/conversations.get?input=${input}`, { headers });
  const { result } = await response.json();
  const { status, assignee, messages } = result.data;
  return {
    conversationId: id,
    status,
    assignee,
    messages: messages.map((message: { parts: { type: string; text?: string }[]; metadata: object }) => ({
      author: authorOf(message.metadata),
      text: message.parts.map(({ text }) => text ?? "").join(""),
    })),
  };
}

function authorOf(metadata: object): string {
  const author = Reflect.get(metadata, "author");
  return String(Reflect.get(author ?? {}, "kind"));
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

async function administer(statement: string): Promise<void> {
  if (!server) return;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}
