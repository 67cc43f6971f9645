import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import { inTx } from "../../platform/ctx/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { Caches } from "./caches.ts";
import { type IndexedText, mergeIndex, outdatedIndexes, renewIndex } from "./index.ts";
import { withSnapshot } from "./lexical/snapshot.ts";
import { writeAsFirstRelease } from "./testing/first-release.ts";
import { chunk, type IndexDriver, indexDriver, ordinalsOf } from "./testing/index-driver.ts";

let db: Db;
let index: IndexDriver;

beforeAll(async () => {
  db = await openTestDb();
  index = await indexDriver(db);
});
afterAll(async () => {
  await db.close();
});

const batches: IndexedText[][] = [
  [chunk("parcel ship late", "order"), chunk("order ship order", "parcel")],
  [{ ...chunk("tea ship blue", "card"), headingPath: ["order late"] }, chunk("tea card", "invoice")],
  [chunk("late order", "tea"), chunk("blue")],
];
const texts = batches.flat();

async function filled(): Promise<string> {
  const knowledgeBaseId = await index.newIndex();
  for (const batch of batches) await index.add(knowledgeBaseId, batch);
  return knowledgeBaseId;
}

const segmentsOf = (knowledgeBaseId: string) =>
  inTx(index.ctx, (tx) => withSnapshot(tx, new Caches(), knowledgeBaseId, async ({ segments }) => segments));

/** The first two segments as the first release wrote them; the third is of this one. */
async function filledLongAgo(): Promise<string> {
  const knowledgeBaseId = await filled();
  const [first, second] = await segmentsOf(knowledgeBaseId);
  if (!first || !second) throw new Error("There are three segments.");
  await writeAsFirstRelease(index.ctx, knowledgeBaseId, first, batches[0] ?? []);
  await writeAsFirstRelease(index.ctx, knowledgeBaseId, second, batches[1] ?? []);
  return knowledgeBaseId;
}

const textsOf = async (_tx: unknown, ordinals: number[]) =>
  new Map(ordinals.flatMap((ordinal) => (texts[ordinal] ? [[ordinal, texts[ordinal]] as const] : [])));

async function renewAll(knowledgeBaseId: string): Promise<number> {
  let renewed = 0;
  while (await renewIndex(index.ctx, { knowledgeBaseId, textsOf })) renewed++;
  return renewed;
}

const queries = ["order", "late order", "tea card", "blue"];
const resultsOf = async (knowledgeBaseId: string) =>
  Promise.all(queries.map(async (query) => (await index.search(knowledgeBaseId, query)).candidates));

test("an index of the first release is searched as it is, beside chunks of this one", async () => {
  const knowledgeBaseId = await filledLongAgo();
  const found = await index.search(knowledgeBaseId, "order");
  const byWords = found.candidates.filter(({ scores }) => scores.bm25 !== null);
  expect(byWords.map(({ ordinal }) => ordinal).sort()).toEqual([0, 1, 2, 4]);
  expect(found.liveChunks).toBe(6);
  expect(found.frequencies.get("order")).toBe(4);
  // in it, nothing tells the title from the text
  expect(found.fields.get(0)).toMatchObject({ title: 0, headings: 0 });
});

test("renewed, it finds what an index of this release finds, with the same scores", async () => {
  const knowledgeBaseId = await filledLongAgo();
  expect(await outdatedIndexes(db)).toContainEqual({ tenantId: index.ctx.tenantId, knowledgeBaseId });
  expect(await renewAll(knowledgeBaseId)).toBe(2);
  expect(await outdatedIndexes(db)).not.toContainEqual({ tenantId: index.ctx.tenantId, knowledgeBaseId });
  expect(await resultsOf(knowledgeBaseId)).toEqual(await resultsOf(await filled()));
});

test("what was removed stays gone, before, during and after", async () => {
  const knowledgeBaseId = await filledLongAgo();
  const fresh = await filled();
  for (const id of [knowledgeBaseId, fresh]) await index.remove(id, [1]);
  expect(ordinalsOf(await index.search(knowledgeBaseId, "parcel"))).not.toContain(1);
  await renewIndex(index.ctx, {
    knowledgeBaseId,
    textsOf: async (tx, ordinals) => {
      expect(ordinals).toEqual([0]);
      return textsOf(tx, ordinals);
    },
  });
  for (const id of [knowledgeBaseId, fresh]) await index.remove(id, [0]);
  await renewAll(knowledgeBaseId);
  expect(await resultsOf(knowledgeBaseId)).toEqual(await resultsOf(fresh));
});

test("segments are merged once all are of this release, not before", async () => {
  const knowledgeBaseId = await filledLongAgo();
  for (let i = 0; i < 8; i++) await index.add(knowledgeBaseId, [chunk("tea")]);
  await mergeIndex(index.ctx, { knowledgeBaseId });
  expect(await segmentsOf(knowledgeBaseId)).toHaveLength(11);
  index.ctx.enqueued.length = 0;
  await renewAll(knowledgeBaseId);
  expect(index.ctx.enqueued).toContainEqual({
    queue: "retrieval.merge",
    data: { tenantId: index.ctx.tenantId, knowledgeBaseId },
  });
  await mergeIndex(index.ctx, { knowledgeBaseId });
  expect((await segmentsOf(knowledgeBaseId)).length).toBeLessThan(5);
});

test("there is nothing to do for an index of this release, nor for one that is gone", async () => {
  expect(await renewAll(await filled())).toBe(0);
  expect(await renewAll("00000000-0000-4000-8000-000000000000")).toBe(0);
});
