/** A match of two forms of one word counts less than the word itself. */
const KINDRED = 0.6;
/** Two words with this many first letters, and this share of the longer one, in common are kindred. */
const PREFIX_LETTERS = 4;
const PREFIX_SHARE = 0.7;
const ARABIC = /[\u0621-\u064a]/;
/** Long vowels: what Arabic word patterns put between the letters of the root (katib, kitab, kutub). */
const INNER_VOWEL = /(?<!^)[اوي]/g;

/**
 * How well `word` is matched by the best of `terms` (both stemmed): 1 for the same stem, 0.6 for another
 * form of the word that stemming left apart ("elect" and "election", كتب and كتاب), otherwise 0.
 */
export function closeness(word: string, terms: readonly string[]): number {
  if (terms.includes(word)) return 1;
  if (ARABIC.test(word)) {
    const root = word.replace(INNER_VOWEL, "");
    if (root.length >= 3 && terms.some((term) => term.replace(INNER_VOWEL, "") === root)) return KINDRED;
  }
  if (word.length < PREFIX_LETTERS) return 0;
  return terms.some((term) => sharesPrefix(word, term)) ? KINDRED : 0;
}

function sharesPrefix(one: string, other: string): boolean {
  const needed = Math.max(PREFIX_LETTERS, PREFIX_SHARE * Math.max(one.length, other.length));
  if (Math.min(one.length, other.length) < needed) return false;
  let common = 0;
  while (common < one.length && common < other.length && one[common] === other[common]) common++;
  return common >= needed;
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
