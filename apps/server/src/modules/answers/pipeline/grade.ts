import { analyze, closeness, type Language, plainText, sentences } from "../../../platform/text/index.ts";
import type { Passage } from "../../knowledge/index.ts";
import type { Verdict } from "../answers.types.ts";

export interface Grade {
  verdict: Verdict;
  /** 0 to 1: how likely it is that the passages hold the answer. */
  confidence: number;
  /** The question's terms that no passage holds. */
  missingTerms: string[];
  /** What the confidence was made of; null where there was nothing to weigh. */
  features: GradeFeatures | null;
}

export interface GradeFeatures {
  /** 0 to 1: how much of the question, by weight, stands together in one place. */
  share: number;
  /** The weight that is held there; a term as rare as can be counts 1. */
  held: number;
  /** 0 to 1: how far the best passage stands above the next. */
  lead: number;
  /** The terms of the question and what each weighs, 0 to 1: rare ones more. */
  terms: { term: string; weight: number }[];
}

/** What grading reads of a search. */
export interface Evidence {
  /** Best first. */
  passages: readonly Passage[];
  liveChunks: number;
  /** How many chunks of the whole knowledge base hold each term of the question. */
  frequencies: ReadonlyMap<string, number>;
}

// Fitted by logistic regression on answerable questions, on the same ones with their paragraph taken out, and on
// questions of other domains, in three languages (xquad.en, xquad.ar, piaf.fr; one half checked on the other).
// `node bench/answers/run.ts` shows what they reach. Further signals (names, pairs, the kind of answer, plain
// coverage of a passage) were tried and added nothing.
const INTERCEPT = -4.98;
/** For the share of the question, by weight, that one sentence and its surroundings hold. */
const SHARE = 4.35;
/** For each term held there, a term as rare as can be counting 1: much in common is no accident. */
const HELD = 1.33;
/** For how far the best passage's BM25 stands above the next, as a share of it, times the square of the held share. */
const LEAD = 4.92;

/** Of two words that are asked for, one is not enough, however well it is held. */
const FEW_TERMS = 2;
const LEAST_SHARE_OF_FEW = 0.6;
const HALF_HELD = 1.5;

/** The confidence from which evidence is enough, and from which it may be. */
export const correctFrom = 0.6;
export const ambiguousFrom = 0.27;

/** What a neighbouring sentence or the title holds counts less than what the sentence itself holds. */
const NEARBY = 0.8;
/** In a small knowledge base every word looks frequent: rarity is judged as if there were this many chunks. */
const LEAST_CHUNKS = 100;

/**
 * Is this evidence enough? (CRAG: correct, ambiguous or incorrect.) Judged by how much of the question stands
 * together in one place of the passages, rare terms first, and by whether one passage stands out.
 */
export function grade(question: string, language: Language, evidence: Evidence): Grade {
  const terms = [...new Set(analyze(question, language))];
  const passages = evidence.passages.map((passage) => readPassage(passage, language));
  const missingTerms = terms.filter((term) => !passages.some((passage) => passage.all.has(term)));
  if (passages.length === 0 || missingTerms.length === terms.length) {
    const isKindred = passages.some((passage) => terms.some((term) => closest(term, passage.all) > 0));
    if (!isKindred) return { verdict: "incorrect", confidence: 0, missingTerms, features: null };
  }
  const chunks = Math.max(LEAST_CHUNKS, evidence.liveChunks);
  const weights = terms.map((term) => {
    const seen = Math.max(
      evidence.frequencies.get(term) ?? 0,
      passages.filter((passage) => passage.all.has(term)).length,
    );
    return rarity(seen, chunks) / rarity(0, chunks);
  });
  const held = Math.max(0, ...passages.map((passage) => bestPlace(terms, weights, passage)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const share = held / total;
  const ahead = lead(evidence.passages);
  const score = INTERCEPT + SHARE * share + HELD * held + LEAD * ahead * share ** 2;
  const isHalfHeld = terms.length <= FEW_TERMS && share < LEAST_SHARE_OF_FEW;
  const confidence = 1 / (1 + Math.exp(HALF_HELD * Number(isHalfHeld) - score));
  return {
    verdict: confidence >= correctFrom ? "correct" : confidence >= ambiguousFrom ? "ambiguous" : "incorrect",
    confidence,
    missingTerms,
    features: {
      share,
      held,
      lead: ahead,
      terms: terms.map((term, index) => ({ term, weight: weights[index] ?? 0 })),
    },
  };
}

interface ReadPassage {
  /** Terms of the document's name and the headings, of each sentence, and of both together. */
  context: string[];
  sentences: string[][];
  all: ReadonlySet<string>;
}

function readPassage(passage: Passage, fallback: Language): ReadPassage {
  const language = languageOf(passage, fallback);
  const context = analyze(`${passage.documentName} ${passage.headingPath.join(" ")}`, language);
  const read = sentences(passage.text, language).map(({ text }) => analyze(plainText(text), language));
  return { context, sentences: read, all: new Set([...context, ...read.flat()]) };
}

function languageOf({ language }: Passage, fallback: Language): Language {
  return language === "en" || language === "fr" || language === "ar" ? language : fallback;
}

/** Inverse document frequency. */
function rarity(seen: number, chunks: number): number {
  return Math.log(1 + (chunks - seen + 0.5) / (seen + 0.5));
}

/** The weight of the terms held by the sentence that, with the one before and the title, holds most. */
function bestPlace(terms: readonly string[], weights: readonly number[], passage: ReadPassage): number {
  const inContext = terms.map((term) => NEARBY * closest(term, passage.context));
  let before = terms.map(() => 0);
  let best = 0;
  for (const sentence of passage.sentences) {
    const here = terms.map((term) => closest(term, sentence));
    const held = here.reduce((sum, match, at) => {
      const nearby = Math.max(NEARBY * (before[at] ?? 0), inContext[at] ?? 0);
      return sum + (weights[at] ?? 0) * Math.max(match, nearby);
    }, 0);
    best = Math.max(best, held);
    before = here;
  }
  return best;
}

function closest(term: string, among: Iterable<string>): number {
  let best = 0;
  for (const other of among) {
    best = Math.max(best, closeness(term, other));
    if (best === 1) break;
  }
  return best;
}

/** 0 to 1; half of it where there is nothing to stand above. */
function lead(passages: readonly Passage[]): number {
  if (passages.length < 2) return 0.5;
  const [first = 0, second = 0] = passages.map(({ scores }) => scores.bm25 ?? 0).sort((a, b) => b - a);
  return first > 0 ? (first - second) / first : 0;
}
