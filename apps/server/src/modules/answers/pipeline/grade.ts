import { analyze, type Language } from "../../../platform/text/index.ts";
import type { Passage } from "../../knowledge/index.ts";
import type { Verdict } from "../answers.types.ts";

export interface Grade {
  verdict: Verdict;
  /** 0 to 1. */
  confidence: number;
  /** The question's terms that no passage holds. */
  missingTerms: string[];
}

/** Share of the question's weight that the evidence must hold. */
const correctFrom = 0.6;
const ambiguousFrom = 0.3;

/**
 * Is this evidence enough? (CRAG: correct, ambiguous or incorrect.) Judged by how much of the question
 * the passages speak of, most of all the best one; a term that is rare among the passages tells more.
 */
export function grade(question: string, language: Language, passages: Passage[]): Grade {
  const terms = [...new Set(analyze(question, language))];
  if (passages.length === 0 || terms.length === 0) {
    return { verdict: "incorrect", confidence: 0, missingTerms: terms };
  }
  const held = passages.map(
    (passage) =>
      new Set(
        analyze(
          `${passage.documentName} ${passage.headingPath.join(" ")} ${passage.text}`,
          languageOf(passage, language),
        ),
      ),
  );
  const weightOf = new Map(
    terms.map((term) => {
      const frequency = held.filter((passage) => passage.has(term)).length;
      return [term, Math.log(1 + (passages.length + 1) / (frequency + 0.5))];
    }),
  );
  const total = sum(weightOf.values());
  const coverage = (has: (term: string) => boolean) =>
    sum(terms.filter(has).map((term) => weightOf.get(term) ?? 0)) / total;
  const best = Math.max(...held.map((passage) => coverage((term) => passage.has(term))));
  const together = coverage((term) => held.some((passage) => passage.has(term)));
  const confidence = Math.min(1, 0.75 * best + 0.25 * together);
  return {
    verdict: confidence >= correctFrom ? "correct" : confidence >= ambiguousFrom ? "ambiguous" : "incorrect",
    confidence,
    missingTerms: terms.filter((term) => !held.some((passage) => passage.has(term))),
  };
}

function languageOf(passage: Passage, fallback: Language): Language {
  const { language } = passage;
  return language === "en" || language === "fr" || language === "ar" ? language : fallback;
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
