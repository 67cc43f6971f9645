import { isStopWord, type Language, stemmed, tokenize } from "../../../platform/text/index.ts";

/** A content word of a text: no stop words, no plain numbers (those are compared by value). */
export interface Word {
  stem: string;
  written: string;
  start: number;
  end: number;
  /** Written like a proper name or an identifier: "Lyon", "IBM", "ISO-9001", "foo_bar". */
  isName: boolean;
}

const PLAIN_NUMBER = /^\p{Nd}/u;
const CAPITAL = /^\p{Lu}/u;
const IDENTIFIER = /_|@|(?=.*\p{L})(?=.*\p{Nd})/u;
/** Currencies and percent are part of a number, and compared with it. */
const NUMBER_UNIT = /^(?:percent|percentage|dollars?|euros?|usd|eur|gbp|دولار|دولارا|يورو)$/;
/** Nothing but marks between the last stop (or the beginning) and the word: a capital says nothing there. */
const AT_SENTENCE_START = /(?:^|[.!?:;؟…\n])[\s"'«»“”([*_#>-]*$/u;

/** The content words of `text` in order. A capital at the start of a sentence is no sign of a name. */
export function contentWords(text: string, language: Language): Word[] {
  const words: Word[] = [];
  for (const { term, start, end } of tokenize(text)) {
    if (PLAIN_NUMBER.test(term) || NUMBER_UNIT.test(term) || isStopWord(term, language)) continue;
    const written = text.slice(start, end);
    const isName =
      IDENTIFIER.test(written) ||
      (CAPITAL.test(written) && !AT_SENTENCE_START.test(text.slice(Math.max(0, start - 12), start)));
    words.push({ stem: stemmed(term, language), written, start, end, isName });
  }
  return words;
}

/** The folded words of a text, without punctuation, for finding exact quotations. */
export function wordSequence(text: string): string {
  return ` ${tokenize(text.replace(/[*_`#|]+/g, " "))
    .map((token) => token.term)
    .join(" ")} `;
}
