import type { TxCtx } from "../../ports/index.ts";
import { cachesOf } from "./caches.ts";
import { withCarried } from "./carried.ts";
import { scoreDensely } from "./dense/search.ts";
import { SpaceSwitched } from "./dense/spaces.ts";
import type { CandidateSearch } from "./embed.ts";
import { type Candidate, denseWeight, type FieldScores, fuse } from "./fusion.ts";
import { best, type Scores } from "./lexical/bm25.ts";
import { scoreLexically } from "./lexical/search.ts";
import { withSnapshot } from "./lexical/snapshot.ts";

/** So many of each kind are mixed, or `limit` if that is more. */
const FROM_EACH = 50;

export interface SearchResult {
  /** Best first; equal scores by ordinal. */
  candidates: Candidate[];
  /** What each candidate's BM25 score consists of. */
  fields: ReadonlyMap<number, FieldScores>;
  /** The ordinals that words and vectors each proposed, best first. */
  proposed: { bm25: number[]; dense: number[] };
  /** Milliseconds. */
  timings: { bm25Ms: number; denseMs: number };
  liveChunks: number;
  /** How much of the order comes from words, of 1; the rest from vectors. */
  wordShare: number;
  /** How many live chunks hold each term of the query, as `analyze` gives them; absent if none does. */
  frequencies: ReadonlyMap<string, number>;
}

/**
 * The `limit` chunks that fit a query best. The same query gives the same candidates and scores on both
 * databases, however the index came to be cut into segments. A search without a vector goes by words alone.
 * NOT_FOUND for an unknown knowledge base; SpaceSwitched when the vector is of a space that is not the active
 * one any more: it is never compared with another model's.
 */
export async function searchIndex(
  ctx: Pick<TxCtx, "db" | "tenantId" | "tx">,
  input: { knowledgeBaseId: string; search: CandidateSearch; limit: number },
): Promise<SearchResult> {
  const { knowledgeBaseId, search } = input;
  const caches = cachesOf(ctx);
  const fromEach = Math.max(FROM_EACH, input.limit);
  const started = performance.now();
  const { snapshot, scores } = await withSnapshot(ctx, caches, knowledgeBaseId, async (snapshot) => {
    if (search.dense && search.dense.spaceId !== snapshot.space.id) throw new SpaceSwitched();
    const scores = await scoreLexically(ctx, caches, knowledgeBaseId, snapshot, search.terms);
    if (!scores || !search.carried) return scores && { snapshot, scores };
    const { terms, share } = search.carried;
    const carried = await scoreLexically(ctx, caches, knowledgeBaseId, snapshot, terms);
    return carried && { snapshot, scores: withCarried(scores, carried, share, snapshot.liveChunks) };
  });
  const byTerms = best(scores, fromEach);
  const lexicallyDone = performance.now();

  const { space } = snapshot;
  const vector = search.dense?.vector ?? [];
  const cosines = await scoreDensely(ctx, caches, space, snapshot.lengths, vector, byTerms);
  const byVectors = [...cosines]
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, fromEach)
    .map(([ordinal]) => ordinal);
  const proposed = new Set([...byTerms, ...byVectors]);
  const bm25 = new Map<number, number>();
  const dense = new Map<number, number>();
  for (const ordinal of proposed) {
    const score = scores.byOrdinal[ordinal] ?? 0;
    if (score > 0) bm25.set(ordinal, score);
    const cosine = cosines.get(ordinal);
    if (cosine !== undefined) dense.set(ordinal, cosine);
  }
  const weight = denseWeight(space.model);
  const candidates = fuse(bm25, dense, weight, input.limit);
  return {
    candidates,
    fields: new Map(candidates.map(({ ordinal }) => [ordinal, fieldsOf(scores, ordinal)])),
    proposed: { bm25: byTerms, dense: byVectors },
    timings: { bm25Ms: lexicallyDone - started, denseMs: performance.now() - lexicallyDone },
    liveChunks: snapshot.liveChunks,
    wordShare: 1 - weight,
    frequencies: scores.frequencies,
  };
}

function fieldsOf({ byOrdinal, byTitle, byHeadings }: Scores, ordinal: number): FieldScores {
  const title = byTitle[ordinal] ?? 0;
  const headings = byHeadings[ordinal] ?? 0;
  return { text: Math.max(0, (byOrdinal[ordinal] ?? 0) - title - headings), title, headings };
}
