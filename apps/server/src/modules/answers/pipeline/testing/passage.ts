import type { NumberedPassage } from "../prompt.ts";

/** A passage for tests; what a test does not say is of no matter to it. */
export function passage(given: Partial<NumberedPassage>): NumberedPassage {
  const text = given.text ?? "Tea is at four.";
  return {
    number: 1,
    chunkId: "01a1fd64-8ca9-765d-bbdf-702313234a8e",
    ordinal: 0,
    documentId: "01a1fd64-8ca9-765d-bbdf-702313234a8f",
    documentName: "Guide.md",
    version: 1,
    headingPath: [],
    page: null,
    startOffset: 0,
    endOffset: (given.startOffset ?? 0) + text.length,
    text,
    language: "en",
    scores: { bm25: 1, dense: 1, fused: 1, rerank: 1 },
    ...given,
  };
}
