/** Search in a knowledge base: BM25 and vectors over its chunks, exact and the same on both databases. */
export { addToIndex } from "./add-to-index.ts";
export type { IndexedText } from "./analysis.ts";
export { type Carried, questionWithName } from "./carried.ts";
export { carryOver, type NamedChunk } from "./carry-over.ts";
export {
  describeSpaces,
  failBuilding,
  openSpace,
  removeRetiredSpaces,
  type SpaceReport,
  stopBuilding,
  stuckSpaces,
} from "./choose-space.ts";
export { createIndex } from "./create-index.ts";
export { activeSpace, MOST_DIMENSIONS, SpaceSwitched, type VectorSpace } from "./dense/spaces.ts";
export { type CandidateSearch, type Embedder, embedTexts, prepareQuery } from "./embed.ts";
export { buildingSpace, fillSpace, missingVectors } from "./fill-space.ts";
export type { Candidate, FieldScores } from "./fusion.ts";
export { lockIndex } from "./lexical/snapshot.ts";
export { spokenName } from "./mentions.ts";
export { mergeIndex, mergeQueue } from "./merge-index.ts";
export type { Fate } from "./near-duplicates.ts";
export { removeFromIndex } from "./remove-from-index.ts";
export { outdatedIndexes, renewIndex } from "./renew-index.ts";
export { judgePassages, rerankPassages } from "./rerank.ts";
export { type SearchResult, searchIndex } from "./search-index.ts";
export type { LookedFor } from "./second-look/second-look.ts";
export { prepareSwitch, switchSpace } from "./switch-space.ts";
