import { detectLanguage, type Language } from "./language.ts";
import { stem } from "./stem.ts";
import { isStopWord } from "./stop-words.ts";
import { tokenize } from "./tokens.ts";

/** Natural text repeats its words: remembering stems makes analysis several times faster. */
const MEMORY_LIMIT = 50_000;
const memories: Readonly<Record<Language, Map<string, string>>> = {
  en: new Map(),
  fr: new Map(),
  ar: new Map(),
  other: new Map(),
};

/** The stem of a folded term, remembered. */
export function stemmed(term: string, language: Language): string {
  const memory = memories[language];
  const known = memory.get(term);
  if (known !== undefined) return known;
  const fresh = stem(term, language);
  if (memory.size >= MEMORY_LIMIT) memory.clear();
  memory.set(term, fresh);
  return fresh;
}

/**
 * The index terms of `text` in order, with repeats: tokenised, folded, without stop words, stemmed for
 * `language` (detected if absent). A text of stop words alone keeps them, so "to be or not to be" can
 * be found. The same text and language always give the same terms.
 */
export function analyze(text: string, language: Language = detectLanguage(text)): string[] {
  const all = tokenize(text);
  const meaningful = all.filter((token) => !isStopWord(token.term, language));
  return (meaningful.length > 0 ? meaningful : all).map((token) => stemmed(token.term, language));
}
