import { closeness } from "../../platform/text/index.ts";

/** How well `word` is matched by the best of `terms`, all of them stems: 0..1. */
export function bestMatch(word: string, terms: readonly string[]): number {
  if (terms.includes(word)) return 1;
  return terms.reduce((best, term) => Math.max(best, closeness(word, term)), 0);
}

/** Inverse document frequency over term lists: rare terms weigh more; unseen ones weigh most. */
export function termWeights(documents: readonly (readonly string[])[]): (term: string) => number {
  const frequency = new Map<string, number>();
  for (const terms of documents) {
    for (const term of new Set(terms)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  }
  return (term) => {
    const seen = frequency.get(term) ?? 0;
    return Math.log(1 + (documents.length - seen + 0.5) / (seen + 0.5));
  };
}

/** The weight of the neighbouring query words that also stand within two places of each other in `terms`. */
export function pairWeight(
  query: readonly string[],
  terms: readonly string[],
  weight: (term: string) => number,
): number {
  let sum = 0;
  for (const [at, word] of query.entries()) {
    const next = query[at + 1];
    const here = next === undefined ? -1 : terms.indexOf(word);
    const there = next === undefined ? -1 : terms.indexOf(next);
    if (next !== undefined && here >= 0 && there >= 0 && Math.abs(here - there) <= 2) {
      sum += Math.min(weight(word), weight(next));
    }
  }
  return sum;
}
