import { expect, test } from "vitest";
import type { SearchCandidate, SearchResult } from "../../knowledge/index.ts";
import { passage } from "../pipeline/testing/passage.ts";
import { searchStage } from "./search-traces.ts";

const arabic = "تُقدَّم خدمة التوصيل إلى جميع المدن خلال ثلاثة أيام عمل من تأكيد الطلب والدفع ";

function candidate(n: number, more: Partial<SearchCandidate> = {}): SearchCandidate {
  const found = passage({
    text: arabic.repeat(20),
    documentId: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`,
    documentName: arabic.repeat(3),
    headingPath: [arabic, arabic],
  });
  return {
    passage: { ...found, scores: { bm25: 12.34567, dense: 0.876543, fused: 0.98765, rerank: 0.5678 } },
    ranks: { bm25: n + 1, dense: n + 2, fused: n + 1 },
    fields: { text: 10.34567, title: 1, headings: 1 },
    weighted: 0.691355,
    otherLanguage: true,
    fate: n < 20 ? "chosen" : "below",
    duplicateOf: null,
    ...more,
  };
}

function result(candidates: SearchCandidate[]): SearchResult {
  return {
    passages: candidates.filter(({ fate }) => fate === "chosen").map(({ passage }) => passage),
    candidates,
    proposed: { bm25: 50, dense: 50 },
    liveChunks: 1000,
    frequencies: new Map(),
    embeddingFailure: null,
    carried: null,
    isByMeaning: false,
    timings: { embedMs: 1, bm25Ms: 1, denseMs: 1, rerankMs: 1 },
  };
}

const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

test("the most that a search can look at stays under 30 kB, also in Arabic", () => {
  const found = result(Array.from({ length: 40 }, (_, n) => candidate(n)));
  const stage = searchStage("retrieve", arabic, found, 1, { question: "q", carried: null });
  expect(stage.data.candidates).toHaveLength(40);
  expect(bytes(stage.data)).toBeLessThan(30_000);
});

test("of a second search fewer of those that it left are kept, in their places", () => {
  const found = result(
    Array.from({ length: 40 }, (_, n) => candidate(n, { fate: n % 8 ? "below" : "chosen" })),
  );
  const { data, summary } = searchStage("refine", "q", found, 1, { confidence: 0.7, isBetter: true });
  const candidates = Array.isArray(data.candidates) ? data.candidates : [];
  const chosen = candidates.filter(({ fate }) => fate === "chosen");
  expect(chosen.map(({ place }) => place)).toEqual([1, 9, 17, 25, 33]);
  expect(candidates).toHaveLength(20);
  expect(summary).toContain("Better: taken.");
  expect(data).toMatchObject({ confidence: 0.7, isBetter: true, looked: 40 });
});

test("a candidate names its document, its places and the better one that says the same", () => {
  const found = result([
    candidate(1),
    candidate(1, {
      fate: "duplicate",
      duplicateOf: 0,
      otherLanguage: false,
      ranks: { bm25: null, dense: 7, fused: 2 },
    }),
  ]);
  const { data } = searchStage("retrieve", "q", found, 1, { question: "q", carried: null });
  expect(data.documents).toHaveLength(1);
  expect(data.candidates).toMatchObject([
    { place: 1, fate: "chosen", document: 0, bm25: 12.3457, bm25Rank: 2, fused: 0.6914, otherLanguage: true },
    { place: 2, fate: "duplicate", duplicateOf: 1, document: 0, denseRank: 7 },
  ]);
  expect(JSON.stringify(data.candidates)).not.toContain("null");
});

test("half a character is never kept", () => {
  const found = result([candidate(1, { passage: { ...candidate(1).passage, text: "😀".repeat(200) } })]);
  expect(
    JSON.stringify(searchStage("retrieve", "q", found, 1, { question: "q", carried: null })),
  ).not.toMatch(/\\ud[89a-f]/i);
});
