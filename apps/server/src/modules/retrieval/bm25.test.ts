import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import type { Db } from "../../platform/db/index.ts";
import { chunkTerms, queryTerms } from "./analysis.ts";
import { type IndexedText, mergeIndex } from "./index.ts";
import { B, K1 } from "./lexical/bm25.ts";
import { chunk, type IndexDriver, indexDriver, words } from "./testing/index-driver.ts";

let db: Db;
let index: IndexDriver;

beforeAll(async () => {
  db = await openTestDb();
  index = await indexDriver(db);
});
afterAll(async () => {
  await db.close();
});

/** BM25 as the books have it, over the live chunks only. */
function bm25Oracle(live: ReadonlyMap<number, IndexedText>, query: string): Map<number, number> {
  const chunks = new Map([...live].map(([ordinal, text]) => [ordinal, chunkTerms(text)]));
  const lengths = [...chunks.values()].map((terms) => terms.length);
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, chunks.size);
  const scores = new Map<number, number>();
  for (const term of queryTerms(query).terms) {
    const holding = [...chunks].filter(([, terms]) => terms.includes(term));
    const idf = Math.log(1 + (chunks.size - holding.length + 0.5) / (holding.length + 0.5));
    for (const [ordinal, terms] of holding) {
      const count = terms.filter((other) => other === term).length;
      const share = (count * (K1 + 1)) / (count + K1 * (1 - B + (B * terms.length) / average));
      scores.set(ordinal, (scores.get(ordinal) ?? 0) + idf * share);
    }
  }
  return scores;
}

const sentence = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 12 }).map((w) => w.join(" "));
const chunks = fc.array(
  fc.tuple(sentence, sentence).map(([text, title]) => chunk(text, title)),
  { minLength: 1, maxLength: 30 },
);

describe("BM25", () => {
  test("scores are those of the books, after any additions, removals and merges", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(chunks, { minLength: 1, maxLength: 10 }),
        fc.array(fc.nat(150), { maxLength: 40 }),
        fc.boolean(),
        sentence,
        async (batches, removed, merging, query) => {
          const knowledgeBaseId = await index.newIndex();
          const live = new Map<number, IndexedText>();
          for (const batch of batches) {
            const first = await index.add(knowledgeBaseId, batch);
            batch.forEach((text, i) => {
              live.set(first + i, text);
            });
          }
          await index.remove(knowledgeBaseId, removed);
          for (const ordinal of removed) live.delete(ordinal);
          if (merging) await mergeIndex(index.ctx, { knowledgeBaseId });

          const { candidates, liveChunks } = await index.search(knowledgeBaseId, query, 500);
          expect(liveChunks).toBe(live.size);
          const oracle = bm25Oracle(live, query);
          const found = candidates.filter(({ scores }) => scores.bm25 !== null);
          expect(found.map(({ ordinal }) => ordinal).sort()).toEqual([...oracle.keys()].sort());
          for (const { ordinal, scores } of found)
            expect(scores.bm25).toBeCloseTo(oracle.get(ordinal) ?? 0, 9);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("title and headings are found, in the chunk's own language", async () => {
    const knowledgeBaseId = await index.newIndex();
    await index.add(knowledgeBaseId, [
      { text: "Nothing of it.", title: "Batteries", headingPath: ["Charging cables"], language: "en" },
      { text: "Rien ici.", title: "Chargeurs", headingPath: [], language: "fr" },
      chunk("Something else"),
    ]);
    const bm25Of = async (query: string) =>
      (await index.search(knowledgeBaseId, query)).candidates
        .filter(({ scores }) => scores.bm25 !== null)
        .map(({ ordinal }) => ordinal);
    expect(await bm25Of("battery cable")).toEqual([0]);
    expect(await bm25Of("chargeur")).toEqual([1]);
  });
});
