import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestDb } from "../../../../../../tests/harness/database.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import { Caches } from "../caches.ts";
import { activeSpace, addToIndex, mergeIndex } from "../index.ts";
import { type IndexTestContext, testKnowledgeBase, testTenant } from "../testing/index-world.ts";
import { scoreLexically } from "./search.ts";
import { type IndexSnapshot, withSnapshot } from "./snapshot.ts";

let db: Db;
let ctx: IndexTestContext;
let knowledgeBaseId: string;

beforeAll(async () => {
  db = await openTestDb();
  ctx = await testTenant(db);
  knowledgeBaseId = await testKnowledgeBase(ctx, "builtin:test", 2);
});
afterAll(async () => {
  await db.close();
});

async function addEight(): Promise<void> {
  const { id: spaceId } = await inTx(ctx, (tx) => activeSpace(tx, knowledgeBaseId));
  for (let i = 0; i < 8; i++) {
    const texts = [{ text: `tea ${i}`, title: "", headingPath: [], language: "en" }];
    await inTx(ctx, (tx) => addToIndex(tx, { knowledgeBaseId, spaceId, texts, vectors: [[1, 0]] }));
  }
}

const snapshotNow = (): Promise<IndexSnapshot> =>
  inTx(ctx, (tx) => withSnapshot(tx, new Caches(), knowledgeBaseId, async (snapshot) => snapshot));

test("a search that a merge overtook notices, and remembers nothing of it", async () => {
  await addEight();
  const before = await snapshotNow();
  await mergeIndex(ctx, { knowledgeBaseId });
  const caches = new Caches();
  const score = (snapshot: IndexSnapshot) =>
    inTx(ctx, (tx) => scoreLexically(tx, caches, knowledgeBaseId, snapshot, ["tea"]));
  expect(await score(before)).toBeUndefined();
  expect(caches.rows.size).toBe(0);
  expect((await score(await snapshotNow()))?.matched).toHaveLength(8);
});

test("a search that was overtaken begins again with the state that overtook it", async () => {
  const versions: number[] = [];
  const segments = await inTx(ctx, (tx) =>
    withSnapshot(tx, new Caches(), knowledgeBaseId, async (snapshot) => {
      versions.push(snapshot.version);
      return versions.length < 3 ? undefined : snapshot.segments.length;
    }),
  );
  expect([segments, versions.length]).toEqual([1, 3]);
});
