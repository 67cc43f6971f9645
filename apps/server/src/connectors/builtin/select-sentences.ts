import { analyze, detectLanguage, type Language, type SentenceKind } from "../../platform/text/index.ts";
import type { Evidence } from "./evidence.ts";
import { type AnswerKind, expectedAnswer, holdsAnswer, isHowTo } from "./expected-answer.ts";
import { type PlacedSentence, passageSentences } from "./passage-sentences.ts";
import type { SentenceLook } from "./sentence-look.ts";
import { ANNOUNCES, type Supplement, supplementTo } from "./supplement.ts";
import { bestMatch, pairWeight, termWeights } from "./term-match.ts";

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
  /** About 0..1.5; comparable within one selection only. */
  score: number;
}

export interface Selection {
  /** At most two, best first. Empty only if the passages hold no sentence. */
  sentences: SelectedSentence[];
  /** 0..1: the share of the question's weighted terms that the best sentence and its surroundings hold. */
  confidence: number;
}

// Each weight was checked by leaving it out and doubling it on English, Arabic and French questions
// together; none is fitted to one collection, and the figures move by less than .01 around them.
/** A term in the sentence before (often the antecedent of "it" and "he"). */
const BEFORE = 0.3;
/** The same when the sentence before is itself a question: the FAQ form. */
const BEFORE_QUESTION = 0.9;
/** A term in the title or the heading above. */
const HEADING = 0.5;
/** Question words that stand together in the sentence too. */
const PAIR = 0.3;
/** The sentence holds the kind of thing that is asked for. */
const KIND = 0.3;
/** Up to this much for saying something beyond the question. */
const FRESH = 0.1;
const FRESH_TERMS = 15;
/** Repeating the question, asking it back, or only announcing the topic is no answer. */
const NOTHING_NEW = 0.3;
/** Announces something that cannot be shown. */
const CUT = 0.5;
const QUESTION = 0.2;
/** How far each look can answer, beside prose; a heading less than half of what it lends to the text below. */
const LOOK: Readonly<Record<SentenceLook, number>> = {
  prose: 1,
  item: 0.95,
  row: 0.7,
  label: 0.5,
  heading: 0.15,
  code: 0.3,
  links: 0.2,
};
/** A term in the heading that the sentence opens the section of. */
const OPENS = 0.8;
/** Each place lower in the retrieval order costs this share, up to four places. */
const RANK = 0.1;
/** A second sentence loses up to this share for what the first one already says. */
const REPEATED = 0.2;
/** The second sentence joins if it reaches this share of the best one and is not its double. */
const SECOND = 0.35;
const DOUBLE = 0.8;
/** From another passage it must reach this share: it was written about something else. */
const ELSEWHERE = 0.75;
/** Characters of both sentences together: more is not read. */
const LONGEST_PROSE = 700;

interface Scored {
  sentence: PlacedSentence;
  score: number;
  coverage: number;
}

/** Chooses the one or two sentences of the passages that best answer the question. */
export function selectSentences(evidence: Evidence): Selection {
  const { question, passages } = evidence;
  const language = evidence.language ?? detectLanguage(question);
  const placed = passageSentences(passages, language);
  const weight = termWeights(placed.map((sentence) => sentence.terms));
  const queries = new Map<Language, string[]>();
  const kind = expectedAnswer(question, language);

  const texts = new Map(passages.map(({ number, text }) => [number, text]));
  const steps = isHowTo(question, language);
  const supplement = (sentence: PlacedSentence): Supplement | undefined =>
    supplementTo(sentence, placed, texts.get(sentence.passage) ?? "", steps);
  const scored = placed.map((sentence) => {
    // Stemmed as the passage is, so a French question meets a French passage on its own terms.
    const query = queries.get(sentence.language) ?? [...new Set(analyze(question, sentence.language))];
    queries.set(sentence.language, query);
    const scored = score(sentence, { question, query, kind, weight });
    const isCut = ANNOUNCES.test(sentence.plain) && !supplement(sentence);
    return isCut ? { ...scored, score: scored.score * CUT } : scored;
  });
  // A stable sort: of equals, the earlier passage and the earlier sentence win.
  scored.sort((a, b) => b.score - a.score);
  const best = scored[0];
  if (!best) return { sentences: [], confidence: 0 };
  return {
    sentences: chosen(best, scored.slice(1), supplement),
    confidence: Math.min(1, best.coverage),
  };
}

/** The best sentence with what belongs to it, or with a second sentence. */
function chosen(
  best: Scored,
  rest: readonly Scored[],
  supplementOf: (sentence: PlacedSentence) => Supplement | undefined,
): SelectedSentence[] {
  const select = ({ sentence, score }: Scored, supplement?: Supplement): SelectedSentence => {
    const { passage, start, end, text, plain, kind } = sentence;
    return { passage, start, end, text, plain, kind, supplement, score };
  };
  const supplement = supplementOf(best.sentence);
  // With its list or code it is an answer in itself, as a record is.
  if (supplement || best.sentence.kind === "row") return [select(best, supplement)];
  const second = secondBest(best, rest);
  if (!second) return [select(best)];
  const list = supplementOf(second.sentence);
  const isSameList = list?.kind === "list" && list.items.includes(best.sentence.plain);
  return isSameList ? [select(second, list)] : [select(best), select(second)];
}

interface Asked {
  question: string;
  /** The different terms of the question. */
  query: readonly string[];
  kind: AnswerKind | undefined;
  weight: (term: string) => number;
}

function score(sentence: PlacedSentence, { question, query, kind, weight }: Asked): Scored {
  const { terms, before, headingTerms, opens } = sentence;
  const beforeShare = before?.isQuestion ? BEFORE_QUESTION : BEFORE;
  let total = 0;
  let matched = 0;
  let covered = 0;
  for (const term of query) {
    const here = bestMatch(term, terms);
    const earlier = before ? bestMatch(term, before.terms) : 0;
    const above = bestMatch(term, headingTerms);
    total += weight(term);
    const opening = OPENS * bestMatch(term, opens);
    matched += weight(term) * Math.max(here, beforeShare * earlier, opening, HEADING * above);
    covered += weight(term) * Math.max(here, earlier, above);
  }
  if (total === 0) return { sentence, score: 0, coverage: 0 };
  const fresh = terms.filter((term) => !query.includes(term)).length;
  let value = (matched + PAIR * pairWeight(query, terms, weight)) / total;
  value *= 1 + FRESH * Math.min(1, fresh / FRESH_TERMS);
  value *= 1 - RANK * Math.min(4, sentence.rank);
  if (kind && holdsAnswer(kind, sentence.plain, question)) value *= 1 + KIND;
  if (fresh === 0) value *= NOTHING_NEW;
  if (sentence.isQuestion) value *= QUESTION;
  value *= LOOK[sentence.look];
  return { sentence, score: value, coverage: covered / total };
}

/** The next sentence worth adding: strong enough, and not saying the same again. */
function secondBest(best: Scored, rest: readonly Scored[]): Scored | undefined {
  const said = new Set(best.sentence.terms);
  let choice: Scored | undefined;
  let value = SECOND * best.score;
  for (const candidate of rest) {
    const { terms } = candidate.sentence;
    const repeated = terms.filter((term) => said.has(term)).length / Math.max(1, terms.length);
    const adjusted = candidate.score * (1 - REPEATED * repeated);
    const length = best.sentence.plain.length + candidate.sentence.plain.length;
    const isNear = candidate.sentence.passage === best.sentence.passage;
    if (!isNear && adjusted < ELSEWHERE * best.score) continue;
    if (repeated < DOUBLE && adjusted > value && length <= LONGEST_PROSE) {
      choice = candidate;
      value = adjusted;
    }
  }
  return choice;
}
