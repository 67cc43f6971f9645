import {
  analyze,
  detectLanguage,
  knownLanguage,
  type Language,
  plainText,
  type Sentence,
  sentences,
} from "../text/index.ts";
import { isNoise, lookOf, type SentenceLook } from "./sentence-look.ts";

/** A passage that a search found. */
export interface EvidencePassage {
  /** The number by which an answer cites it. */
  number: number;
  text: string;
  /** The name of its document. */
  title?: string | undefined;
  /** The headings above it, outermost first. */
  headingPath?: readonly string[] | undefined;
  /** What it is written in; detected if absent. */
  language?: string | undefined;
  /** The search's score; comparable with those of the same search only. */
  score?: number | undefined;
}

/** A sentence of a passage with what its surroundings say. */
export interface PlacedSentence extends Sentence {
  /** As it reads without marks; never empty. */
  plain: string;
  look: SentenceLook;
  /** The number of its passage, and the passage's place in the evidence (0 is the best). */
  passage: number;
  rank: number;
  /** The language of the passage, in which `terms` are stemmed. */
  language: Language;
  terms: string[];
  /** Terms of the passage's title and of the last heading above. */
  headingTerms: string[];
  /** Terms of the last heading above, if nothing but this sentence's own block stands between. */
  opens: string[];
  before: { terms: string[]; isQuestion: boolean } | undefined;
  isQuestion: boolean;
}

const QUESTION = /[?؟？]["'”»)]*$/;

/**
 * All sentences of all passages, in order; what is no sentence (imports, attributes, badges) is left out. A
 * passage too short to tell its language is read in that of the question.
 */
export function passageSentences(passages: readonly EvidencePassage[], asked: Language): PlacedSentence[] {
  return passages.flatMap((passage, rank) => placeSentences(passage, rank, asked));
}

function placeSentences(
  { number, text, title = "", headingPath = [], language: written }: EvidencePassage,
  rank: number,
  asked: Language,
): PlacedSentence[] {
  const language = written === undefined ? detectLanguage(text, asked) : knownLanguage(written);
  const titleTerms = analyze([title, ...headingPath].join(" "), language);
  // A passage that was cut out of a section begins under the section's heading.
  let heading = analyze(headingPath.at(-1) ?? "", language);
  let opening: number | undefined;
  let before: PlacedSentence | undefined;
  const placed: PlacedSentence[] = [];
  for (const sentence of sentences(text, language)) {
    const plain = sentence.kind === "code" ? sentence.text : plainText(sentence.text);
    if (plain === "" || isNoise(sentence, text)) continue;
    const terms = analyze(plain, language);
    const isHeading = sentence.kind === "heading";
    if (isHeading) {
      heading = terms;
      opening = undefined;
    } else opening ??= sentence.block;
    const one: PlacedSentence = {
      ...sentence,
      plain,
      look: lookOf(sentence, plain),
      passage: number,
      rank,
      language,
      terms,
      headingTerms: isHeading ? titleTerms : [...titleTerms, ...heading],
      opens: !isHeading && opening === sentence.block ? heading : [],
      before: before && { terms: before.terms, isQuestion: before.isQuestion },
      isQuestion: QUESTION.test(plain),
    };
    before = one;
    placed.push(one);
  }
  return placed;
}
