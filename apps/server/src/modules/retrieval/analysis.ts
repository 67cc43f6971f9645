import {
  analyze,
  detectLanguage,
  isStopWord,
  knownLanguage,
  type Language,
  tokenize,
} from "../../platform/text/index.ts";

/** A chunk as it is indexed. */
export interface IndexedText {
  text: string;
  /** The document's title. */
  title: string;
  /** The headings above the chunk, outermost first. */
  headingPath: string[];
  /** The chunk's own language, as `detectLanguage` names it. */
  language: string;
}

/** Longer terms are data, not words: their beginning identifies them. UTF-16 code units. */
const LONGEST_TERM = 64;
/** A question has fewer distinct words than this; a pasted page is searched by its first ones. */
const MOST_QUERY_TERMS = 64;

const LATIN = /\p{Script=Latin}/u;

/** A term as the index keeps it. */
export const boundedTerm = (term: string): string =>
  term.length <= LONGEST_TERM ? term : term.slice(0, LONGEST_TERM).toWellFormed();

/** The index terms of a chunk's three fields, in order, with repeats. */
export interface ChunkTerms {
  text: string[];
  title: string[];
  headings: string[];
}

/** A chunk as the index reads it, each field by itself. */
export function chunkTerms(chunk: IndexedText): ChunkTerms {
  const language = knownLanguage(chunk.language);
  const termsOf = (text: string): string[] => analyze(text, language).map(boundedTerm);
  return {
    text: termsOf(chunk.text),
    title: termsOf(chunk.title),
    headings: chunk.headingPath.flatMap(termsOf),
  };
}

/**
 * The search terms of a query, at most 64 different ones, and the language it was read in. A term stands
 * there as often as in the query: who says a word twice means it (a long question gains much by this).
 */
export function queryTerms(query: string): { terms: string[]; language: Language } {
  const language = detectLanguage(query);
  const terms = analyze(query, language).map(boundedTerm);
  const seen = new Set(terms);
  for (const other of otherReadings(query, language)) {
    const reading = analyze(query, other).map(boundedTerm);
    terms.push(...reading.filter((term) => !seen.has(term)));
    for (const term of reading) seen.add(term);
  }
  const kept = new Set([...seen].slice(0, MOST_QUERY_TERMS));
  return { terms: terms.filter((term) => kept.has(term)), language };
}

/**
 * A few Latin words without any function word ("Wi-Fi installation", "retours") prove no language, and the
 * wrong stemmer would miss every chunk of the right one. Such a query is read in both languages; a stem
 * that only one of them makes finds chunks of that language alone.
 */
function otherReadings(query: string, language: Language): Language[] {
  if (language === "ar" || !LATIN.test(query)) return [];
  const words = tokenize(query);
  const readings: Language[] = ["en", "fr"];
  if (words.some(({ term }) => readings.some((reading) => isStopWord(term, reading)))) return [];
  return readings.filter((reading) => reading !== language);
}
