import { fold, isStopWord, type Language, tokenize } from "../../../platform/text/index.ts";

/**
 * The question once more, reduced to what it is about: filler and courtesy dropped, the words that no
 * passage held left out. Null when nothing would change.
 */
export function refineQuery(question: string, language: Language, missingTerms: string[]): string | null {
  const words = tokenize(question)
    .map((token) => question.slice(token.start, token.end))
    .filter((word) => !isStopWord(fold(word), language));
  const kept = words.filter((word) => !missingTerms.some((term) => fold(word).startsWith(term)));
  const refined = (kept.length > 0 ? kept : words).join(" ");
  return refined === "" || refined === question ? null : refined;
}
