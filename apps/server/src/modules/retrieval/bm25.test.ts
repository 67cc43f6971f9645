import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import type { Db } from "../../platform/db/index.ts";
import { chunkTerms, queryTerms } from "./analysis.ts";
import { type IndexedText, mergeIndex } from "./index.ts";
import { B, HEADINGS_WEIGHT, K1, TITLE_WEIGHT } from "./lexical/bm25.ts";
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

const FIELDS = ["text", "title", "headings"] as const;
const WEIGHTS = { text: 1, title: TITLE_WEIGHT, headings: HEADINGS_WEIGHT };

/** BM25F as the books have it, over the live chunks only; title and headings hold a term once at most. */
function bm25Oracle(live: ReadonlyMap<number, IndexedText>, query: string): Map<number, number> {
  const chunks = new Map([...live].map(([ordinal, text]) => [ordinal, chunkTerms(text)]));
  const average = (field: (typeof FIELDS)[number]): number => {
    const lengths = [...chunks.values()].map((terms) => terms[field].length);
    const counted = field === "text" ? lengths : lengths.filter((length) => length > 0);
    return (
      Math.max(
        1,
        counted.reduce((sum, length) => sum + length, 0),
      ) / Math.max(1, counted.length)
    );
  };
  const averages = { text: average("text"), title: average("title"), headings: average("headings") };
  const scores = new Map<number, number>();
  for (const term of queryTerms(query).terms) {
    const holding = [...chunks].filter(([, terms]) => FIELDS.some((field) => terms[field].includes(term)));
    const idf = Math.log(1 + (chunks.size - holding.length + 0.5) / (holding.length + 0.5));
    for (const [ordinal, terms] of holding) {
      const occurrences = FIELDS.reduce((sum, field) => {
        const count = terms[field].filter((other) => other === term).length;
        const counted = field === "text" ? count : Math.min(1, count);
        return sum + (WEIGHTS[field] * counted) / (1 - B + (B * terms[field].length) / averages[field]);
      }, 0);
      scores.set(ordinal, (scores.get(ordinal) ?? 0) + (idf * (K1 + 1) * occurrences) / (K1 + occurrences));
    }
  }
  return scores;
}

const sentence = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 12 }).map((w) => w.join(" "));
const chunks = fc.array(
  fc
    .tuple(sentence, fc.option(sentence), fc.array(sentence, { maxLength: 2 }))
    .map(([text, title, headingPath]) => ({ ...chunk(text, title ?? ""), headingPath })),
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

          const { candidates, fields, liveChunks } = await index.search(knowledgeBaseId, query, 500);
          expect(liveChunks).toBe(live.size);
          const oracle = bm25Oracle(live, query);
          const found = candidates.filter(({ scores }) => scores.bm25 !== null);
          expect(found.map(({ ordinal }) => ordinal).sort()).toEqual([...oracle.keys()].sort());
          for (const { ordinal, scores } of found)
            expect(scores.bm25).toBeCloseTo(oracle.get(ordinal) ?? 0, 9);
          for (const { ordinal, scores } of found) {
            const { text, title, headings } = fields.get(ordinal) ?? { text: 0, title: 0, headings: 0 };
            expect(text + title + headings).toBeCloseTo(scores.bm25 ?? 0, 9);
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  test("a word in the title weighs more than in the text, and the score says which field it is of", async () => {
    const knowledgeBaseId = await index.newIndex();
    await index.add(knowledgeBaseId, [
      chunk("parcel ship late", "order"),
      chunk("order ship late", "parcel"),
      { ...chunk("tea ship late", "card"), headingPath: ["order", "blue order"] },
      chunk("tea card blue", "invoice"),
    ]);
    const { candidates, fields } = await index.search(knowledgeBaseId, "order");
    const found = candidates.filter(({ scores }) => scores.bm25 !== null).map(({ ordinal }) => ordinal);
    expect([...found].sort()).toEqual([0, 1, 2]);
    expect(found.indexOf(0)).toBeLessThan(found.indexOf(1));
    expect(fields.get(0)).toMatchObject({ text: 0, headings: 0 });
    expect(fields.get(0)?.title).toBeGreaterThan(0);
    expect(fields.get(1)).toMatchObject({ title: 0, headings: 0 });
    expect(fields.get(2)?.headings).toBeGreaterThan(0);
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
