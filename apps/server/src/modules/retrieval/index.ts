/** Search in a knowledge base: BM25 and vectors over its chunks, exact and the same on both databases. */
export { addToIndex } from "./add-to-index.ts";
export type { IndexedText } from "./analysis.ts";
export { createIndex } from "./create-index.ts";
export { type CandidateSearch, embedTexts, prepareQuery } from "./embed.ts";
export type { Candidate } from "./fusion.ts";
export { mergeIndex, mergeQueue } from "./merge-index.ts";
export { removeFromIndex } from "./remove-from-index.ts";
export { rerankPassages } from "./rerank.ts";
export { type SearchResult, searchIndex } from "./search-index.ts";
