import { fold, isStopWord, type Language, tokenize } from "../../../platform/text/index.ts";
import type { Verdict } from "../answers.types.ts";
import { type Evidence, evidenceSignals, type Signals } from "./evidence-signals.ts";

export interface Grade {
  verdict: Verdict;
  /** 0 to 1: how likely it is that the passages hold the answer, and that quoting them gives it. */
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
  /** All that was weighed. */
  signals: Signals;
}

/**
 * Logistic regression on whether the quoted sentences hold the answer: over questions whose paragraph is indexed,
 * the same ones with it taken out, and questions of other domains, in three languages. `bench/answers/fit.ts` fits
 * these on one half of the articles; bench/README.md says what they reach on the other.
 */
export const INTERCEPT = -1.67;
export const CONFIDENCE_WEIGHTS: Signals = {
  cover: -1.43,
  covered: 0.05,
  held: 1.03,
  missing: -1.42,
  missingNames: -3.9,
  missingNumbers: -1.03,
  apart: -0.3,
  alone: 0.77,
  margin: 0.16,
  attained: 4.54,
  addressed: -0.11,
  unaddressed: -1.94,
};

/** The confidence from which evidence is enough, and from which it may be. */
export const correctFrom = 0.6;
export const ambiguousFrom = 0.37;

/**
 * Is this evidence enough? (CRAG: correct, ambiguous or incorrect.) Judged by how much of the question stands
 * together in one place of the passages, rare terms first, by what is missing there, and by whether one place
 * stands out.
 */
export function grade(text: string, language: Language, evidence: Evidence): Grade {
  const { question, weighed, signals } = evidenceSignals(text, language, evidence);
  const missingTerms = question.terms.filter(
    (_, at) => !weighed.byPassage.some((held) => (held[at] ?? 0) === 1),
  );
  if (!signals || signals.covered === 0 || saysNothing(text, language)) {
    return { verdict: "incorrect", confidence: 0, missingTerms, features: null };
  }
  const confidence = 1 / (1 + Math.exp(-scoreOf(signals)));
  return {
    verdict: confidence >= correctFrom ? "correct" : confidence >= ambiguousFrom ? "ambiguous" : "incorrect",
    confidence,
    missingTerms,
    features: {
      share: signals.covered,
      held: signals.held,
      lead: 1 - Math.exp(-signals.margin),
      terms: question.terms.map((term, at) => ({ term, weight: weighed.weights[at] ?? 0 })),
      signals,
    },
  };
}

/** The logarithm of the odds that the evidence holds the answer. */
function scoreOf(signals: Signals): number {
  const weights = CONFIDENCE_WEIGHTS;
  return (
    INTERCEPT +
    weights.cover * signals.cover +
    weights.covered * signals.covered +
    weights.held * signals.held +
    weights.missing * signals.missing +
    weights.missingNames * signals.missingNames +
    weights.missingNumbers * signals.missingNumbers +
    weights.apart * signals.apart +
    weights.alone * signals.alone +
    weights.margin * signals.margin +
    weights.attained * signals.attained +
    weights.addressed * signals.addressed +
    weights.unaddressed * signals.unaddressed
  );
}

/** A question of words that every text holds: "what is it?" */
function saysNothing(text: string, language: Language): boolean {
  return tokenize(text).every(({ term }) => isStopWord(fold(term), language));
}
