import type { SearchCandidate, SearchResult } from "../../knowledge/index.ts";
import type { StageTrace } from "../answers.types.ts";
import type { Grade } from "../pipeline/grade.ts";
import { ambiguousFrom, correctFrom } from "../pipeline/grade.ts";
import type { Asked } from "../pipeline/take-over.ts";

/* What searching and weighing leave in the trace: every candidate with its places and scores, in little room. */

/** Characters of what a candidate shows of itself: enough to know it again; the text stands in the document. */
const longest = { name: 60, section: 60, chosen: 160, left: 80, question: 600 };

/** A second search mostly finds the same: fewer of those that it left are kept. */
const mostLeft = { retrieve: 40, refine: 15 };

/**
 * What a search looked at, chose and left. Of a first one is said what the question became with it, of a second one what
 * it was graded.
 */
export function searchStage(
  stage: "retrieve" | "refine",
  query: string,
  found: SearchResult,
  ms: number,
  came: Pick<Asked, "question" | "carried"> | { confidence: number; isBetter: boolean },
): StageTrace {
  const outcome = "isBetter" in came ? (came.isBetter ? " Better: taken." : " No better: left.") : "";
  const name = "carried" in came ? came.carried?.name : undefined;
  const about = name === undefined ? "" : ` As was said before, about ${cut(name, longest.name)}.`;
  const byWords = found.embeddingFailure === null ? "" : " Searched by words alone.";
  const shown = withinRoom(found.candidates, mostLeft[stage]);
  const documents = documentsOf(shown);
  return {
    stage,
    ms,
    summary: `${found.passages.length} passages of ${found.liveChunks}.${outcome}${about}${byWords}`,
    data: {
      query,
      timings: found.timings,
      ...(found.embeddingFailure === null ? {} : { embeddingFailure: found.embeddingFailure }),
      ...("isBetter" in came ? came : becameOf(came)),
      proposed: found.proposed,
      looked: found.candidates.length,
      documents: documents.map(({ id, name, version }) => ({ id, name: cut(name, longest.name), version })),
      candidates: shown.map(({ candidate, place }) => traceOf(candidate, place, documents)),
    },
  };
}

/** The question as it was weighed for; with what it took over, and from where. */
function becameOf({ question, carried }: Pick<Asked, "question" | "carried">) {
  if (!carried) return { standaloneQuestion: cut(question, longest.question) };
  const { name, messagesAgo, share } = carried;
  return {
    standaloneQuestion: cut(question, longest.question),
    takenOver: cut(name, longest.name),
    messagesAgo,
    takenOverShare: rounded(share),
  };
}

/** Why the evidence was held to be enough or not. */
export function gradeStage(graded: Grade, ms: number): StageTrace {
  const words = { correct: "enough", ambiguous: "perhaps enough", incorrect: "not enough" };
  const { features } = graded;
  return {
    stage: "grade",
    ms,
    summary: `The evidence is ${words[graded.verdict]} (${Math.round(graded.confidence * 100)} %).`,
    data: {
      verdict: graded.verdict,
      confidence: graded.confidence,
      missingTerms: graded.missingTerms,
      thresholds: { correct: correctFrom, ambiguous: ambiguousFrom },
      ...(features && {
        share: rounded(features.share),
        held: rounded(features.held),
        lead: rounded(features.lead),
        terms: features.terms
          .slice(0, 40)
          .map(({ term, weight }) => ({ term: cut(term, 40), weight: rounded(weight) })),
      }),
    },
  };
}

interface Shown {
  candidate: SearchCandidate;
  /** From 1, in the last order. */
  place: number;
}

/** The chosen ones and the best of the others, in order. */
function withinRoom(candidates: readonly SearchCandidate[], left: number): Shown[] {
  let others = 0;
  return candidates
    .map((candidate, index) => ({ candidate, place: index + 1 }))
    .filter(({ candidate }) => candidate.fate === "chosen" || others++ < left);
}

function documentsOf(shown: readonly Shown[]) {
  const documents = new Map<string, { id: string; name: string; version: number }>();
  for (const { passage } of shown.map(({ candidate }) => candidate)) {
    const { documentId: id, documentName: name, version } = passage;
    documents.set(id, { id, name, version });
  }
  return [...documents.values()];
}

/** What is null or does not hold is left out. `document` is the place in the list of documents. */
function traceOf(
  { passage, ranks, weighted, otherLanguage, fate, duplicateOf }: SearchCandidate,
  place: number,
  documents: readonly { id: string }[],
) {
  const { scores } = passage;
  return {
    place,
    fate,
    ...(duplicateOf === null ? {} : { duplicateOf: duplicateOf + 1 }),
    document: documents.findIndex(({ id }) => id === passage.documentId),
    section: cut(passage.headingPath.join(" › "), longest.section),
    ...(passage.page === null ? {} : { page: passage.page }),
    start: passage.startOffset,
    end: passage.endOffset,
    text: cut(passage.text, fate === "chosen" ? longest.chosen : longest.left),
    ...(otherLanguage ? { otherLanguage } : {}),
    ...(scores.bm25 === null ? {} : { bm25: rounded(scores.bm25) }),
    ...(ranks.bm25 === null ? {} : { bm25Rank: ranks.bm25 }),
    ...(scores.dense === null ? {} : { dense: rounded(scores.dense) }),
    ...(ranks.dense === null ? {} : { denseRank: ranks.dense }),
    fused: rounded(weighted),
    fusedRank: ranks.fused,
    rerank: rounded(scores.rerank),
  };
}

/** JSON columns refuse half a character. */
function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`;
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
