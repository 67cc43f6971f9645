/*
 * Quality and speed of search, through the module's own door, and of other engines in the same run.
 *
 *   node bench/retrieval/run.ts [--peers] [collection …]     TEST_DATABASE_URL for PostgreSQL, else embedded
 */
import { HashEmbeddingModel } from "../../apps/server/src/connectors/builtin/index.ts";
import {
  activeSpace,
  addToIndex,
  embedTexts,
  mergeIndex,
  prepareQuery,
  rerankPassages,
  searchIndex,
  type VectorSpace,
} from "../../apps/server/src/modules/retrieval/index.ts";
import {
  type IndexTestContext,
  testKnowledgeBase,
  testTenant,
} from "../../apps/server/src/modules/retrieval/testing/index-world.ts";
import { inTx } from "../../apps/server/src/platform/ctx/index.ts";
import type { Db } from "../../apps/server/src/platform/db/index.ts";
import { detectLanguage, type Language } from "../../apps/server/src/platform/text/index.ts";
import { openTestDb } from "../../tests/harness/database.ts";
import { COLLECTIONS, type Collection, ndcg10, percentile, readCollection } from "./collections.ts";
import { installPeers, openPeers } from "./peers.ts";

const embedding = new HashEmbeddingModel();
const CHUNKS_A_DOCUMENT = 20;
/** As `searchKnowledge` looks at. */
const LOOKED_AT = 50;

async function index(
  ctx: IndexTestContext,
  { documents }: Collection,
): Promise<{ knowledgeBaseId: string; space: VectorSpace }> {
  const knowledgeBaseId = await testKnowledgeBase(ctx, "builtin:lexical-512", 512);
  const space = await inTx(ctx, (tx) => activeSpace(tx, knowledgeBaseId));
  for (let start = 0; start < documents.length; start += CHUNKS_A_DOCUMENT) {
    const part = documents.slice(start, start + CHUNKS_A_DOCUMENT);
    const { vectors } = await embedTexts(
      embedding,
      part.map(({ title, text }) => `${title}\n${text}`),
    );
    const texts = part.map(({ title, text }) => ({
      title,
      text,
      headingPath: [],
      language: detectLanguage(`${title}\n${text}`),
    }));
    ctx.enqueued.length = 0;
    await inTx(ctx, (tx) =>
      addToIndex({ ...ctx, ...tx }, { knowledgeBaseId, spaceId: space.id, texts, vectors }),
    );
    if (ctx.enqueued.length > 0) await mergeIndex(ctx, { knowledgeBaseId });
  }
  return { knowledgeBaseId, space };
}

async function measure(ctx: IndexTestContext, collection: Collection) {
  const began = performance.now();
  const { knowledgeBaseId, space } = await index(ctx, collection);
  const indexMs = performance.now() - began;
  const languages = collection.documents.map(({ title, text }) => detectLanguage(`${title}\n${text}`));
  const sums = { bm25: 0, dense: 0, hybrid: 0, reranked: 0 };
  const searchMs: number[] = [];
  const rerankMs: number[] = [];
  for (const { text, gains } of collection.queries) {
    const started = performance.now();
    const search = await prepareQuery({ space, model: embedding }, text);
    const { candidates, ...found } = await inTx(ctx, (tx) =>
      searchIndex(tx, { knowledgeBaseId, search, limit: LOOKED_AT }),
    );
    const searched = performance.now();
    const passages = candidates.map(({ ordinal, scores }) => ({
      ordinal,
      title: collection.documents[ordinal]?.title ?? "",
      text: collection.documents[ordinal]?.text ?? "",
      language: languages[ordinal] ?? "other",
      headingPath: [],
      fused: scores.fused,
    }));
    const reranked = await rerankPassages(null, { text, language: search.language, ...found }, passages, 10);
    rerankMs.push(performance.now() - searched);
    searchMs.push(searched - started);

    const leg = (of: "bm25" | "dense"): number[] =>
      candidates
        .filter(({ scores }) => scores[of] !== null)
        .sort((a, b) => (b.scores[of] ?? 0) - (a.scores[of] ?? 0) || a.ordinal - b.ordinal)
        .map(({ ordinal }) => ordinal);
    sums.bm25 += ndcg10(leg("bm25"), gains);
    sums.dense += ndcg10(leg("dense"), gains);
    sums.hybrid += ndcg10(
      candidates.map(({ ordinal }) => ordinal),
      gains,
    );
    sums.reranked += ndcg10(
      reranked.map(({ ordinal }) => ordinal),
      gains,
    );
  }
  const mean = (sum: number): string => (sum / collection.queries.length).toFixed(4);
  return {
    bm25: mean(sums.bm25),
    dense: mean(sums.dense),
    hybrid: mean(sums.hybrid),
    reranked: mean(sums.reranked),
    searchMs: `${percentile(searchMs, 0.5).toFixed(1)}/${percentile(searchMs, 0.95).toFixed(1)}`,
    rerankMs: `${percentile(rerankMs, 0.5).toFixed(1)}/${percentile(rerankMs, 0.95).toFixed(1)}`,
    buildMs: (indexMs / collection.documents.length).toFixed(2),
  };
}

/** The same queries by other engines: nDCG@10, milliseconds a query, milliseconds of building a document. */
async function measurePeers(db: Db, collection: Collection): Promise<Record<string, object>> {
  const texts = collection.documents.map(({ title, text }) => `${title}\n${text}`);
  const rows: Record<string, object> = {};
  for (const peer of await openPeers(languageOf(texts), db)) {
    const began = performance.now();
    await peer.add(texts, 0);
    await peer.finish();
    const buildMs = performance.now() - began;
    const searchMs: number[] = [];
    let sum = 0;
    for (const { text, gains } of collection.queries) {
      const started = performance.now();
      const found = await peer.search(text);
      searchMs.push(performance.now() - started);
      sum += ndcg10(found, gains);
    }
    await peer.close();
    rows[`  ${peer.name}`] = {
      reranked: (sum / collection.queries.length).toFixed(4),
      searchMs: `${percentile(searchMs, 0.5).toFixed(1)}/${percentile(searchMs, 0.95).toFixed(1)}`,
      buildMs: (buildMs / texts.length).toFixed(2),
    };
  }
  return rows;
}

/** That of most of the texts. */
function languageOf(texts: readonly string[]): Language {
  const counts = new Map<Language, number>();
  for (const text of texts) {
    const language = detectLanguage(text);
    counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most), ["en", 0])[0];
}

const withPeers = process.argv.includes("--peers");
if (withPeers) await installPeers();
const db = await openTestDb();
const ctx = await testTenant(db);
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
for (const { name, kind, best } of COLLECTIONS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const collection = readCollection(name, kind);
  if (!collection) continue;
  const table: Record<string, object> = {};
  table[name] = { published: best, ...(await measure(ctx, collection)) };
  if (withPeers) {
    for (const [peer, row] of Object.entries(await measurePeers(db, collection))) table[peer] = row;
  }
  console.table(table);
}
if (!withPeers)
  console.log("With --peers, other engines are measured beside it (installed into bench/peers).");
await db.close();
