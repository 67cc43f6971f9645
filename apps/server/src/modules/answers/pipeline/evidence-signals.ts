import {
  addressesReader,
  type Collection,
  type EvidencePassage,
  type PlacedSentence,
  type ReadQuestion,
  readQuestion,
  type ScoredSentence,
  type WeighedEvidence,
  weighEvidence,
} from "../../../platform/evidence/index.ts";
import { analyze, fold, type Language, tokenize } from "../../../platform/text/index.ts";
import type { Passage } from "../../knowledge/index.ts";

/** What grading reads of a search. */
export interface Evidence extends Collection {
  /** Best first. */
  passages: readonly Passage[];
}

/** What tells whether the passages hold the answer, each 0 to 1 unless it says otherwise. */
export interface Signals {
  /** The share of the question, by weight, in the best sentence; and with the one before and the title. */
  cover: number;
  covered: number;
  /** The weight that the best sentence holds: much in common is no accident. From 0; a term as rare as can be counts 1. */
  held: number;
  /** The share of the question that the best sentence's passage lacks. */
  missing: number;
  /** Names of the question that it lacks, as a share of the question; numbers: 1 if it lacks one. */
  missingNames: number;
  missingNumbers: number;
  /** Words that are neighbours in the question and stand in that passage, but apart. */
  apart: number;
  /** How sure the choice of the sentence is: the logarithm of its odds among all, 0 at best. */
  alone: number;
  /** How far it stands above the best of another passage that does not say nearly the same; up to 5. */
  margin: number;
  /** The best passage's BM25 as a share of what the question could reach. */
  attained: number;
  /** If the question is of the asker's own affairs: the share of passages that speak to a reader, and that do not. */
  addressed: number;
  unaddressed: number;
}

/** What a margin counts for at most: as if there were no other passage. */
const NO_RIVAL = 5;
/** A sentence that shares at least this share of its words with another says nearly the same, or contradicts it. */
const ALIKE = 0.6;
/** How many words a text that speaks to its reader goes without saying so, on average. */
const UNADDRESSED_RUN = 25;
/** The most that BM25 gives for a term, in inverse document frequencies: k1 + 1. */
const MOST_OF_TERM = 2.2;
const NAME = /^\p{Lu}/u;
const NUMBER = /\p{Nd}+/gu;

export interface SignalsOfEvidence {
  question: ReadQuestion;
  weighed: WeighedEvidence;
  /** Null where there is nothing to weigh. */
  signals: Signals | null;
}

/** Reads the passages against the question. Pure. */
export function evidenceSignals(text: string, language: Language, evidence: Evidence): SignalsOfEvidence {
  const question = readQuestion(text, language);
  const passages = evidence.passages.map(
    (passage, at): EvidencePassage => ({
      number: at + 1,
      text: passage.text,
      title: passage.documentName,
      headingPath: passage.headingPath,
      language: passage.language,
      score: passage.scores.fused,
    }),
  );
  const weighed = weighEvidence(question, passages, evidence);
  const best = weighed.sentences[0];
  const signals = best ? signalsOf(question, weighed, best, evidence) : null;
  return { question, weighed, signals };
}

function signalsOf(
  question: ReadQuestion,
  weighed: WeighedEvidence,
  best: ScoredSentence,
  evidence: Evidence,
): Signals {
  const { weights, byPassage, sentences } = weighed;
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  const { rank } = best.sentence;
  const lacks = question.terms.map((_, at) => (weights[at] ?? 0) * (1 - (byPassage[rank]?.[at] ?? 0)));
  const names = new Set(namesIn(question));
  const others = sentences.filter(
    ({ sentence }) => sentence.rank !== rank && !areAlike(sentence, best.sentence),
  );
  const own = sentences.filter(({ sentence }) => sentence.rank === rank);
  const odds = [...own, ...others].reduce((sum, { score }) => sum + Math.exp(score - best.score), 0);
  const rival = others[0];
  const passage = fold(evidence.passages[rank]?.text ?? "");
  const numbers = (question.text.match(NUMBER) ?? []).map(fold);
  const silent = evidence.passages.reduce((sum, passage) => sum + silence(passage, question.language), 0);
  return {
    cover: best.features.cover,
    covered: best.covered,
    held: best.features.cover * total,
    missing: lacks.reduce((sum, lack) => sum + lack, 0) / total,
    missingNames:
      lacks.reduce((sum, lack, at) => sum + (names.has(question.terms[at] ?? "") ? lack : 0), 0) / total,
    missingNumbers: Number(numbers.some((number) => !passage.includes(number))),
    apart: apart(question, weighed, rank) / total,
    alone: -Math.log(odds),
    margin: rival ? Math.min(NO_RIVAL, best.score - rival.score) : NO_RIVAL,
    attained: attained(question, weighed, evidence),
    addressed: question.isPersonal ? 1 - silent / evidence.passages.length : 0,
    unaddressed: question.isPersonal ? silent / evidence.passages.length : 0,
  };
}

/** Near duplicates and contradictions of the best sentence do not stand against it: they are what was asked for. */
function areAlike(one: PlacedSentence, other: PlacedSentence): boolean {
  const terms = new Set(one.terms);
  const shared = new Set(other.terms.filter((term) => terms.has(term))).size;
  return shared >= ALIKE * Math.max(terms.size, new Set(other.terms).size);
}

/** 0 to 1: how surely a passage does not speak to a reader; a short one may only not have come to it. */
function silence({ text, documentName }: Passage, language: Language): number {
  const whole = `${documentName}\n${text}`;
  return addressesReader(whole, language) ? 0 : 1 - Math.exp(-tokenize(whole).length / UNADDRESSED_RUN);
}

/** Terms that are written like names: with a capital letter inside the question. Arabic has none. */
function namesIn({ text, language }: ReadQuestion): string[] {
  return tokenize(text)
    .slice(1)
    .map(({ start, end }) => text.slice(start, end))
    .filter((word) => NAME.test(word) && word !== "I")
    .flatMap((word) => analyze(word, language));
}

function apart(
  { terms }: ReadQuestion,
  { placed, weights, byPassage }: WeighedEvidence,
  rank: number,
): number {
  const inPassage = placed.filter((sentence) => sentence.rank === rank).map((sentence) => sentence.terms);
  let sum = 0;
  for (const [at, term] of terms.entries()) {
    const next = terms[at + 1];
    if (next === undefined || byPassage[rank]?.[at] !== 1 || byPassage[rank]?.[at + 1] !== 1) continue;
    const areTogether = inPassage.some((words) =>
      words.some(
        (word, place) => word === term && words.slice(Math.max(0, place - 2), place + 3).includes(next),
      ),
    );
    if (!areTogether) sum += Math.min(weights[at] ?? 0, weights[at + 1] ?? 0);
  }
  return sum;
}

/**
 * How near the best passage comes to the most that BM25 gives for the terms that are held, by the share of the
 * question that these are. BM25 knows no other form of a word: so far as the best passages hold one, the word counts
 * as little as if it were not asked for.
 */
function attained(
  { terms }: ReadQuestion,
  { weights, byPassage }: WeighedEvidence,
  { passages, liveChunks, frequencies }: Evidence,
): number {
  let most = 0;
  let held = 0;
  let asked = 0;
  for (const [at, term] of terms.entries()) {
    const weight = weights[at] ?? 0;
    const seen = Math.min(frequencies.get(term) ?? 0, liveChunks);
    if (seen > 0) {
      most += MOST_OF_TERM * Math.log(1 + (liveChunks - seen + 0.5) / (seen + 0.5));
      held += weight;
      asked += weight;
    } else asked += weight * (1 - Math.max(0, ...byPassage.map((likeness) => likeness[at] ?? 0)));
  }
  const bm25 = Math.max(0, ...passages.map(({ scores }) => scores.bm25 ?? 0));
  return most > 0 ? Math.min(1, bm25 / most) * (held / asked) : 0;
}
