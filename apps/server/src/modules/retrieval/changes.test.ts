import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import { inTx } from "../../platform/ctx/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { addToIndex, mergeIndex, searchIndex } from "./index.ts";
import { chunk, type IndexDriver, indexDriver, ordinalsOf, vectorOf } from "./testing/index-driver.ts";

let db: Db;
let index: IndexDriver;

beforeAll(async () => {
  db = await openTestDb();
  index = await indexDriver(db);
});
afterAll(async () => {
  await db.close();
});

describe("removal", () => {
  test("removed chunks are gone at once, and may be removed again", async () => {
    const knowledgeBaseId = await index.newIndex();
    await index.add(knowledgeBaseId, [chunk("blue tea"), chunk("green tea"), chunk("black tea")]);
    expect(ordinalsOf(await index.search(knowledgeBaseId, "tea"))).toHaveLength(3);
    await index.remove(knowledgeBaseId, [1, 1, 77]);
    await index.remove(knowledgeBaseId, [1]);
    const after = await index.search(knowledgeBaseId, "tea");
    expect([ordinalsOf(after).sort(), after.liveChunks]).toEqual([[0, 2], 2]);
  });

  test("a segment without live chunks is dropped by a merge; its ordinals are not given out again", async () => {
    const knowledgeBaseId = await index.newIndex();
    await index.add(knowledgeBaseId, [chunk("blue tea"), chunk("green tea")]);
    await index.remove(knowledgeBaseId, [0, 1]);
    expect(index.ctx.enqueued.at(-1)?.data).toEqual({ tenantId: index.ctx.tenantId, knowledgeBaseId });
    await mergeIndex(index.ctx, { knowledgeBaseId });
    await index.remove(knowledgeBaseId, [0]);
    for (const table of ["search_segments", "search_postings", "search_deletions"]) {
      const rows = await inTx(index.ctx, ({ tx }) =>
        tx.execute(sql`select 1 from ${sql.identifier(table)} where knowledge_base_id = ${knowledgeBaseId}`),
      );
      expect([table, rows.rowCount]).toEqual([table, 0]);
    }
    expect((await index.search(knowledgeBaseId, "tea")).candidates).toEqual([]);
    expect(await index.add(knowledgeBaseId, [chunk("new tea")])).toBe(2);
    expect(ordinalsOf(await index.search(knowledgeBaseId, "tea"))).toEqual([2]);
  });
});

describe("transactions", () => {
  test("what was rolled back is neither found nor remembered", async () => {
    const knowledgeBaseId = await index.newIndex();
    await index.add(knowledgeBaseId, [chunk("old tea")]);
    const prepared = await index.prepared(knowledgeBaseId, "tea");
    const spaceId = await index.spaceOf(knowledgeBaseId);
    await expect(
      inTx(index.ctx, async (tx) => {
        const texts = [chunk("tea that never was"), chunk("more of it, tea")];
        const vectors = texts.map(({ text }) => vectorOf(text));
        await addToIndex(tx, { knowledgeBaseId, spaceId, texts, vectors });
        const inside = await searchIndex(tx, { knowledgeBaseId, search: prepared, limit: 10 });
        expect(inside.liveChunks).toBe(3);
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    expect(ordinalsOf(await index.search(knowledgeBaseId, "tea"))).toEqual([0]);
    await index.add(knowledgeBaseId, [chunk("other words")]); // the same segment number and version again
    const after = await index.search(knowledgeBaseId, "never");
    expect(after.candidates.every(({ scores }) => scores.bm25 === null)).toBe(true);
    expect(after.liveChunks).toBe(2);
  });

  test("additions at the same time give every chunk an ordinal of its own, without gaps", async () => {
    const knowledgeBaseId = await index.newIndex();
    const sizes = [3, 1, 4, 1, 5, 9, 2, 6];
    const firsts = await Promise.all(
      sizes.map((size, i) =>
        index.add(
          knowledgeBaseId,
          Array.from({ length: size }, (_, j) => chunk(`tea ${i} ${j}`)),
        ),
      ),
    );
    const given = firsts.flatMap((first, i) => Array.from({ length: sizes[i] ?? 0 }, (_, j) => first + j));
    expect(given.sort((a, b) => a - b)).toEqual(Array.from({ length: 31 }, (_, i) => i));
    expect((await index.search(knowledgeBaseId, "tea", 50)).candidates).toHaveLength(31);
  });

  test("searches during additions, removals and merges see whole states", async () => {
    const knowledgeBaseId = await index.newIndex();
    await index.add(knowledgeBaseId, [chunk("anchor tea")]);
    const writing = (async () => {
      for (let i = 0; i < 30; i++) {
        const first = await index.add(knowledgeBaseId, [chunk("tea one"), chunk("tea two")]);
        if (i % 3 === 0) await index.remove(knowledgeBaseId, [first, first + 1]);
        if (i % 5 === 0) await mergeIndex(index.ctx, { knowledgeBaseId });
      }
    })();
    for (let i = 0; i < 40; i++) {
      const { candidates, liveChunks } = await index.search(knowledgeBaseId, "tea", 100);
      expect(candidates.filter(({ scores }) => scores.bm25 !== null)).toHaveLength(liveChunks);
      expect(liveChunks % 2).toBe(1);
    }
    await writing;
  });
});
