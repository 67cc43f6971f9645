import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { prepareQuery, rerankPassages, searchIndex } from "../../retrieval/index.ts";
import { findPassages } from "../knowledge.queries.ts";
import type { Passage } from "../knowledge.schema.ts";

/** How many candidates of the index are looked at more closely. */
const candidateLimit = 40;

/**
 * What a passage in another language than the question's counts for, where search goes by words: a word
 * that two languages share says less, and its reader could not check the quotation.
 */
const otherLanguageWeight = 0.7;

export interface SearchResult {
  /** Best first. */
  passages: Passage[];
  liveChunks: number;
  /** How many of them hold each term of the query; a term that none holds is absent. */
  frequencies: ReadonlyMap<string, number>;
  timings: { embedMs: number; bm25Ms: number; denseMs: number; rerankMs: number };
}

/**
 * The one door to retrieval: BM25 and vectors over one knowledge base, fused, reranked, near duplicates
 * collapsed. What was deleted or replaced before the call is not found.
 */
export async function searchKnowledge(
  ctx: Ctx,
  input: { knowledgeBaseId: string; query: string; limit: number; signal?: AbortSignal },
): Promise<SearchResult> {
  const { embedding, reranking } = ctx.ports.models.builtin;
  const start = performance.now();
  const search = await prepareQuery(embedding, input.query, input.signal);
  const embedded = performance.now();

  const found = await inTx(ctx, async (ctx) => {
    const result = await searchIndex(ctx, {
      knowledgeBaseId: input.knowledgeBaseId,
      search,
      limit: candidateLimit,
    });
    const scores = new Map(result.candidates.map((candidate) => [candidate.ordinal, candidate.scores]));
    const rows = await findPassages(ctx, input.knowledgeBaseId, [...scores.keys()]);
    const passages = rows.flatMap((row) => {
      const of = scores.get(row.ordinal);
      const fused = (of?.fused ?? 0) * (speaks(row.language, search.language) ? 1 : otherLanguageWeight);
      return of ? [{ ...row, title: row.documentName, fused, candidate: of }] : [];
    });
    return { ...result, passages: passages.sort((a, b) => b.fused - a.fused || a.ordinal - b.ordinal) };
  });

  const ranking = performance.now();
  const ranked = await rerankPassages(reranking, input.query, found.passages, input.limit);
  return {
    passages: ranked.map(({ candidate, fused: _fused, title: _title, rerankScore, ...passage }) => ({
      ...passage,
      scores: { ...candidate, rerank: rerankScore },
    })),
    liveChunks: found.liveChunks,
    frequencies: found.frequencies,
    timings: {
      embedMs: embedded - start,
      ...found.timings,
      rerankMs: performance.now() - ranking,
    },
  };
}

/** True unless both languages are known and differ. */
function speaks(passage: string, question: string): boolean {
  return passage === question || passage === "other" || question === "other";
}
