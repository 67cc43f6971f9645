import { sql } from "drizzle-orm";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import { inTx } from "../../platform/ctx/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { chunkTerms, queryTerms } from "./analysis.ts";
import { normalised } from "./dense/vectors.ts";
import {
  addToIndex,
  createIndex,
  type IndexedText,
  mergeIndex,
  mergeQueue,
  removeFromIndex,
  type SearchResult,
  searchIndex,
} from "./index.ts";
import { B, K1 } from "./lexical/bm25.ts";
import { type IndexTestContext, testKnowledgeBase, testTenant } from "./testing/index-world.ts";

const DIMENSIONS = 40;
let db: Db;
let ctx: IndexTestContext;

beforeAll(async () => {
  db = await openTestDb();
  ctx = await testTenant(db);
});
afterAll(async () => {
  await db.close();
});

const chunk = (text: string, title = ""): IndexedText => ({ text, title, headingPath: [], language: "en" });

/** A direction of a text's own: the same text always has the same. */
function vectorOf(text: string): number[] {
  let state = 0x811c9dc5;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return Array.from({ length: DIMENSIONS }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return (state >>> 0) / 2 ** 31 - 1;
  });
}

const newIndex = (of: IndexTestContext = ctx): Promise<string> =>
  testKnowledgeBase(of, "builtin:test", DIMENSIONS);

async function add(
  knowledgeBaseId: string,
  texts: IndexedText[],
  of: IndexTestContext = ctx,
): Promise<number> {
  const vectors = texts.map(({ text }) => vectorOf(text));
  const added = await inTx(of, (tx) => addToIndex({ ...of, ...tx }, { knowledgeBaseId, texts, vectors }));
  return added.firstOrdinal;
}

async function remove(knowledgeBaseId: string, ordinals: number[]): Promise<void> {
  await inTx(ctx, (tx) => removeFromIndex({ ...ctx, ...tx }, { knowledgeBaseId, ordinals }));
}

async function search(knowledgeBaseId: string, query: string, limit = 10): Promise<SearchResult> {
  const prepared = { ...queryTerms(query), queryVector: normalised(vectorOf(query)) };
  return inTx(ctx, (tx) => searchIndex(tx, { knowledgeBaseId, search: prepared, limit }));
}

const ordinalsOf = ({ candidates }: SearchResult): number[] => candidates.map(({ ordinal }) => ordinal);

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

const words = ["refund", "order", "tea", "parcel", "invoice", "card", "café", "late", "blue", "ship"];
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
          const knowledgeBaseId = await newIndex();
          const live = new Map<number, IndexedText>();
          for (const batch of batches) {
            const first = await add(knowledgeBaseId, batch);
            batch.forEach((text, i) => {
              live.set(first + i, text);
            });
          }
          await remove(knowledgeBaseId, removed);
          for (const ordinal of removed) live.delete(ordinal);
          if (merging) await mergeIndex(ctx, { knowledgeBaseId });

          const { candidates, liveChunks } = await search(knowledgeBaseId, query, 500);
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
    const knowledgeBaseId = await newIndex();
    await add(knowledgeBaseId, [
      { text: "Nothing of it.", title: "Batteries", headingPath: ["Charging cables"], language: "en" },
      { text: "Rien ici.", title: "Chargeurs", headingPath: [], language: "fr" },
      chunk("Something else"),
    ]);
    const bm25Of = async (query: string) =>
      (await search(knowledgeBaseId, query)).candidates
        .filter(({ scores }) => scores.bm25 !== null)
        .map(({ ordinal }) => ordinal);
    expect(await bm25Of("battery cable")).toEqual([0]);
    expect(await bm25Of("chargeur")).toEqual([1]);
  });
});

describe("one result, whatever the segments", () => {
  const corpus = Array.from({ length: 300 }, (_, i) =>
    chunk(
      Array.from({ length: 4 + (i % 9) }, (_, j) => words[(i * 7 + j * j + i * j) % words.length]).join(" "),
    ),
  );
  const queries = ["refund order", "late blue parcel", "tea", "nothing known", "café card invoice ship"];
  const removed = [0, 7, 8, 9, 55, 120, 121, 122, 299];

  async function results(knowledgeBaseId: string) {
    return Promise.all(queries.map(async (query) => (await search(knowledgeBaseId, query)).candidates));
  }

  test("one by one, in one batch, merged or not, with removals", async () => {
    const single = await newIndex();
    for (const text of corpus) await add(single, [text]);
    const batch = await newIndex();
    await add(batch, corpus);
    const before = await results(batch);
    expect(before.every((candidates) => candidates.length === 10)).toBe(true);
    expect(await results(single)).toEqual(before);

    await remove(single, removed);
    await remove(batch, removed);
    const after = await results(batch);
    expect(after).not.toEqual(before);
    expect(await results(single)).toEqual(after);

    await mergeIndex(ctx, { knowledgeBaseId: single });
    const segments = await inTx(ctx, ({ tx }) =>
      tx.execute(sql`select 1 from search_segments where knowledge_base_id = ${single}`),
    );
    expect(segments.rowCount).toBeLessThan(20);
    expect(await results(single)).toEqual(after);
  });

  test("the ten best by vector are found by sketch and exact comparison", async () => {
    const knowledgeBaseId = await newIndex();
    await add(knowledgeBaseId, corpus);
    const { candidates } = await search(knowledgeBaseId, "nothing known");
    const query = vectorOf("nothing known");
    const cosine = (a: number[], b: number[]): number =>
      a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0) / (Math.hypot(...a) * Math.hypot(...b));
    const exact = corpus
      .map(({ text }, ordinal) => ({ ordinal, score: cosine(query, vectorOf(text)) }))
      .sort((a, b) => b.score - a.score);
    candidates.forEach(({ scores }, place) => {
      expect(scores.dense).toBeCloseTo(exact[place]?.score ?? 0, 2); // 16-bit floats
    });
  });

  test("past a whole block of sketches, stored or not", async () => {
    const knowledgeBaseId = await newIndex();
    const many = Array.from({ length: 4_200 }, (_, i) => chunk(`word${i % 50} item${i}`));
    await add(knowledgeBaseId, many);
    expect(ctx.enqueued.at(-1)).toEqual({
      queue: mergeQueue.name,
      data: { tenantId: ctx.tenantId, knowledgeBaseId },
    });
    const before = await results(knowledgeBaseId);
    await mergeIndex(ctx, { knowledgeBaseId });
    const stored = await inTx(ctx, ({ tx }) => tx.execute(sql`select block from vector_sketches`));
    expect(stored.rows).toEqual([{ block: 0 }]);
    expect(await results(knowledgeBaseId)).toEqual(before);
    const elsewhere = { ...db }; // another process: the same database, nothing remembered
    const prepared = { ...queryTerms("item4100"), queryVector: normalised(vectorOf(many[4100]?.text ?? "")) };
    const found = await inTx({ ...ctx, db: elsewhere }, (tx) =>
      searchIndex(tx, { knowledgeBaseId, search: prepared, limit: 3 }),
    );
    expect(ordinalsOf(found)[0]).toBe(4100);
    expect(found.candidates[0]?.scores.dense).toBeCloseTo(1, 3);
  });
});

describe("removal", () => {
  test("removed chunks are gone at once, and may be removed again", async () => {
    const knowledgeBaseId = await newIndex();
    await add(knowledgeBaseId, [chunk("blue tea"), chunk("green tea"), chunk("black tea")]);
    expect(ordinalsOf(await search(knowledgeBaseId, "tea"))).toHaveLength(3);
    await remove(knowledgeBaseId, [1, 1, 77]);
    await remove(knowledgeBaseId, [1]);
    const after = await search(knowledgeBaseId, "tea");
    expect([ordinalsOf(after).sort(), after.liveChunks]).toEqual([[0, 2], 2]);
  });

  test("a segment without live chunks is dropped by a merge; its ordinals are not given out again", async () => {
    const knowledgeBaseId = await newIndex();
    await add(knowledgeBaseId, [chunk("blue tea"), chunk("green tea")]);
    await remove(knowledgeBaseId, [0, 1]);
    expect(ctx.enqueued.at(-1)?.data).toEqual({ tenantId: ctx.tenantId, knowledgeBaseId });
    await mergeIndex(ctx, { knowledgeBaseId });
    await remove(knowledgeBaseId, [0]);
    for (const table of ["search_segments", "search_postings", "search_deletions"]) {
      const rows = await inTx(ctx, ({ tx }) =>
        tx.execute(sql`select 1 from ${sql.identifier(table)} where knowledge_base_id = ${knowledgeBaseId}`),
      );
      expect([table, rows.rowCount]).toEqual([table, 0]);
    }
    expect((await search(knowledgeBaseId, "tea")).candidates).toEqual([]);
    expect(await add(knowledgeBaseId, [chunk("new tea")])).toBe(2);
    expect(ordinalsOf(await search(knowledgeBaseId, "tea"))).toEqual([2]);
  });
});

describe("transactions", () => {
  test("what was rolled back is neither found nor remembered", async () => {
    const knowledgeBaseId = await newIndex();
    await add(knowledgeBaseId, [chunk("old tea")]);
    const prepared = { ...queryTerms("tea"), queryVector: normalised(vectorOf("tea")) };
    await expect(
      inTx(ctx, async (tx) => {
        const texts = [chunk("tea that never was"), chunk("more of it, tea")];
        const vectors = texts.map(({ text }) => vectorOf(text));
        await addToIndex({ ...ctx, ...tx }, { knowledgeBaseId, texts, vectors });
        const inside = await searchIndex(tx, { knowledgeBaseId, search: prepared, limit: 10 });
        expect(inside.liveChunks).toBe(3);
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(ordinalsOf(await search(knowledgeBaseId, "tea"))).toEqual([0]);
    await add(knowledgeBaseId, [chunk("other words")]); // the same segment number and version again
    const after = await search(knowledgeBaseId, "never");
    expect(after.candidates.every(({ scores }) => scores.bm25 === null)).toBe(true);
    expect(after.liveChunks).toBe(2);
  });

  test("additions at the same time give every chunk an ordinal of its own, without gaps", async () => {
    const knowledgeBaseId = await newIndex();
    const sizes = [3, 1, 4, 1, 5, 9, 2, 6];
    const firsts = await Promise.all(
      sizes.map((size, i) =>
        add(
          knowledgeBaseId,
          Array.from({ length: size }, (_, j) => chunk(`tea ${i} ${j}`)),
        ),
      ),
    );
    const given = firsts.flatMap((first, i) => Array.from({ length: sizes[i] ?? 0 }, (_, j) => first + j));
    expect(given.sort((a, b) => a - b)).toEqual(Array.from({ length: 31 }, (_, i) => i));
    expect((await search(knowledgeBaseId, "tea", 50)).candidates).toHaveLength(31);
  });

  test("searches during additions, removals and merges see whole states", async () => {
    const knowledgeBaseId = await newIndex();
    await add(knowledgeBaseId, [chunk("anchor tea")]);
    const writing = (async () => {
      for (let i = 0; i < 30; i++) {
        const first = await add(knowledgeBaseId, [chunk("tea one"), chunk("tea two")]);
        if (i % 3 === 0) await remove(knowledgeBaseId, [first, first + 1]);
        if (i % 5 === 0) await mergeIndex(ctx, { knowledgeBaseId });
      }
    })();
    for (let i = 0; i < 40; i++) {
      const { candidates, liveChunks } = await search(knowledgeBaseId, "tea", 100);
      expect(candidates.filter(({ scores }) => scores.bm25 !== null)).toHaveLength(liveChunks);
      expect(liveChunks % 2).toBe(1);
    }
    await writing;
  });
});

describe("limits", () => {
  test("another tenant finds nothing, even under the same knowledge base id", async () => {
    const knowledgeBaseId = await newIndex();
    await add(knowledgeBaseId, [chunk("secret tea")]);
    await search(knowledgeBaseId, "secret tea");
    const other = await testTenant(db);
    const prepared = { ...queryTerms("secret tea"), queryVector: normalised(vectorOf("secret tea")) };
    const asOther = () =>
      inTx(other, (tx) => searchIndex(tx, { knowledgeBaseId, search: prepared, limit: 10 }));
    await expect(asOther()).rejects.toMatchObject({ code: "NOT_FOUND" });
    await testKnowledgeBase(other, "builtin:test", DIMENSIONS, knowledgeBaseId);
    expect(await asOther()).toMatchObject({ candidates: [], liveChunks: 0 });
    await add(knowledgeBaseId, [chunk("public coffee")], other);
    const [found, ...more] = (await asOther()).candidates; // the same version and segment as the first tenant's
    expect([found?.scores.bm25, more]).toEqual([null, []]);
    expect(found?.scores.dense).toBeLessThan(0.9);
    expect((await search(knowledgeBaseId, "secret")).candidates).toHaveLength(1);
  });

  test("wrong vectors and unknown knowledge bases are refused", async () => {
    const knowledgeBaseId = await newIndex();
    const adding = (vectors: number[][], id = knowledgeBaseId) =>
      inTx(ctx, (tx) =>
        addToIndex({ ...ctx, ...tx }, { knowledgeBaseId: id, texts: [chunk("tea")], vectors }),
      );
    await expect(adding([])).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
    await expect(adding([[1, 2]])).rejects.toThrow("has 40 dimensions, not 2");
    await expect(adding([vectorOf("tea")], newId())).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(
      inTx(ctx, (tx) => createIndex(tx, { knowledgeBaseId: newId(), model: "builtin:test", dimensions: 3 })),
    ).rejects.toThrow();
    expect((await search(knowledgeBaseId, "tea")).candidates).toEqual([]);
  });

  test("terms of any length, strange letters and empty texts", async () => {
    const knowledgeBaseId = await newIndex();
    const long = "x".repeat(5_000);
    const strange = `${"𝒜".repeat(40)}b`;
    await add(knowledgeBaseId, [chunk(long), chunk(""), chunk(strange), chunk("\ud800 \u0000 tea")]);
    for (const [query, ordinal] of [
      [long, 0],
      [strange, 2],
      ["tea", 3],
    ] as const) {
      expect(ordinalsOf(await search(knowledgeBaseId, query))[0]).toBe(ordinal);
    }
    expect((await search(knowledgeBaseId, "")).candidates.length).toBeGreaterThan(0);
  });
});
