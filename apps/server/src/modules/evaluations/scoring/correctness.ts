import {
  analyze,
  detectLanguage,
  fold,
  type Language,
  plainText,
  tokenize,
} from "../../../platform/text/index.ts";

/** From this share of common words on, other words than the gold answer's count as saying the same. */
export const sameFrom = 0.5;

const citationMark = /\[\d{1,3}\]/g;

export interface Correctness {
  /** A gold answer stands in it, word for word in search form. */
  contained: boolean;
  /** The best F1 of its words with a gold answer's. */
  tokenF1: number;
  isCorrect: boolean;
}

/**
 * Whether an answer says what any of the gold answers says. Spelling is folded as for search: case, accents, Arabic
 * letter forms and marks, punctuation and the marks of sources make no difference.
 */
export function correctnessOf(answer: string, gold: readonly string[]): Correctness {
  const language = detectLanguage(gold.join("\n")); // both are read in the language of what is right
  const said = wordsOf(answer);
  const terms = termsOf(answer, language);
  let contained = false;
  let tokenF1 = 0;
  for (const text of gold) {
    contained ||= holds(said, wordsOf(text));
    tokenF1 = Math.max(tokenF1, f1(terms, termsOf(text, language)));
  }
  return { contained, tokenF1, isCorrect: contained || tokenF1 >= sameFrom };
}

/** Those of the wanted words that the answer does not hold. */
export function missingWords(answer: string, wanted: readonly string[]): string[] {
  const said = wordsOf(answer);
  return wanted.filter((text) => !holds(said, wordsOf(text)));
}

/** Whole words in their order: "14" does not stand in "2014". */
function holds(said: readonly string[], wanted: readonly string[]): boolean {
  if (wanted.length === 0) return false;
  return ` ${said.join(" ")} `.includes(` ${wanted.join(" ")} `);
}

function wordsOf(text: string): string[] {
  const plain = plainText(text.replace(citationMark, " "));
  return tokenize(plain).map(({ start, end }) => fold(plain.slice(start, end)));
}

/** Stems without stop words; of a text that has only such, its words. */
function termsOf(text: string, language: Language): string[] {
  const terms = analyze(plainText(text.replace(citationMark, " ")), language);
  return terms.length > 0 ? terms : wordsOf(text);
}

/** Each word counts as often as it stands in both. */
function f1(one: readonly string[], other: readonly string[]): number {
  const left = new Map<string, number>();
  for (const term of other) left.set(term, (left.get(term) ?? 0) + 1);
  let common = 0;
  for (const term of one) {
    const count = left.get(term) ?? 0;
    if (count === 0) continue;
    left.set(term, count - 1);
    common++;
  }
  if (common === 0) return 0;
  const [precision, recall] = [common / one.length, common / other.length];
  return (2 * precision * recall) / (precision + recall);
}
