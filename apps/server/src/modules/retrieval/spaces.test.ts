import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import { inTx } from "../../platform/ctx/index.ts";
import type { Db } from "../../platform/db/index.ts";
import { newId } from "../../platform/ids/index.ts";
import {
  addToIndex,
  describeSpaces,
  failBuilding,
  fillSpace,
  MOST_DIMENSIONS,
  missingVectors,
  openSpace,
  prepareSwitch,
  removeRetiredSpaces,
  SpaceSwitched,
  searchIndex,
  stopBuilding,
  stuckSpaces,
  switchSpace,
} from "./index.ts";
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

const other = { model: "test:other", dimensions: 24 };
const texts = ["blue tea", "green tea", "black tea", "late parcel"];

const open = (knowledgeBaseId: string, space = other) =>
  inTx(index.ctx, (tx) => openSpace(tx, { knowledgeBaseId, ...space }));
const fill = (knowledgeBaseId: string, spaceId: string, ordinals: number[], dimensions = other.dimensions) =>
  inTx(index.ctx, (tx) => {
    const vectors = ordinals.map((ordinal) => vectorOf(texts[ordinal] ?? "", dimensions));
    return fillSpace(tx, { knowledgeBaseId, spaceId, ordinals, vectors });
  });
const missing = (knowledgeBaseId: string, spaceId: string, from = 0, limit = 10) =>
  inTx(index.ctx, (tx) => missingVectors(tx, { knowledgeBaseId, spaceId, from, limit }));
const switchTo = (knowledgeBaseId: string, spaceId: string) =>
  inTx(index.ctx, (tx) => switchSpace(tx, { knowledgeBaseId, spaceId }));
const spaces = async (knowledgeBaseId: string) =>
  (await inTx(index.ctx, (tx) => describeSpaces(tx, knowledgeBaseId)))
    .map(({ model, status, vectors }) => `${model} ${status} ${vectors}`)
    .sort();

async function furnished(): Promise<string> {
  const knowledgeBaseId = await index.newIndex();
  await index.add(
    knowledgeBaseId,
    texts.map((text) => chunk(text)),
  );
  return knowledgeBaseId;
}

describe("a space that is built", () => {
  test("takes over in one step once no live chunk is missing, and not before", async () => {
    const id = await furnished();
    const { id: spaceId, status } = await open(id);
    expect(status).toBe("building");
    expect(await missing(id, spaceId)).toEqual({ ordinals: [0, 1, 2, 3], upTo: 4 });
    expect(await missing(id, spaceId, 1, 2)).toEqual({ ordinals: [1, 2], upTo: 3 });
    await fill(id, spaceId, [0, 1, 3]);
    expect(await switchTo(id, spaceId)).toBe("incomplete");
    expect(await spaces(id)).toEqual(["builtin:test active 4", "test:other building 3"]);

    await index.remove(id, [2]); // the one that was missing
    expect(await missing(id, spaceId)).toEqual({ ordinals: [], upTo: 4 });
    expect(await switchTo(id, spaceId)).toBe("switched");
    expect(await spaces(id)).toEqual(["builtin:test retired 3", "test:other active 3"]);
    expect(await switchTo(id, spaceId)).toBe("stopped");
    expect(await fill(id, spaceId, [0])).toBe(false);
  });

  test("gets no vector of a chunk that was removed meanwhile, and none twice", async () => {
    const id = await furnished();
    const { id: spaceId } = await open(id);
    await index.remove(id, [1]);
    await fill(id, spaceId, [0, 1]);
    await fill(id, spaceId, [0, 2, 99]);
    expect(await spaces(id)).toEqual(["builtin:test active 3", "test:other building 2"]);
    expect(await missing(id, spaceId)).toEqual({ ordinals: [3], upTo: 4 });
  });

  test("takes no vectors of another model's dimensions", async () => {
    const id = await furnished();
    const { id: spaceId } = await open(id);
    await expect(fill(id, spaceId, [0], 25)).rejects.toThrow("test:other has 24 dimensions, not 25");
  });

  test("stops when another is chosen, keeps what it has and is taken up again", async () => {
    const id = await furnished();
    const first = await open(id);
    await fill(id, first.id, [0, 1]);
    expect(await open(id)).toEqual({ id: first.id, status: "building", isGoingOn: true });
    const second = await open(id, { model: "test:third", dimensions: 8 });
    expect(await fill(id, first.id, [2])).toBe(false);
    expect(await spaces(id)).toEqual([
      "builtin:test active 4",
      "test:other retired 2",
      "test:third building 0",
    ]);
    expect(await open(id)).toEqual({ id: first.id, status: "building", isGoingOn: false });
    expect(await missing(id, first.id)).toEqual({ ordinals: [2, 3], upTo: 4 });
    expect(await switchTo(id, second.id)).toBe("stopped");
  });

  test("stops when it is cancelled or the active model is chosen", async () => {
    const id = await furnished();
    await open(id);
    const stop = () => inTx(index.ctx, (tx) => stopBuilding(tx, { knowledgeBaseId: id }));
    expect([await stop(), await stop()]).toEqual([true, false]);
    await open(id);
    expect((await open(id, { model: "builtin:test", dimensions: 40 })).status).toBe("active");
    expect(await spaces(id)).toEqual(["builtin:test active 4", "test:other retired 0"]);
  });

  test("that failed is not filled or switched to until it is opened again", async () => {
    const id = await furnished();
    const { id: spaceId } = await open(id);
    await fill(id, spaceId, [0, 1, 2]);
    const fail = () =>
      inTx(index.ctx, (tx) => failBuilding(tx, { knowledgeBaseId: id, spaceId, reason: "No." }));
    expect(await fail()).toBe(true);
    expect([await fill(id, spaceId, [3]), await switchTo(id, spaceId)]).toEqual([false, "stopped"]);
    expect(await open(id)).toEqual({ id: spaceId, status: "building", isGoingOn: false });
    await fill(id, spaceId, [3]);
    expect(await switchTo(id, spaceId)).toBe("switched");
    expect(await fail()).toBe(false);
  });

  test("of more dimensions than can be searched is refused", async () => {
    const id = await furnished();
    expect((await open(id, { model: "test:wide", dimensions: MOST_DIMENSIONS })).status).toBe("building");
    for (const dimensions of [MOST_DIMENSIONS + 1, 0, 1.5]) {
      await expect(open(id, { model: "test:wider", dimensions })).rejects.toMatchObject({
        code: "VALIDATION_ERROR",
      });
    }
    const { id: spaceId } = await open(id, { model: "test:wide", dimensions: MOST_DIMENSIONS });
    await fill(id, spaceId, [0, 1, 2, 3], MOST_DIMENSIONS);
    expect(await switchTo(id, spaceId)).toBe("switched");
    const dense = { spaceId, vector: vectorOf("green tea", MOST_DIMENSIONS) };
    const search = { terms: [], language: "en", dense };
    const found = await inTx(index.ctx, (tx) => searchIndex(tx, { knowledgeBaseId: id, search, limit: 1 }));
    expect(ordinalsOf(found)).toEqual([1]);
  });

  test("has its sketches stored before the switch", async () => {
    const id = await index.newIndex();
    const many = Array.from({ length: 4_100 }, (_, i) => chunk(`word${i % 50} item${i}`));
    await index.add(id, many);
    const { id: spaceId } = await open(id);
    await inTx(index.ctx, (tx) => {
      const ordinals = many.map((_, i) => i);
      const vectors = many.map(({ text }) => vectorOf(text, other.dimensions));
      return fillSpace(tx, { knowledgeBaseId: id, spaceId, ordinals, vectors });
    });
    await prepareSwitch(index.ctx, { knowledgeBaseId: id, spaceId, upTo: 4_100 });
    const stored = await inTx(index.ctx, ({ tx }) =>
      tx.execute(sql`select block from vector_sketches where space_id = ${spaceId}`),
    );
    expect(stored.rows).toEqual([{ block: 0 }]);
    expect(await switchTo(id, spaceId)).toBe("switched");
    for (const ordinal of [0, 4_000, 4_099]) {
      const dense = { spaceId, vector: vectorOf(many[ordinal]?.text ?? "", other.dimensions) };
      const search = { terms: [], language: "en", dense };
      const found = await inTx(index.ctx, (tx) => searchIndex(tx, { knowledgeBaseId: id, search, limit: 1 }));
      expect(ordinalsOf(found)).toEqual([ordinal]);
    }
  });
});

describe("vectors of a space that is not the active one any more", () => {
  test("are neither compared nor added", async () => {
    const id = await furnished();
    const former = await index.spaceOf(id);
    const before = await index.prepared(id, "tea");
    const { id: spaceId } = await open(id);
    await fill(id, spaceId, [0, 1, 2, 3]);
    await index.search(id, "tea"); // fills the caches of the former space
    await switchTo(id, spaceId);
    const search = (search = before) =>
      inTx(index.ctx, (tx) => searchIndex(tx, { knowledgeBaseId: id, search, limit: 10 }));
    await expect(search()).rejects.toThrow(SpaceSwitched);
    const adding = inTx(index.ctx, (tx) =>
      addToIndex(tx, {
        knowledgeBaseId: id,
        spaceId: former,
        texts: [chunk("tea")],
        vectors: [vectorOf("tea")],
      }),
    );
    await expect(adding).rejects.toThrow(SpaceSwitched);
    const byWords = await search({ ...before, dense: null });
    expect(ordinalsOf(byWords).sort()).toEqual([0, 1, 2]);
    expect(byWords.candidates.map(({ scores }) => scores.dense)).toEqual([null, null, null]);
  });
});

describe("maintenance", () => {
  test("finds builds that nobody works on, and removes what is retired for long", async () => {
    const id = await furnished();
    const { id: spaceId } = await open(id);
    const later = new Date(Date.now() + 60_000);
    const earlier = new Date(Date.now() - 60_000);
    const stuck = (before: Date) => inTx(index.ctx, (tx) => stuckSpaces(tx, before));
    expect(await stuck(later)).toContainEqual({ knowledgeBaseId: id, spaceId });
    expect(await stuck(earlier)).toEqual([]);
    await fill(id, spaceId, [0, 1, 2, 3]);
    await switchTo(id, spaceId);
    const remove = (before: Date) => inTx(index.ctx, (tx) => removeRetiredSpaces(tx, before));
    expect(await remove(earlier)).toEqual([]);
    expect(await remove(later)).toContain("builtin:test");
    expect(await spaces(id)).toEqual(["test:other active 4"]);
    // chosen again, it is embedded from the beginning
    const again = await open(id, { model: "builtin:test", dimensions: 40 });
    expect((await missing(id, again.id)).ordinals).toEqual([0, 1, 2, 3]);
  });

  test("an unknown knowledge base is not found", async () => {
    await expect(open(newId())).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});
