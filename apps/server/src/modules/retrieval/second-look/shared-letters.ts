import { meaningful, type Pool, saturated } from "./read-pool.ts";

const EDGE = 0x5f;

/**
 * How much each passage holds of the letters of the query's words, four in a row at a time, the best number across
 * European languages (McNamee and Mayfield 2004): forms that stemming left apart, misspelt and misheard words,
 * compounds. `weightOf` says how much a stem of the query tells.
 */
export function sharedLetters(pool: Pool, weightOf: (stem: string) => number): Float64Array {
  const weights: number[] = [];
  const wanted = new Map<number, number>();
  for (const number of meaningful(pool.query, pool)) {
    const word = pool.words[number];
    if (!word) continue;
    const weight = weightOf(pool.stems[word.stem] ?? "");
    eachFour(word.text, (letters) => {
      const place = wanted.get(letters) ?? weights.length;
      wanted.set(letters, place);
      weights[place] = (weights[place] ?? 0) + weight;
    });
  }
  const placesOf = pool.words.map(({ text, isStopWord }) => {
    const places: number[] = [];
    if (isStopWord) return places;
    eachFour(text, (letters) => {
      const place = wanted.get(letters);
      if (place !== undefined) places.push(place);
    });
    return places;
  });
  const counts = new Uint32Array(weights.length);
  return Float64Array.from(pool.passages, (passage, i) => {
    counts.fill(0);
    for (const word of passage)
      for (const place of placesOf[word] ?? []) counts[place] = (counts[place] ?? 0) + 1;
    const norm = pool.norms[i] ?? 0;
    return weights.reduce((sum, weight, place) => sum + weight * saturated(counts[place] ?? 0, norm), 0);
  });
}

/**
 * Visits every four letters in a row, both edges of the word counted as letters, each four as one number of 32 bits:
 * eight for a letter, into whose neighbour's the upper bits of a letter beyond Latin run over. That two fours of one
 * script fall together is next to impossible.
 */
function eachFour(word: string, visit: (letters: number) => void): void {
  let letters = EDGE;
  for (let at = 0; at <= word.length; at++) {
    const next = at < word.length ? word.charCodeAt(at) : EDGE;
    letters = ((letters << 8) + next) | 0;
    if (at >= 2 || at === word.length) visit(letters);
  }
}
