import { expect, test } from "vitest";
import { dataOf, layOut, rounded } from "./stage-data.ts";

test("lists of records become tables with all their fields, in order", () => {
  const details = layOut({
    query: "opening hours",
    timings: { bm25: 2.71849, dense: 5, rerank: null },
    missingTerms: [],
    terms: ["a", "b"],
    candidates: [
      { document: "Guide", text: "Open from 9.", bm25: 2.5, dense: null },
      { document: "Prices", bm25: 1, page: 3 },
    ],
  });
  expect(details.facts).toEqual([
    { name: "query", value: "opening hours" },
    { name: "bm25", value: 2.71849 },
    { name: "dense", value: 5 },
    { name: "rerank", value: null },
    { name: "missingTerms", value: null },
    { name: "terms", value: "a, b" },
  ]);
  expect(details.tables).toEqual([
    {
      name: "candidates",
      columns: ["document", "bm25", "dense", "text", "page"],
      rows: [
        ["Guide", 2.5, null, "Open from 9.", null],
        ["Prices", 1, null, null, 3],
      ],
    },
  ]);
});

test.each([null, undefined, "text", 3, [], [1]])("%j has no details", (data) => {
  expect(layOut(data)).toEqual({ facts: [], tables: [] });
});

test("fields of another kind than expected are left out", () => {
  const stage = {
    stage: "grade",
    ms: 1,
    summary: "",
    data: { verdict: "correct", confidence: 0.7, list: [1] },
  } as const;
  expect(dataOf.text(stage, "verdict")).toBe("correct");
  expect(dataOf.number(stage, "verdict")).toBeNull();
  expect(dataOf.number(stage, "confidence")).toBe(0.7);
  expect(dataOf.count(stage, "list")).toBe(1);
  expect(dataOf.count(stage, "absent")).toBeNull();
  expect(rounded(0.123456)).toBe(0.123);
});
