import {
  isHowTo,
  type PlacedSentence,
  readQuestion,
  type ScoredSentence,
  weighEvidence,
} from "../../platform/evidence/index.ts";
import { detectLanguage, type SentenceKind } from "../../platform/text/index.ts";
import type { Evidence } from "./evidence.ts";
import { ANNOUNCES, type Supplement, supplementTo } from "./supplement.ts";

export interface SelectedSentence {
  /** The number of the passage that it stands in. */
  passage: number;
  /** Offsets in that passage's text: `text === passage.text.slice(start, end)`. */
  start: number;
  end: number;
  text: string;
  /** As it reads without marks of Markdown or HTML; never empty. */
  plain: string;
  kind: SentenceKind;
  /** List items or lines of code right behind it that belong to it. */
  supplement: Supplement | undefined;
  /** Logarithm of odds; comparable within one selection only. */
  score: number;
}

export interface Selection {
  /** At most two, best first. Empty only if the passages hold no sentence. */
  sentences: SelectedSentence[];
  /** 0..1: the share of the question's weighted terms that the best sentence and its surroundings hold. */
  confidence: number;
}

/** What announces something that cannot be shown is worth so much less, in the logarithm of odds. */
const CUT = 2;
/** The second sentence joins if its odds are at least this share of the best one's, and it says more than it. */
const SECOND = 0.03;
/** From another passage it must be likelier: it was written about something else. */
const ELSEWHERE = 0.08;
/** A sentence that shares more of its words with the best one is its double. */
const DOUBLE = 0.8;
/** Characters of both sentences together: more is not read. */
const LONGEST_PROSE = 700;

/** Chooses the one or two sentences of the passages that best answer the question. */
export function selectSentences(evidence: Evidence): Selection {
  const { passages, collection } = evidence;
  const question = readQuestion(evidence.question, evidence.language ?? detectLanguage(evidence.question));
  const { sentences, placed } = weighEvidence(question, passages, {
    liveChunks: collection?.liveChunks ?? passages.length,
    frequencies: new Map(Object.entries(collection?.frequencies ?? {})),
  });
  const texts = new Map(passages.map(({ number, text }) => [number, text]));
  const steps = isHowTo(question.text, question.language);
  const supplement = (sentence: PlacedSentence): Supplement | undefined =>
    supplementTo(sentence, placed, texts.get(sentence.passage) ?? "", steps);
  const scored = sentences.map((one) => {
    const isCut = ANNOUNCES.test(one.sentence.plain) && !supplement(one.sentence);
    return isCut ? { ...one, score: one.score - CUT } : one;
  });
  // A stable sort: of equals, the earlier passage and the earlier sentence win.
  scored.sort((a, b) => b.score - a.score);
  const best = scored[0];
  if (!best) return { sentences: [], confidence: 0 };
  return { sentences: chosen(best, scored.slice(1), supplement), confidence: best.covered };
}

/** The best sentence with what belongs to it, or with a second sentence. */
function chosen(
  best: ScoredSentence,
  rest: readonly ScoredSentence[],
  supplementOf: (sentence: PlacedSentence) => Supplement | undefined,
): SelectedSentence[] {
  const select = ({ sentence, score }: ScoredSentence, supplement?: Supplement): SelectedSentence => {
    const { passage, start, end, text, plain, kind } = sentence;
    return { passage, start, end, text, plain, kind, supplement, score };
  };
  const supplement = supplementOf(best.sentence);
  // With its list or code it is an answer in itself, as a record is.
  if (supplement || best.sentence.kind === "row") return [select(best, supplement)];
  const second = rest.find((candidate) => joins(candidate, best));
  if (!second) return [select(best)];
  const list = supplementOf(second.sentence);
  const isSameList = list?.kind === "list" && list.items.includes(best.sentence.plain);
  return isSameList ? [select(second, list)] : [select(best), select(second)];
}

/** Likely enough, readable beside the best one, and not saying the same again. */
function joins({ sentence, score }: ScoredSentence, best: ScoredSentence): boolean {
  const odds = Math.exp(score - best.score);
  if (odds < (sentence.passage === best.sentence.passage ? SECOND : ELSEWHERE)) return false;
  if (sentence.plain.length + best.sentence.plain.length > LONGEST_PROSE) return false;
  const said = new Set(best.sentence.terms);
  const repeated = sentence.terms.filter((term) => said.has(term)).length;
  return repeated < DOUBLE * Math.max(1, sentence.terms.length);
}
