/*
 * How long a search takes in a large knowledge base: invented words (Zipf), random vectors around topics.
 *
 *   node bench/retrieval/latency.ts [chunks = 100000]     TEST_DATABASE_URL for PostgreSQL, else embedded
 */
import { createHash } from "node:crypto";
import {
  activeSpace,
  addToIndex,
  mergeIndex,
  searchIndex,
} from "../../apps/server/src/modules/retrieval/index.ts";
import {
  testKnowledgeBase,
  testTenant,
} from "../../apps/server/src/modules/retrieval/testing/index-world.ts";
import { inTx } from "../../apps/server/src/platform/ctx/index.ts";
import { openTestDb } from "../../tests/harness/database.ts";
import { percentile } from "./collections.ts";

const chunks = Number(process.argv[2] ?? 100_000);
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

const db = await openTestDb();
const ctx = await testTenant(db);
const knowledgeBaseId = await testKnowledgeBase(ctx, "bench:random", DIMENSIONS);
const { id: spaceId } = await inTx(ctx, (tx) => activeSpace(tx, knowledgeBaseId));
const began = performance.now();
let merging = 0;

/** Adds invented chunks; returns the milliseconds of the transaction. */
async function add(size: number): Promise<number> {
  const texts = Array.from({ length: size }, () => ({
    text: Array.from({ length: CHUNK_WORDS }, () => word()).join(" "),
    title: "",
    headingPath: [],
    language: "other",
  }));
  const vectors = texts.map(() => near(anyTopic()));
  ctx.enqueued.length = 0;
  const started = performance.now();
  await inTx(ctx, (tx) => addToIndex({ ...ctx, ...tx }, { knowledgeBaseId, spaceId, texts, vectors }));
  return performance.now() - started;
}

for (let start = 0; start < chunks; start += BATCH) {
  await add(Math.min(BATCH, chunks - start));
  const merged = performance.now();
  if (ctx.enqueued.length > 0) await mergeIndex(ctx, { knowledgeBaseId });
  merging += performance.now() - merged;
}
const built = (performance.now() - began) / 1000;
console.log(
  `${chunks} chunks indexed in ${built.toFixed(0)} s, of which ${(merging / 1000).toFixed(0)} s merging`,
);

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
  const times = (values: number[]): string =>
    `${percentile(values, 0.5).toFixed(1)}/${percentile(values, 0.95).toFixed(1)}`;
  console.log(
    `${round} round, ms p50/p95: ${times(total)} (BM25 ${times(lexical)}, dense ${times(dense)}), ` +
      `top ten ${results.digest("hex").slice(0, 10)}`,
  );
}
const additions: number[] = [];
for (let i = 0; i < 50; i++) additions.push(await add(20));
console.log(`20-chunk document added in ${percentile(additions, 0.5).toFixed(1)} ms (p50)`);
await db.close();
