import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import {
  type CandidateSearch,
  type Carried,
  carryOver,
  judgePassages,
  type LookedFor,
  prepareQuery,
  questionWithName,
  SpaceSwitched,
  searchIndex,
} from "../../retrieval/index.ts";
import { askEmbedder } from "../embedding/ask-embedder.ts";
import { EmbeddingFailed } from "../embedding/embedding-failed.ts";
import { MOST_SWITCHES } from "../embedding/with-vectors.ts";
import { findPassages } from "../knowledge.queries.ts";
import type { Passage, SearchCandidate } from "../knowledge.schema.ts";

/** How many candidates of the index are looked at more closely. */
const candidateLimit = 50;

/** Milliseconds that the vector of a query may take: somebody waits, and words alone find most of it. */
const embeddingLimit = 4_000;

/**
 * What a passage in another language than the question's counts for, where search goes by words: a word
 * that two languages share says less, and its reader could not check the quotation.
 */
const otherLanguageWeight = 0.7;

export interface SearchResult {
  /** Best first. */
  passages: Passage[];
  /** All that was looked at, best first: what was chosen, and what was not and why. */
  candidates: SearchCandidate[];
  /** How many chunks words proposed, how many vectors. */
  proposed: { bm25: number; dense: number };
  liveChunks: number;
  /** How many of them hold each term of the query; a term that none holds is absent. */
  frequencies: ReadonlyMap<string, number>;
  /** Why the search went by words alone, for the owner: the query got no vector. Null when it had one. */
  embeddingFailure: string | null;
  /** What was searched for beside the query, as the conversation was about it; null where nothing was. */
  carried: Carried | null;
  /** Vectors of a trained model were compared: what shares no word with the query may still answer it. */
  isByMeaning: boolean;
  timings: { embedMs: number; bm25Ms: number; denseMs: number; rerankMs: number };
}

export interface SearchInput {
  knowledgeBaseId: string;
  query: string;
  /** The last message itself, where the query says more than it. */
  said?: string | undefined;
  /** What was said before it, newest first: a title or heading that it spoke of is searched for as well. */
  context?: readonly string[] | undefined;
  /** The query refers back to what was said ("do they", "there"). */
  refersBack?: boolean | undefined;
  limit: number;
  signal?: AbortSignal | undefined;
}

/**
 * The one door to retrieval: BM25 and vectors over one knowledge base, fused, reranked, near duplicates
 * collapsed. What was deleted or replaced before the call is not found. A query that gets no vector is searched
 * for by words alone; one that got it from a model that was switched from meanwhile gets another.
 */
export async function searchKnowledge(ctx: Ctx, input: SearchInput): Promise<SearchResult> {
  const begun = performance.now();
  const carried = input.context?.length ? await carriedFrom(ctx, input, input.context) : null;
  const start = performance.now();
  let prepared = await prepare(ctx, input, carried);
  let embedded = performance.now();
  let found: Awaited<ReturnType<typeof candidatesOf>> | undefined;
  for (let tried = 1; !found; tried++) {
    try {
      found = await candidatesOf(ctx, input.knowledgeBaseId, prepared);
    } catch (error) {
      if (!(error instanceof SpaceSwitched)) throw error;
      prepared =
        tried < MOST_SWITCHES
          ? await prepare(ctx, input, carried)
          : await byWords(input.query, carried, switching);
      embedded = performance.now();
    }
  }

  const ranking = performance.now();
  const lookedFor: LookedFor = {
    text: questionWithName(input.query, carried),
    language: prepared.search.language,
    frequencies: found.frequencies,
    liveChunks: found.liveChunks,
    wordShare: found.wordShare,
  };
  const judged = await judgePassages(null, lookedFor, found.passages, input.limit);
  const candidates = judged.map(
    ({
      scores,
      fields,
      ranks,
      fused,
      title: _title,
      rerankScore,
      otherLanguage,
      fate,
      duplicateOf,
      ...passage
    }) => ({
      passage: { ...passage, scores: { ...scores, rerank: rerankScore } },
      ranks,
      fields,
      weighted: fused,
      otherLanguage,
      fate,
      duplicateOf,
    }),
  );
  return {
    passages: candidates.filter(({ fate }) => fate === "chosen").map(({ passage }) => passage),
    candidates,
    proposed: { bm25: found.proposed.bm25.length, dense: found.proposed.dense.length },
    liveChunks: found.liveChunks,
    frequencies: found.frequencies,
    embeddingFailure: prepared.failure,
    carried,
    isByMeaning: prepared.isByMeaning,
    timings: {
      embedMs: embedded - start,
      bm25Ms: found.timings.bm25Ms + start - begun,
      denseMs: found.timings.denseMs,
      rerankMs: performance.now() - ranking,
    },
  };
}

/** What the conversation was about, where the query leaves that open. */
async function carriedFrom(
  ctx: Ctx,
  { knowledgeBaseId, query, said, refersBack = false }: SearchInput,
  context: readonly string[],
): Promise<Carried | null> {
  return inTx(ctx, (ctx) =>
    carryOver(ctx, {
      knowledgeBaseId,
      question: query,
      said,
      context,
      refersBack,
      namesOf: async (ordinals) => {
        const passages = await findPassages(ctx, knowledgeBaseId, ordinals);
        return passages.map(({ documentName, headingPath, language }) => ({
          names: [documentName, ...headingPath],
          language,
        }));
      },
    }),
  );
}

interface PreparedQuery {
  search: CandidateSearch;
  failure: string | null;
  isByMeaning: boolean;
}

/** The query with its vector; by words alone where the model gives none in time. */
async function prepare(
  ctx: Ctx,
  { knowledgeBaseId, query, signal }: SearchInput,
  carried: Carried | null,
): Promise<PreparedQuery> {
  const limit = Math.min(embeddingLimit, ctx.ports.models.silenceLimit);
  try {
    const question = { knowledgeBaseId, texts: [questionWithName(query, carried)], limit, signal };
    const { answer, isBuiltin } = await askEmbedder(ctx, question, (embedder, signal) =>
      prepareQuery(embedder, query, signal, carried),
    );
    return { search: answer, failure: null, isByMeaning: !isBuiltin };
  } catch (error) {
    if (!(error instanceof EmbeddingFailed)) throw error;
    ctx.log.warn({ reason: error.reason, knowledgeBaseId }, "a query got no vector; searching by words");
    return byWords(query, carried, error.reason);
  }
}

async function byWords(query: string, carried: Carried | null, failure: string): Promise<PreparedQuery> {
  return { search: await prepareQuery(null, query, undefined, carried), failure, isByMeaning: false };
}

const switching = "The embedding model was switched again and again.";

/** The index's candidates with their texts, best first. */
async function candidatesOf(ctx: Ctx, knowledgeBaseId: string, { search, isByMeaning }: PreparedQuery) {
  return inTx(ctx, async (ctx) => {
    const result = await searchIndex(ctx, { knowledgeBaseId, search, limit: candidateLimit });
    const scores = new Map(result.candidates.map((candidate) => [candidate.ordinal, candidate.scores]));
    const rows = await findPassages(ctx, knowledgeBaseId, [...scores.keys()]);
    const passages = rows.flatMap((row) => {
      const of = scores.get(row.ordinal);
      const otherLanguage = !isByMeaning && !speaks(row.language, search.language);
      const fields = result.fields.get(row.ordinal) ?? { text: 0, title: 0, headings: 0 };
      const fused = (of?.fused ?? 0) * (otherLanguage ? otherLanguageWeight : 1);
      return of ? [{ ...row, title: row.documentName, fused, scores: of, fields, otherLanguage }] : [];
    });
    passages.sort((a, b) => b.fused - a.fused || a.ordinal - b.ordinal);
    const placeIn = (ordinals: number[]) => new Map(ordinals.map((ordinal, index) => [ordinal, index + 1]));
    const [bm25, dense] = [placeIn(result.proposed.bm25), placeIn(result.proposed.dense)];
    return {
      ...result,
      passages: passages.map((passage, index) => ({
        ...passage,
        ranks: {
          bm25: bm25.get(passage.ordinal) ?? null,
          dense: dense.get(passage.ordinal) ?? null,
          fused: index + 1,
        },
      })),
    };
  });
}

/** True unless both languages are known and differ. */
function speaks(passage: string, question: string): boolean {
  return passage === question || passage === "other" || question === "other";
}
