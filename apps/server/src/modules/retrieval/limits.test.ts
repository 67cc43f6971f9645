import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import { inTx } from "../../platform/ctx/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { addToIndex, type CandidateSearch, createIndex, SpaceSwitched, searchIndex } from "./index.ts";
import {
  chunk,
  DIMENSIONS,
  type IndexDriver,
  indexDriver,
  ordinalsOf,
  vectorOf,
} from "./testing/index-driver.ts";
import { testKnowledgeBase } from "./testing/index-world.ts";

let db: Db;
let index: IndexDriver;

beforeAll(async () => {
  db = await openTestDb();
  index = await indexDriver(db);
});
afterAll(async () => {
  await db.close();
});

describe("limits", () => {
  test("another tenant finds nothing, even under the same knowledge base id", async () => {
    const knowledgeBaseId = await index.newIndex();
    await index.add(knowledgeBaseId, [chunk("secret tea")]);
    await index.search(knowledgeBaseId, "secret tea");
    const other = await indexDriver(db);
    const prepared = await index.prepared(knowledgeBaseId, "secret tea");
    const asOther = (search: CandidateSearch) =>
      inTx(other.ctx, (tx) => searchIndex(tx, { knowledgeBaseId, search, limit: 10 }));
    await expect(asOther(prepared)).rejects.toMatchObject({ code: "NOT_FOUND" });
    await testKnowledgeBase(other.ctx, "builtin:test", DIMENSIONS, knowledgeBaseId);
    await expect(asOther(prepared)).rejects.toThrow(SpaceSwitched);
    expect(await other.search(knowledgeBaseId, "secret tea")).toMatchObject({
      candidates: [],
      liveChunks: 0,
    });
    await other.add(knowledgeBaseId, [chunk("public coffee")]);
    // the same version and segment as the first tenant's
    const [found, ...more] = (await other.search(knowledgeBaseId, "secret tea")).candidates;
    expect([found?.scores.bm25, more]).toEqual([null, []]);
    expect(found?.scores.dense).toBeLessThan(0.9);
    expect((await index.search(knowledgeBaseId, "secret")).candidates).toHaveLength(1);
  });

  test("wrong vectors and unknown knowledge bases are refused", async () => {
    const knowledgeBaseId = await index.newIndex();
    const active = await index.spaceOf(knowledgeBaseId);
    const adding = (vectors: number[][], id = knowledgeBaseId, spaceId = active) =>
      inTx(index.ctx, (tx) =>
        addToIndex(tx, { knowledgeBaseId: id, spaceId, texts: [chunk("tea")], vectors }),
      );
    await expect(adding([])).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
    await expect(adding([[1, 2]])).rejects.toThrow("has 40 dimensions, not 2");
    await expect(adding([vectorOf("tea")], newId())).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(adding([vectorOf("tea")], knowledgeBaseId, newId())).rejects.toThrow(SpaceSwitched);
    await expect(
      inTx(index.ctx, (tx) =>
        createIndex(tx, { knowledgeBaseId: newId(), model: "builtin:test", dimensions: 3 }),
      ),
    ).rejects.toThrow();
    expect((await index.search(knowledgeBaseId, "tea")).candidates).toEqual([]);
  });

  test("terms of any length, strange letters and empty texts", async () => {
    const knowledgeBaseId = await index.newIndex();
    const long = "x".repeat(5_000);
    const strange = `${"𝒜".repeat(40)}b`;
    await index.add(knowledgeBaseId, [chunk(long), chunk(""), chunk(strange), chunk("\ud800 \u0000 tea")]);
    for (const [query, ordinal] of [
      [long, 0],
      [strange, 2],
      ["tea", 3],
    ] as const) {
      expect(ordinalsOf(await index.search(knowledgeBaseId, query))[0]).toBe(ordinal);
    }
    expect((await index.search(knowledgeBaseId, "")).candidates.length).toBeGreaterThan(0);
  });
});
