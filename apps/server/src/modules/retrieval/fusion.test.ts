import fc from "fast-check";
import { expect, test } from "vitest";
import { denseWeight, fuse } from "./fusion.ts";

test("the built-in model's vectors reorder near ties, and no more", () => {
  const weight = denseWeight("builtin:lexical-512");
  const bm25 = new Map([
    [1, 10],
    [2, 9.8],
    [3, 4],
  ]);
  const dense = new Map([
    [1, 0.1],
    [2, 0.5],
    [3, 0.9],
  ]);
  expect(fuse(bm25, dense, weight, 10).map(({ ordinal }) => ordinal)).toEqual([2, 1, 3]);
});

test("a trained model's vectors can bring up a chunk without any of the query's words", () => {
  const fused = fuse(
    new Map([
      [1, 3],
      [2, 1],
    ]),
    new Map([
      [1, 0.3],
      [2, 0.2],
      [7, 0.9],
    ]),
    denseWeight("openai:text-embedding-3-small"),
    2,
  );
  expect(fused.map(({ ordinal, scores }) => [ordinal, scores.bm25])).toEqual([
    [1, 3],
    [7, null],
  ]);
});

test("where BM25 found nothing, the vectors decide", () => {
  const fused = fuse(
    new Map(),
    new Map([
      [4, 0.2],
      [5, 0.6],
      [6, 0.2],
    ]),
    0.1,
    10,
  );
  expect(fused.map(({ ordinal }) => ordinal)).toEqual([5, 4, 6]);
});

const scores = fc.array(fc.tuple(fc.nat(30), fc.double({ min: 0, max: 40, noNaN: true })));

test("scores stay within 0 and 1, order is total, and the input's order does not matter", () => {
  fc.assert(
    fc.property(scores, scores, fc.double({ min: 0, max: 1, noNaN: true }), (bm25, dense, weight) => {
      const lists = [new Map(bm25), new Map(dense)] as const;
      const fused = fuse(lists[0], lists[1], weight, 100);
      const turned = fuse(new Map([...lists[0]].reverse()), new Map([...lists[1]].reverse()), weight, 100);
      expect(turned).toEqual(fused);
      for (const { scores } of fused) {
        expect(scores.fused).toBeGreaterThanOrEqual(0);
        expect(scores.fused).toBeLessThanOrEqual(1 + 1e-12);
      }
    }),
  );
});

test.each([
  ["builtin:lexical-512", 0.1],
  ["openai:text-embedding-3-small", 0.45],
  ["ollama:nomic-embed-text", 0.45],
])("vectors of %s weigh %d", (model, weight) => {
  expect(denseWeight(model)).toBe(weight);
});
