import { inTx } from "../../../platform/ctx/index.ts";
import type { Db } from "../../../platform/db/index.ts";
import { queryTerms } from "../analysis.ts";
import { normalised } from "../dense/vectors.ts";
import {
  activeSpace,
  addToIndex,
  type CandidateSearch,
  type IndexedText,
  removeFromIndex,
  type SearchResult,
  searchIndex,
} from "../index.ts";
import { type IndexTestContext, testKnowledgeBase, testTenant } from "./index-world.ts";

export const DIMENSIONS = 40;

export const words = [
  "refund",
  "order",
  "tea",
  "parcel",
  "invoice",
  "card",
  "café",
  "late",
  "blue",
  "ship",
] as const;

export const chunk = (text: string, title = ""): IndexedText => ({
  text,
  title,
  headingPath: [],
  language: "en",
});

/** A direction of a text's own: the same text always has the same, and another in other dimensions. */
export function vectorOf(text: string, dimensions = DIMENSIONS): number[] {
  let state = 0x811c9dc5 ^ dimensions;
  for (const character of text) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return Array.from({ length: dimensions }, () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return (state >>> 0) / 2 ** 31 - 1;
  });
}

export const ordinalsOf = ({ candidates }: SearchResult): number[] =>
  candidates.map(({ ordinal }) => ordinal);

/** What tests do with an index, each in a transaction of its own, as one tenant. */
export interface IndexDriver {
  ctx: IndexTestContext;
  newIndex(): Promise<string>;
  spaceOf(knowledgeBaseId: string): Promise<string>;
  /** Returns the first ordinal. */
  add(knowledgeBaseId: string, texts: IndexedText[]): Promise<number>;
  remove(knowledgeBaseId: string, ordinals: number[]): Promise<void>;
  /** The query as it is searched for in the active space. */
  prepared(knowledgeBaseId: string, query: string): Promise<CandidateSearch>;
  search(knowledgeBaseId: string, query: string, limit?: number): Promise<SearchResult>;
}

export async function indexDriver(db: Db): Promise<IndexDriver> {
  const ctx = await testTenant(db);
  const driver: IndexDriver = {
    ctx,
    newIndex: () => testKnowledgeBase(ctx, "builtin:test", DIMENSIONS),
    spaceOf: (knowledgeBaseId) => inTx(ctx, async (tx) => (await activeSpace(tx, knowledgeBaseId)).id),
    async add(knowledgeBaseId, texts) {
      const spaceId = await driver.spaceOf(knowledgeBaseId);
      const vectors = texts.map(({ text }) => vectorOf(text));
      const added = await inTx(ctx, (tx) => addToIndex(tx, { knowledgeBaseId, spaceId, texts, vectors }));
      return added.firstOrdinal;
    },
    remove: (knowledgeBaseId, ordinals) =>
      inTx(ctx, (tx) => removeFromIndex(tx, { knowledgeBaseId, ordinals })),
    async prepared(knowledgeBaseId, query) {
      const spaceId = await driver.spaceOf(knowledgeBaseId);
      return { ...queryTerms(query), dense: { spaceId, vector: normalised(vectorOf(query)) } };
    },
    async search(knowledgeBaseId, query, limit = 10) {
      const search = await driver.prepared(knowledgeBaseId, query);
      return inTx(ctx, (tx) => searchIndex(tx, { knowledgeBaseId, search, limit }));
    },
  };
  return driver;
}
