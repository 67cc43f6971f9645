import { analyze, fold, type Language } from "../text/index.ts";
import { type AnswerKind, expectedAnswer } from "./expected-answer.ts";
import { isPersonal } from "./register.ts";

/** What is known of the whole knowledge base. */
export interface Collection {
  liveChunks: number;
  /** How many of its chunks hold each term of the question; a term that none holds is absent. */
  frequencies: ReadonlyMap<string, number>;
}

/** In a small knowledge base every word looks frequent: rarity is judged as if there were this many chunks. */
const LEAST_CHUNKS = 100;

/** The share of those chunks that a common word would stand in. */
const COMMON_SHARE = 0.2;

/**
 * Inverse document frequency, from 0 to 1 for a term that no chunk holds. What a small knowledge base lacks of
 * evidence, everyday language stands in for: there "get" is no rare word, though no chunk holds it.
 */
export function rarity(seen: number, { liveChunks }: Collection, isCommon = false): number {
  const chunks = Math.max(LEAST_CHUNKS, liveChunks);
  const supposed = isCommon ? COMMON_SHARE * (chunks - liveChunks) : 0;
  const of = (count: number): number => Math.log(1 + (chunks - count + 0.5) / (count + 0.5));
  return of(Math.min(seen + supposed, chunks)) / of(0);
}

export interface ReadQuestion {
  text: string;
  language: Language;
  /** Its different terms, in order. */
  terms: readonly string[];
  kind: AnswerKind | undefined;
  /** It asks of the asker's own affairs, or speaks to whom it asks: "my card", "do you deliver". */
  isPersonal: boolean;
}

/** Words that ask without naming anything: no answer repeats them ("what happens when …", "how long …"). */
const ASKING: Readonly<Record<Language, RegExp>> = {
  en: /\b(?:happen(?:s|ed)?|means?|called)\b|(?<=\bhow )(?:long|often|soon)\b/g,
  fr: /\b(?:passe|arrive|signifie|appelle|etes)\b|(?<=\bcombien de )temps\b/g,
  ar: /(?<!\p{L})(?:يحدث|يحصل|يعني|يسمي)(?!\p{L})/gu,
  other: /(?!)/g,
};

export function readQuestion(text: string, language: Language): ReadQuestion {
  const asking = new Set(
    (fold(text).match(ASKING[language]) ?? []).flatMap((word) => analyze(word, language)),
  );
  const all = [...new Set(analyze(text, language))];
  const naming = all.filter((term) => !asking.has(term));
  return {
    text,
    language,
    terms: naming.length > 0 ? naming : all,
    kind: expectedAnswer(text, language),
    isPersonal: isPersonal(text, language),
  };
}
