import {
  detectLanguage,
  isStopWord,
  type Language,
  stemmed,
  tokenize,
} from "../../../platform/text/index.ts";
import { B, K1 } from "../lexical/bm25.ts";

/** What a second look reads of a passage. */
export interface Readable {
  text: string;
  title: string;
  headingPath: string[];
  /** As `detectLanguage` names it; detected if absent. */
  language?: string;
}

/** A different word of the pool, in its folded form. */
interface Word {
  text: string;
  stem: number;
  isStopWord: boolean;
}

/** The query and the passages of one pool as numbers, each different word and each different stem having one. */
export interface Pool {
  /** The query's words in order, with repeats. */
  query: Int32Array;
  /** Each passage's words in order: of its title, its headings, its text. */
  passages: Int32Array[];
  /** By number. */
  words: Word[];
  /** By number. */
  stems: string[];
  /** What each passage's length adds to a count that is to be saturated, as in BM25. */
  norms: Float64Array;
}

export function readPool(query: { text: string; language: string }, passages: readonly Readable[]): Pool {
  const reader = new PoolReader();
  const asked = reader.read([query.text], known(query.language) ?? detectLanguage(query.text));
  const read = passages.map(({ title, headingPath, text, language }) =>
    reader.read([title, ...headingPath, text], known(language) ?? detectLanguage(`${title}\n${text}`)),
  );
  return { query: asked, passages: read, words: reader.words, stems: reader.stems, norms: lengthNorms(read) };
}

function known(language: string | undefined): Language | undefined {
  return language === "en" || language === "fr" || language === "ar" || language === "other"
    ? language
    : undefined;
}

class PoolReader {
  readonly words: Word[] = [];
  readonly stems: string[] = [];
  private readonly stemNumbers = new Map<string, number>();
  /** A word that two languages share may have two stems. */
  private readonly wordNumbers: Readonly<Record<Language, Map<string, number>>> = {
    en: new Map(),
    fr: new Map(),
    ar: new Map(),
    other: new Map(),
  };

  read(parts: readonly string[], language: Language): Int32Array {
    const numbers: number[] = [];
    for (const part of parts)
      for (const { term } of tokenize(part)) numbers.push(this.numberOf(term, language));
    return Int32Array.from(numbers);
  }

  private numberOf(text: string, language: Language): number {
    const numbers = this.wordNumbers[language];
    let number = numbers.get(text);
    if (number === undefined) {
      number = this.words.push({
        text,
        stem: this.stemNumber(stemmed(text, language)),
        isStopWord: isStopWord(text, language),
      });
      numbers.set(text, --number);
    }
    return number;
  }

  private stemNumber(stem: string): number {
    let number = this.stemNumbers.get(stem);
    if (number === undefined) {
      number = this.stems.push(stem) - 1;
      this.stemNumbers.set(stem, number);
    }
    return number;
  }
}

function lengthNorms(passages: readonly Int32Array[]): Float64Array {
  const total = passages.reduce((sum, { length }) => sum + length, 0);
  const average = Math.max(1, total / Math.max(1, passages.length));
  return Float64Array.from(passages, ({ length }) => K1 * (1 - B + (B * length) / average));
}

/** Words without stop words; all of them if there are no others. */
export function meaningful(text: Int32Array, { words }: Pick<Pool, "words">): Int32Array {
  const kept = text.filter((word) => !words[word]?.isStopWord);
  return kept.length > 0 ? kept : text;
}

/** As BM25 counts: the second occurrence tells less than the first, one in a long passage less than in a short one. */
export function saturated(count: number, norm: number): number {
  return ((K1 + 1) * count) / (count + norm);
}
