import { isStopWord, type Language, stemmed, tokenize } from "../../../platform/text/index.ts";
import { isCommonWord } from "./common-words.ts";
import { SMALL } from "./number-words.ts";

/** A word of a text with what it is good for in a comparison. */
export interface Word {
  /** Of a number up to 99 its digits, however it is written. */
  stem: string;
  written: string;
  start: number;
  end: number;
  /** Written like a proper name or an identifier: "Lyon", "IBM", "ISO-9001", "foo_bar". */
  isName: boolean;
  /** A name, or in Arabic, which has no capitals, a word that may be one. */
  mayBeName: boolean;
  /** Neither a stop word nor a plain number (those are compared by value). */
  isContent: boolean;
}

const PLAIN_NUMBER = /^\p{Nd}/u;
const CAPITAL = /^\p{Lu}/u;
const JOINED = /[_@]/;
const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;
/** Currencies and percent are part of a number, and compared with it. */
const NUMBER_UNIT = /^(?:percent|percentage|dollars?|euros?|usd|eur|gbp|دولار|دولارا|يورو)$/;
/** Nothing but marks between the last stop (or the beginning) and the word: a capital says nothing there. */
const AT_SENTENCE_START = /(?:^|[.!?:;؟…\n])[\s"'«»“”([*_#>-]*$/u;

/** "isn't", "cannot": an auxiliary and a "not" in one. */
const CONTRACTED = /^(can|\p{L}+?)(?:n't|not)$/u;
const IRREGULAR = new Map([
  ["wo", "will"],
  ["ca", "can"],
]);

/** All words of `text` in order. A capital at the start of a sentence is no sign of a name. */
export function readWords(text: string, language: Language): Word[] {
  const words: Word[] = [];
  for (const { term, start, end } of tokenize(text)) {
    const written = text.slice(start, end);
    const auxiliary = term === "not" ? undefined : CONTRACTED.exec(term)?.[1];
    if (auxiliary !== undefined && (term === "cannot" || term.endsWith("n't"))) {
      for (const stem of [IRREGULAR.get(auxiliary) ?? auxiliary, "not"]) {
        words.push({ stem, written, start, end, isName: false, mayBeName: false, isContent: false });
      }
      continue;
    }
    const spelled = SMALL.get(term);
    const isContent =
      spelled === undefined &&
      !PLAIN_NUMBER.test(term) &&
      !NUMBER_UNIT.test(term) &&
      !isStopWord(term, language);
    const isName =
      isContent &&
      (isIdentifier(written) ||
        (CAPITAL.test(written) && !AT_SENTENCE_START.test(text.slice(Math.max(0, start - 12), start))));
    const mayBeName = isName || (language === "ar" && isContent && !isCommonWord(term));
    const stem = spelled === undefined ? stemmed(term, language) : String(spelled);
    words.push({ stem, written, start, end, isName, mayBeName, isContent });
  }
  return words;
}

function isIdentifier(written: string): boolean {
  return JOINED.test(written) || (LETTER.test(written) && DIGIT.test(written));
}

/** The folded words of a text, without punctuation, for finding exact quotations. */
export function wordSequence(text: string): string {
  return ` ${tokenize(text.replace(/[*_`#|]+/g, " "))
    .map((token) => token.term)
    .join(" ")} `;
}

/** The sequence of texts that follow one another. */
export function joinSequences(sequences: readonly string[]): string {
  return ` ${sequences.map((sequence) => sequence.trim()).join(" ")} `;
}
