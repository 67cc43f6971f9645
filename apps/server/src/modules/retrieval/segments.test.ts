import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import { inTx } from "../../platform/ctx/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { queryTerms } from "./analysis.ts";
import { normalised } from "./dense/vectors.ts";
import { mergeIndex, mergeQueue, searchIndex } from "./index.ts";
import { chunk, type IndexDriver, indexDriver, ordinalsOf, vectorOf, words } from "./testing/index-driver.ts";

let db: Db;
let index: IndexDriver;

beforeAll(async () => {
  db = await openTestDb();
  index = await indexDriver(db);
});
afterAll(async () => {
  await db.close();
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
    return Promise.all(queries.map(async (query) => (await index.search(knowledgeBaseId, query)).candidates));
  }

  test("one by one, in one batch, merged or not, with removals", async () => {
    const single = await index.newIndex();
    for (const text of corpus) await index.add(single, [text]);
    const batch = await index.newIndex();
    await index.add(batch, corpus);
    const before = await results(batch);
    expect(before.every((candidates) => candidates.length === 10)).toBe(true);
    expect(await results(single)).toEqual(before);

    await index.remove(single, removed);
    await index.remove(batch, removed);
    const after = await results(batch);
    expect(after).not.toEqual(before);
    expect(await results(single)).toEqual(after);

    await mergeIndex(index.ctx, { knowledgeBaseId: single });
    const segments = await inTx(index.ctx, ({ tx }) =>
      tx.execute(sql`select 1 from search_segments where knowledge_base_id = ${single}`),
    );
    expect(segments.rowCount).toBeLessThan(20);
    expect(await results(single)).toEqual(after);
  });

  test("the ten best by vector are found by sketch and exact comparison", async () => {
    const knowledgeBaseId = await index.newIndex();
    await index.add(knowledgeBaseId, corpus);
    const { candidates } = await index.search(knowledgeBaseId, "nothing known");
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
    const knowledgeBaseId = await index.newIndex();
    const many = Array.from({ length: 4_200 }, (_, i) => chunk(`word${i % 50} item${i}`));
    await index.add(knowledgeBaseId, many);
    expect(index.ctx.enqueued.at(-1)).toEqual({
      queue: mergeQueue.name,
      data: { tenantId: index.ctx.tenantId, knowledgeBaseId },
    });
    const before = await results(knowledgeBaseId);
    await mergeIndex(index.ctx, { knowledgeBaseId });
    const stored = await inTx(index.ctx, ({ tx }) => tx.execute(sql`select block from vector_sketches`));
    expect(stored.rows).toEqual([{ block: 0 }]);
    expect(await results(knowledgeBaseId)).toEqual(before);
    const elsewhere = { ...db }; // another process: the same database, nothing remembered
    const dense = { spaceId: await index.spaceOf(knowledgeBaseId), vector: vectorOf(many[4100]?.text ?? "") };
    const prepared = { ...queryTerms("item4100"), dense: { ...dense, vector: normalised(dense.vector) } };
    const found = await inTx({ ...index.ctx, db: elsewhere }, (tx) =>
      searchIndex(tx, { knowledgeBaseId, search: prepared, limit: 3 }),
    );
    expect(ordinalsOf(found)[0]).toBe(4100);
    expect(found.candidates[0]?.scores.dense).toBeCloseTo(1, 3);
  });
});
