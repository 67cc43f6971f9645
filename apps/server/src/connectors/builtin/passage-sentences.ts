import {
  analyze,
  detectLanguage,
  type Language,
  type Sentence,
  sentences,
} from "../../platform/text/index.ts";
import type { Evidence } from "./evidence.ts";

/** A sentence of a passage with what its surroundings say. */
export interface PlacedSentence extends Sentence {
  /** The number of its passage, and the passage's place in the evidence (0 is the best). */
  passage: number;
  rank: number;
  /** The language of the passage, in which `terms` are stemmed. */
  language: Language;
  terms: string[];
  /** Terms of the passage's title and of the last heading above. */
  headingTerms: string[];
  before: { terms: string[]; isQuestion: boolean } | undefined;
  isHeading: boolean;
  isQuestion: boolean;
}

const QUESTION = /[?؟？]["'”»)]*$/;
const HEADING_LINE = /(?:^|\n)[ \t]*#{1,6}[ \t]+[^\n]*$/;

/** All sentences of all passages, in order. */
export function passageSentences(passages: Evidence["passages"]): PlacedSentence[] {
  return passages.flatMap((passage, rank) => {
    const language = detectLanguage(passage.text);
    const title = analyze(passage.title ?? "", language);
    let heading: string[] = [];
    let before: PlacedSentence | undefined;
    return sentences(passage.text, language).map((sentence) => {
      const terms = analyze(sentence.text, language);
      const isHeading = HEADING_LINE.test(
        passage.text.slice(Math.max(0, sentence.start - 200), sentence.start + 1),
      );
      if (isHeading) heading = terms;
      const placed: PlacedSentence = {
        ...sentence,
        passage: passage.number,
        rank,
        language,
        terms,
        headingTerms: isHeading ? title : [...title, ...heading],
        before: before && { terms: before.terms, isQuestion: before.isQuestion },
        isHeading,
        isQuestion: QUESTION.test(sentence.text),
      };
      before = placed;
      return placed;
    });
  });
}
