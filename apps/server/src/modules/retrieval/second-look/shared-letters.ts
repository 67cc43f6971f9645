import { meaningful, type Pool, saturated } from "./read-pool.ts";

/** Letters in a row; four is best across European languages (McNamee and Mayfield 2004). */
const LETTERS = 4;

/**
 * How much each passage holds of the letters of the query's words, four in a row at a time: forms that stemming
 * left apart, misspelt and misheard words, compounds. `weightOf` says how much a stem of the query tells.
 */
export function sharedLetters(pool: Pool, weightOf: (stem: string) => number): Float64Array {
  const weights: number[] = [];
  const wanted = new Map<string, number>();
  for (const number of meaningful(pool.query, pool)) {
    const word = pool.words[number];
    if (!word) continue;
    const weight = weightOf(pool.stems[word.stem] ?? "");
    for (const letters of lettersOf(word.text)) {
      const place = wanted.get(letters) ?? weights.length;
      wanted.set(letters, place);
      weights[place] = (weights[place] ?? 0) + weight;
    }
  }
  const placesOf = pool.words.map(({ text, isStopWord }) =>
    isStopWord ? [] : lettersOf(text).flatMap((letters) => wanted.get(letters) ?? []),
  );
  const counts = new Uint32Array(weights.length);
  return Float64Array.from(pool.passages, (passage, i) => {
    counts.fill(0);
    for (const word of passage)
      for (const place of placesOf[word] ?? []) counts[place] = (counts[place] ?? 0) + 1;
    const norm = pool.norms[i] ?? 0;
    return weights.reduce((sum, weight, place) => sum + weight * saturated(counts[place] ?? 0, norm), 0);
  });
}

function lettersOf(word: string): string[] {
  const marked = `_${word}_`;
  if (marked.length <= LETTERS) return [marked];
  return Array.from({ length: marked.length - LETTERS + 1 }, (_, at) => marked.slice(at, at + LETTERS));
}
