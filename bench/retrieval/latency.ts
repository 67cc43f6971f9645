/*
 * How long a search takes in a large knowledge base, and an addition: invented words (Zipf), random vectors around
 * topics. With --peers the engines that run in the same process hold the same texts and get the same queries; with
 * --tenants=1000 so many other tenants have a small knowledge base of their own in the same database.
 *
 *   node bench/retrieval/latency.ts [chunks = 100000] [--peers] [--tenants=1000]
 *                                                        TEST_DATABASE_URL for PostgreSQL, else embedded
 */
import { createHash } from "node:crypto";
import {
  activeSpace,
  addToIndex,
  mergeIndex,
  searchIndex,
} from "../../apps/server/src/modules/retrieval/index.ts";
import {
  type IndexTestContext,
  testKnowledgeBase,
  testTenant,
} from "../../apps/server/src/modules/retrieval/testing/index-world.ts";
import { inTx } from "../../apps/server/src/platform/ctx/index.ts";
import { openTestDb } from "../../tests/harness/database.ts";
import { percentile } from "./collections.ts";
import { installPeers, openFts5, openLanceDb, openMiniSearch, type Peer } from "./peers.ts";

const chunks = Number(process.argv.slice(2).find((argument) => /^\d+$/.test(argument)) ?? 100_000);
const tenants = Number(process.argv.find((argument) => argument.startsWith("--tenants="))?.slice(10) ?? 0);
const withPeers = process.argv.includes("--peers");
const OTHERS_CHUNKS = 20;
const DOCUMENT_CHUNKS = 20;
const ADDITIONS = 50;
const WORDS = 60_000;
const CHUNK_WORDS = 120;
const DIMENSIONS = 384;
const TOPICS = 400;
const BATCH = 500;
const QUERIES = 200;

/** Mulberry32: the same corpus every time. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

const next = random(7);
const gauss = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
const cumulative = new Float64Array(WORDS);
for (let i = 0, sum = 0; i < WORDS; i++) {
  sum += 1 / (i + 1) ** 1.02;
  cumulative[i] = sum;
}

function word(leastRank = 0): string {
  const low = leastRank > 0 ? (cumulative[leastRank - 1] ?? 0) : 0;
  const wanted = low + next() * ((cumulative[WORDS - 1] ?? 0) - low);
  let from = leastRank;
  let to = WORDS - 1;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((cumulative[middle] ?? 0) < wanted) from = middle + 1;
    else to = middle;
  }
  return `w${from}`; // with a digit: no stemmer touches it
}

const topics = Array.from({ length: TOPICS }, () => Array.from({ length: DIMENSIONS }, gauss));
const near = (topic: number): number[] => (topics[topic] ?? []).map((value) => value + gauss());
const anyTopic = (): number => Math.floor(next() * TOPICS);

if (withPeers) await installPeers();
const peers = withPeers
  ? [await openMiniSearch("other"), openFts5("other"), await openLanceDb("other")].map((peer) => ({
      peer,
      ms: 0,
    }))
  : [];
let added = 0;

interface Home {
  ctx: IndexTestContext;
  knowledgeBaseId: string;
  spaceId: string;
}

async function newHome(): Promise<Home> {
  const ctx = await testTenant(db);
  const knowledgeBaseId = await testKnowledgeBase(ctx, "bench:random", DIMENSIONS);
  const { id: spaceId } = await inTx(ctx, (tx) => activeSpace(tx, knowledgeBaseId));
  return { ctx, knowledgeBaseId, spaceId };
}

/** Adds invented chunks; returns the milliseconds of the transaction. */
async function addTo({ ctx, ...index }: Home, texts: readonly string[]): Promise<number> {
  const chunks = texts.map((text) => ({ text, title: "", headingPath: [], language: "other" }));
  const vectors = texts.map(() => near(anyTopic()));
  ctx.enqueued.length = 0;
  const started = performance.now();
  await inTx(ctx, (tx) => addToIndex({ ...ctx, ...tx }, { ...index, texts: chunks, vectors }));
  return performance.now() - started;
}

const invented = (size: number): string[] =>
  Array.from({ length: size }, () => Array.from({ length: CHUNK_WORDS }, () => word()).join(" "));

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};

/** The same chunks to the knowledge base and to the peers. */
async function add(size: number): Promise<number> {
  const texts = invented(size);
  for (const each of peers) each.ms += await timed(() => each.peer.add(texts, added));
  added += size;
  return addTo(home, texts);
}

const db = await openTestDb();
const home = await newHome();
const { ctx, knowledgeBaseId, spaceId } = home;
for (let i = 0; i < tenants; i++) await addTo(await newHome(), invented(OTHERS_CHUNKS));
if (tenants > 0) console.log(`${tenants} other tenants with ${OTHERS_CHUNKS} chunks each`);
let adding = 0;
let merging = 0;

for (let start = 0; start < chunks; start += BATCH) {
  adding += await add(Math.min(BATCH, chunks - start));
  const merged = performance.now();
  if (ctx.enqueued.length > 0) await mergeIndex(ctx, { knowledgeBaseId });
  merging += performance.now() - merged;
}
for (const each of peers) each.ms += await timed(() => each.peer.finish());
const seconds = (ms: number): string => (ms / 1000).toFixed(0);
console.log(
  `${chunks} chunks indexed in ${seconds(adding + merging)} s, of which ${seconds(merging)} s merging` +
    peers.map(({ peer, ms }) => `; ${peer.name} ${seconds(ms)} s`).join(""),
);

const times = (values: number[]): string =>
  `${percentile(values, 0.5).toFixed(1)}/${percentile(values, 0.95).toFixed(1)}`;
const queries = Array.from({ length: QUERIES }, () => ({
  terms: Array.from({ length: 4 + Math.floor(next() * 5) }, () => word(100)),
  language: "other",
  dense: { spaceId, vector: near(anyTopic()) },
}));
for (const round of ["first", "second", "third"]) {
  const total: number[] = [];
  const lexical: number[] = [];
  const dense: number[] = [];
  const results = createHash("sha256");
  for (const search of queries) {
    const started = performance.now();
    const found = await inTx(ctx, (tx) => searchIndex(tx, { knowledgeBaseId, search, limit: 10 }));
    total.push(performance.now() - started);
    lexical.push(found.timings.bm25Ms);
    dense.push(found.timings.denseMs);
    results.update(found.candidates.map(({ ordinal }) => ordinal).join());
  }
  console.log(
    `${round} round, ms p50/p95: ${times(total)} (BM25 ${times(lexical)}, dense ${times(dense)}), ` +
      `top ten ${results.digest("hex").slice(0, 10)}`,
  );
}
for (const { peer } of peers) {
  const total: number[] = [];
  for (const { terms } of queries) total.push(await timed(() => peer.search(terms.join(" "))));
  console.log(`${peer.name}, ms p50/p95: ${times(total)}`);
}

const additions: number[] = [];
const beside = new Map<Peer, number[]>(peers.map(({ peer }) => [peer, []]));
for (let i = 0; i < ADDITIONS; i++) {
  const before = peers.map(({ ms }) => ms);
  additions.push(await add(DOCUMENT_CHUNKS));
  for (const [at, { peer, ms }] of peers.entries()) beside.get(peer)?.push(ms - (before[at] ?? 0));
}
console.log(
  `${DOCUMENT_CHUNKS}-chunk document added in ms (p50/p95): ${times(additions)}` +
    [...beside].map(([peer, ms]) => `; ${peer.name} ${times(ms)}`).join(""),
);
for (const { peer } of peers) await peer.close();
await db.close();
