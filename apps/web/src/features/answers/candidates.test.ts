import { expect, test } from "vitest";
import { candidatesOf, sorted } from "./candidates.ts";

const data = {
  proposed: { bm25: 50, dense: 12 },
  looked: 40,
  documents: [{ id: "a", name: "Guide.md", version: 3 }],
  candidates: [
    {
      place: 1,
      fate: "chosen",
      document: 0,
      section: "Hours",
      start: 5,
      end: 20,
      text: "Open",
      bm25: 3.5,
      bm25Rank: 2,
      fused: 0.9,
      fusedRank: 1,
      rerank: 0.7,
    },
    {
      place: 2,
      fate: "duplicate",
      duplicateOf: 1,
      document: 0,
      text: "Open",
      dense: 0.4,
      denseRank: 1,
      rerank: 0.9,
    },
    {
      place: 9,
      fate: "below",
      document: 7,
      text: "Else",
      otherLanguage: true,
      bm25: 8,
      bm25Rank: 1,
      rerank: 0.1,
    },
  ],
};

test("a candidate has its document, places and scores", () => {
  const list = candidatesOf({ data });
  expect(list).toMatchObject({ chosen: 1, looked: 40, proposed: { bm25: 50, dense: 12 } });
  expect(list?.candidates[0]).toMatchObject({
    document: { id: "a", name: "Guide.md", version: 3 },
    span: { start: 5, end: 20 },
    bm25: { value: 3.5, rank: 2 },
    dense: { value: null, rank: null },
    otherLanguage: false,
  });
  expect(list?.candidates[1]).toMatchObject({ fate: "duplicate", duplicateOf: 1, span: null });
  expect(list?.candidates[2]).toMatchObject({ document: { id: null, name: "" }, otherLanguage: true });
});

test("of an answer from before, all are chosen and name their documents themselves", () => {
  const list = candidatesOf({
    data: {
      candidates: [
        { document: "Guide.md", section: "A", text: "Open", bm25: 1, dense: null, fused: 1, rerank: 1 },
      ],
    },
  });
  expect(list).toMatchObject({ chosen: 1, looked: 1, proposed: null });
  expect(list?.candidates[0]).toMatchObject({
    place: 1,
    fate: "chosen",
    document: { id: null, name: "Guide.md" },
  });
});

test.each([{}, { candidates: "many" }, { candidates: [1, 2] }])("%j holds no list", (data) => {
  expect(candidatesOf({ data })).toBeNull();
});

test("the best stand first by what is asked for, what has no such score last", () => {
  const candidates = candidatesOf({ data })?.candidates ?? [];
  const places = (order: Parameters<typeof sorted>[1]) => sorted(candidates, order).map(({ place }) => place);
  expect(places("place")).toEqual([1, 2, 9]);
  expect(places("bm25")).toEqual([9, 1, 2]);
  expect(places("dense")).toEqual([2, 1, 9]);
  expect(places("rerank")).toEqual([2, 1, 9]);
});
