import { detectLanguage, fold, stemmed, tokenize } from "../../../platform/text/index.ts";

/** Character n-grams of 2 to 5 letters, each within a word and its two edges. */
const shortestGram = 2;
const longestGram = 5;
/** A message of more words is read by its beginning: what it wants is said there, and the work is bounded. */
const mostWords = 200;
/** Longer words are data. */
const longestWord = 30;

/**
 * What a text is recognised by, with how often each stands there: words, stems, pairs of neighbours, and parts of words,
 * which forgive spelling and inflection. Stop words stay: "how do I" and "I cannot" differ by nothing else.
 */
export function featuresOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  const count = (feature: string) => counts.set(feature, (counts.get(feature) ?? 0) + 1);
  const language = detectLanguage(text);
  let previous = "^";
  for (const { term } of tokenize(fold(text)).slice(0, mostWords)) {
    const word = term.slice(0, longestWord);
    count(`w ${word}`);
    const stem = stemmed(word, language);
    if (stem !== word) count(`s ${stem}`);
    count(`b ${previous} ${word}`);
    previous = word;
    const edged = `_${word}_`;
    for (let length = shortestGram; length <= longestGram; length++) {
      for (let at = 0; at + length <= edged.length; at++) count(`c ${edged.slice(at, at + length)}`);
    }
  }
  count(`b ${previous} $`);
  return counts;
}
