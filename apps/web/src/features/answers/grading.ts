import { dataOf, type Stage } from "./stage-data.ts";

/** How the evidence was weighed, read out of the stage's open record; null for what an older answer lacks. */
export interface Grading {
  confidence: number | null;
  share: number | null;
  lead: number | null;
  thresholds: { correct: number; ambiguous: number } | null;
  /** The words of the question, the weightiest first. */
  terms: { term: string; isMissing: boolean }[];
}

export function gradingOf(stage: Stage): Grading {
  const { thresholds, terms, missingTerms } = stage.data;
  const missing = new Set(Array.isArray(missingTerms) ? missingTerms.filter(isText) : []);
  const weighed = Array.isArray(terms) ? terms.flatMap(weighedTerm) : [];
  const words =
    weighed.length > 0 ? weighed.sort((a, b) => b.weight - a.weight).map(({ term }) => term) : [...missing];
  return {
    confidence: dataOf.number(stage, "confidence"),
    share: dataOf.number(stage, "share"),
    lead: dataOf.number(stage, "lead"),
    thresholds: thresholdsOf(thresholds),
    terms: words.map((term) => ({ term, isMissing: missing.has(term) })),
  };
}

function thresholdsOf(value: unknown): Grading["thresholds"] {
  if (typeof value !== "object" || value === null) return null;
  const correct: unknown = Reflect.get(value, "correct");
  const ambiguous: unknown = Reflect.get(value, "ambiguous");
  return typeof correct === "number" && typeof ambiguous === "number" ? { correct, ambiguous } : null;
}

function weighedTerm(value: unknown): { term: string; weight: number }[] {
  if (typeof value !== "object" || value === null) return [];
  const term: unknown = Reflect.get(value, "term");
  const weight: unknown = Reflect.get(value, "weight");
  return isText(term) && typeof weight === "number" ? [{ term, weight }] : [];
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
