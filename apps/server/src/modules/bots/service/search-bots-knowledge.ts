import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { type SearchCandidate, type SearchResult, searchKnowledge } from "../../knowledge/index.ts";
import { type KnowledgeScope, knowledgeBasesIn } from "./knowledge-scope.ts";

export interface SearchInput extends KnowledgeScope {
  query: string;
  /** Only passages in this language. */
  language?: string | undefined;
  /** Passages that are chosen. */
  limit: number;
  signal?: AbortSignal | undefined;
}

/** A passage that was looked at, in its last place. */
export interface FoundCandidate extends Omit<SearchCandidate, "duplicateOf"> {
  /** The passage, by its chunk, that says the same and stands before it. */
  duplicateOf: string | null;
}

export interface FoundKnowledge {
  /** Best first: those that were chosen, and what else was looked at. */
  candidates: FoundCandidate[];
  proposed: { bm25: number; dense: number };
  liveChunks: number;
  embeddingFailure: string | null;
  timings: SearchResult["timings"];
}

/** As many as a search looks at closely: which of them are chosen is decided here, where the language is known. */
const lookedAt = 40;

/**
 * Searches as an answer does, and shows every stage's scores. Passages of several knowledge bases are put in one order by
 * what the last stage gave them.
 */
export async function searchBotsKnowledge(ctx: Ctx, input: SearchInput): Promise<FoundKnowledge> {
  assertCan(ctx.actor, "read bots");
  const { query, limit, language, signal } = input;
  const bases = await knowledgeBasesIn(ctx, input);
  const all: SearchResult[] = [];
  for (const knowledgeBaseId of bases) {
    all.push(
      await searchKnowledge(ctx, { knowledgeBaseId, query, limit: lookedAt, ...(signal ? { signal } : {}) }),
    );
  }
  const candidates = all.flatMap((one) => one.candidates.map((candidate) => named(candidate, one)));
  if (all.length > 1) candidates.sort((a, b) => b.passage.scores.rerank - a.passage.scores.rerank);
  const total = (value: (one: SearchResult) => number) => all.reduce((sum, one) => sum + value(one), 0);
  return {
    candidates: choose(
      candidates.filter(({ passage }) => !language || passage.language === language),
      limit,
    ),
    proposed: { bm25: total((one) => one.proposed.bm25), dense: total((one) => one.proposed.dense) },
    liveChunks: total((one) => one.liveChunks),
    embeddingFailure: all.find((one) => one.embeddingFailure)?.embeddingFailure ?? null,
    timings: {
      embedMs: total((one) => one.timings.embedMs),
      bm25Ms: total((one) => one.timings.bm25Ms),
      denseMs: total((one) => one.timings.denseMs),
      rerankMs: total((one) => one.timings.rerankMs),
    },
  };
}

function named(candidate: SearchCandidate, { candidates }: SearchResult): FoundCandidate {
  const twin = candidate.duplicateOf === null ? null : candidates[candidate.duplicateOf];
  return { ...candidate, duplicateOf: twin?.passage.chunkId ?? null };
}

/** The `limit` best that do not say what a better one says are chosen; the others stay in their places. */
function choose(candidates: FoundCandidate[], limit: number): FoundCandidate[] {
  let chosen = 0;
  return candidates.map((candidate) => {
    if (candidate.fate === "duplicate") return candidate;
    return { ...candidate, fate: chosen++ < limit ? ("chosen" as const) : ("below" as const) };
  });
}
