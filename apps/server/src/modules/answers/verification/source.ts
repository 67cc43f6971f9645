import {
  closeness,
  detectLanguage,
  type Language,
  plainText,
  sentences,
} from "../../../platform/text/index.ts";
import type { CalendarDate } from "./dates.ts";
import { findQuantities, type NumberFact } from "./numbers.ts";
import { joinSequences, readWords, type Word, wordSequence } from "./words.ts";

export interface Passage {
  /** The number by which answers cite it. */
  number: number;
  text: string;
  title?: string;
}

export interface SourceSentence {
  text: string;
  /** All its words in one string with a space around each. */
  sequence: string;
  /** A question states nothing; the sentence behind it does. */
  isQuestion: boolean;
  /** Every word, and the content words among them. */
  all: Word[];
  words: Word[];
  numbers: NumberFact[];
  dates: CalendarDate[];
}

/** A passage, read once for all the claims that cite it. */
export interface Source {
  number: number;
  language: Language;
  sentences: SourceSentence[];
  /** All its words, title included, in one string with a space around each. */
  sequence: string;
  titleWords: Word[];
}

/** Reads the passage as `plainText` does, so that marks of Markdown and HTML neither help nor hurt, in the answer's language where its own cannot be told. */
export function readSource({ number, text, title = "" }: Passage, answered?: Language): Source {
  const language = detectLanguage(text, answered);
  const read = sentences(text, language).map((sentence) =>
    readSentence(sentence.kind === "code" ? sentence.text : plainText(sentence.text), language),
  );
  return {
    number,
    language,
    sentences: read,
    sequence: joinSequences([wordSequence(title), ...read.map(({ sequence }) => sequence)]),
    titleWords: readWords(title, language).filter((word) => word.isContent),
  };
}

function readSentence(text: string, language: Language): SourceSentence {
  const all = readWords(text, language);
  return {
    text,
    sequence: wordSequence(text),
    isQuestion: QUESTION.test(text),
    all,
    words: all.filter((word) => word.isContent),
    ...findQuantities(text),
  };
}

const QUESTION = /[?؟]["'”»)\s.]*$/;

const MOST_SENTENCES = 4;
/** A further sentence must bring at least this many words that the claim still misses. */
const LEAST_GAIN = 2;

/** How well the best of `words` matches the stem. */
export function heldBy(stem: string, words: readonly Word[]): number {
  return words.reduce((best, word) => Math.max(best, closeness(stem, word.stem)), 0);
}

/**
 * The source sentences that speak of what the claim speaks of: the best match, then those that add ordinary
 * words, and for a question (as in an FAQ) what follows it. Names and numbers do not attract a sentence, or a wrong name would bring along its own sentence.
 */
export function align(claim: readonly Word[], sources: readonly Source[]): SourceSentence[] {
  const candidates = sources.flatMap((source) => source.sentences);
  const chosen: SourceSentence[] = [];
  let missing = claim;
  while (chosen.length < MOST_SENTENCES) {
    let best: SourceSentence | undefined;
    let bestGain = chosen.length === 0 ? 0 : LEAST_GAIN - 0.5;
    for (const sentence of candidates) {
      if (chosen.includes(sentence)) continue;
      const counted = chosen.length === 0 ? missing : missing.filter((word) => !word.isName);
      const gain = counted.reduce((sum, word) => sum + heldBy(word.stem, sentence.words), 0);
      if (gain > bestGain) {
        best = sentence;
        bestGain = gain;
      }
    }
    if (!best) break;
    const reply = best.isQuestion ? candidates[candidates.indexOf(best) + 1] : undefined;
    const added = reply && !chosen.includes(reply) ? [best, reply] : [best];
    chosen.push(...added);
    missing = missing.filter((word) => added.every(({ words }) => heldBy(word.stem, words) === 0));
  }
  return chosen;
}
