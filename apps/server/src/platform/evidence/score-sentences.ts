import type { Language } from "../text/index.ts";
import { isCommonTerm } from "./common-words.ts";
import { holdsAnswer } from "./expected-answer.ts";
import { Matcher } from "./likeness.ts";
import { type EvidencePassage, type PlacedSentence, passageSentences } from "./passage-sentences.ts";
import { type Collection, type ReadQuestion, rarity, readQuestion } from "./read-question.ts";
import type { SentenceLook } from "./sentence-look.ts";

/*
 * How well each sentence answers a question: a weighted sum of what it holds, in the logarithm of odds against the
 * other sentences of the same evidence. A share is of the question's weight, where rare terms weigh more.
 */

/** What is read of a sentence. The weights stand in `SENTENCE_WEIGHTS`. */
export interface SentenceFeatures {
  /** Share of the question that stands in it, by how rare terms are in the knowledge base. */
  cover: number;
  /** The same by how rare they are among these passages: what tells them apart. */
  coverHere: number;
  /** What only the sentence before adds (often the antecedent of "it"), only the next one, only title and heading. */
  before: number;
  after: number;
  heading: number;
  /** Neighbouring terms of the question that are neighbours in it too. */
  pairs: number;
  /** Different terms that the question does not name, and all terms, as logarithms. */
  fresh: number;
  length: number;
  /** 1 where the question asks for a kind of thing (a date, a person) and it is there, or is not. */
  kindHeld: number;
  kindMissed: number;
  /** The score of its passage as a share of the best one's. */
  passage: number;
}

/** Fitted by `bench/answers/fit.ts`, which says on what. */
export const SENTENCE_WEIGHTS: SentenceFeatures = {
  cover: 6.33,
  coverHere: 3.31,
  before: 5.41,
  after: 2.94,
  heading: 6.24,
  pairs: 0.83,
  fresh: -0.39,
  length: 0.29,
  kindHeld: 0.87,
  kindMissed: -0.77,
  passage: 4.36,
};

// What the collections that the weights were fitted to, all prose, cannot tell. Chosen by eye on documentation.
/** How far each look can answer, beside prose. */
const LOOK: Readonly<Record<SentenceLook, number>> = {
  prose: 0,
  item: -0.1,
  row: -0.8,
  label: -2,
  heading: -5,
  code: -3,
  links: -4,
};
/** Asking it back, and only repeating the question, are no answer. */
const QUESTION = -4;
const NOTHING_NEW = -3;
/** What the heading says that the sentence opens the section of, and what a question right before it says. */
const OPENS = 0.8;
const BEFORE_QUESTION = 0.9;

export interface ScoredSentence {
  sentence: PlacedSentence;
  features: SentenceFeatures;
  /** Logarithm of odds, comparable within one evidence only. */
  score: number;
  /** 0 to 1: the share of the question that it, the sentence before, and what stands above hold. */
  covered: number;
  /** How well each of the question's terms is held by the sentence itself. */
  held: number[];
}

export interface WeighedEvidence {
  /** Best first; of equals the earlier passage and the earlier sentence. */
  sentences: ScoredSentence[];
  /** In reading order. */
  placed: PlacedSentence[];
  /** What each of the question's terms weighs, 0 to 1. */
  weights: number[];
  /** How well each passage, with its title and headings, holds each of the question's terms. */
  byPassage: number[][];
}

/** A question's terms as a passage of some language stems them, with their weights. */
interface Asked {
  terms: readonly string[];
  weights: readonly number[];
  localWeights: readonly number[];
  matcher: Matcher;
}

/** Reads and scores every sentence of `passages`. Pure. */
export function weighEvidence(
  question: ReadQuestion,
  passages: readonly EvidencePassage[],
  collection: Collection,
): WeighedEvidence {
  const placed = passageSentences(passages, question.language);
  const holding = passages.map(
    ({ number }) =>
      new Set(
        placed
          .filter(({ passage }) => passage === number)
          .flatMap(({ terms, headingTerms }) => [...terms, ...headingTerms]),
      ),
  );
  const weigh = (term: string): number =>
    rarity(
      Math.max(collection.frequencies.get(term) ?? 0, holding.filter((terms) => terms.has(term)).length),
      collection,
      isCommonTerm(term, question.language),
    );
  const local = localRarity(placed);
  const readings = new Map<Language, Asked>();
  const askedIn = (language: Language): Asked => {
    const known = readings.get(language);
    if (known) return known;
    // Stemmed as the passage is, so a French question meets a French passage on its own terms.
    const terms =
      language === question.language ? question.terms : readQuestion(question.text, language).terms;
    const asked = {
      terms,
      weights: terms.map(weigh),
      localWeights: terms.map(local),
      matcher: new Matcher(terms),
    };
    readings.set(language, asked);
    return asked;
  };
  const best = Math.max(0, ...passages.map(({ score }) => score ?? 0));
  const shareOf = passages.map(({ score }, rank) =>
    score === undefined || best === 0 ? 1 / (1 + 0.1 * rank) : Math.max(0, score) / best,
  );
  const sentences = placed.map((sentence, at) =>
    score(question, askedIn(sentence.language), sentence, {
      next: placed[at + 1]?.passage === sentence.passage ? placed[at + 1] : undefined,
      passage: shareOf[sentence.rank] ?? 0,
    }),
  );
  sentences.sort((a, b) => b.score - a.score);
  const asked = askedIn(question.language);
  return {
    sentences,
    placed,
    weights: question.terms.map(weigh),
    byPassage: holding.map((terms) => asked.matcher.match([...terms])),
  };
}

/** Inverse document frequency among the sentences themselves. */
function localRarity(placed: readonly PlacedSentence[]): (term: string) => number {
  const frequency = new Map<string, number>();
  for (const { terms } of placed) {
    for (const term of new Set(terms)) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  }
  return (term) => {
    const seen = frequency.get(term) ?? 0;
    return Math.log(1 + (placed.length - seen + 0.5) / (seen + 0.5));
  };
}

function score(
  question: ReadQuestion,
  { terms, weights, localWeights, matcher }: Asked,
  sentence: PlacedSentence,
  around: { next: PlacedSentence | undefined; passage: number },
): ScoredSentence {
  const { before } = sentence;
  const held = matcher.match(sentence.terms);
  const opened = matcher.match(sentence.opens);
  const earlier = matcher.match(before?.terms ?? []);
  const above = matcher.match(sentence.headingTerms);
  const later = matcher.match(around.next?.terms ?? []);
  const said = held.map((match, at) =>
    Math.max(match, OPENS * (opened[at] ?? 0), before?.isQuestion ? BEFORE_QUESTION * (earlier[at] ?? 0) : 0),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const localTotal = localWeights.reduce((sum, weight) => sum + weight, 0);
  const share = (value: (at: number) => number): number =>
    total === 0
      ? 0
      : terms.reduce((sum, _, at) => sum + (weights[at] ?? 0) * Math.max(0, value(at)), 0) / total;
  const saidAt = (at: number): number => said[at] ?? 0;
  const earlierAt = (at: number): number => earlier[at] ?? 0;
  const aboveAt = (at: number): number => above[at] ?? 0;
  const known = new Set(terms);
  const fresh = new Set(sentence.terms.filter((term) => !known.has(term))).size;
  const { kind } = question;
  const isKindHeld = kind !== undefined && holdsAnswer(kind, sentence.plain, question.text);
  const features: SentenceFeatures = {
    cover: share(saidAt),
    coverHere:
      localTotal === 0
        ? 0
        : said.reduce((sum, match, at) => sum + (localWeights[at] ?? 0) * match, 0) / localTotal,
    before: share((at) => earlierAt(at) - saidAt(at)),
    after: share((at) => (later[at] ?? 0) - Math.max(saidAt(at), earlierAt(at))),
    heading: share((at) => aboveAt(at) - Math.max(saidAt(at), earlierAt(at))),
    pairs: total === 0 ? 0 : pairWeight(terms, sentence.terms, weights) / total,
    fresh: Math.log(1 + fresh),
    length: Math.log(1 + sentence.terms.length),
    kindHeld: Number(isKindHeld),
    kindMissed: Number(kind !== undefined && !isKindHeld),
    passage: around.passage,
  };
  const penalty =
    LOOK[sentence.look] + (sentence.isQuestion ? QUESTION : 0) + (fresh === 0 ? NOTHING_NEW : 0);
  return {
    sentence,
    features,
    score: weighted(features, SENTENCE_WEIGHTS) + penalty,
    covered: Math.min(1, features.cover + features.before + features.heading),
    held,
  };
}

/** The sum of the features, each by its weight. */
function weighted(features: SentenceFeatures, weights: SentenceFeatures): number {
  return (
    weights.cover * features.cover +
    weights.coverHere * features.coverHere +
    weights.before * features.before +
    weights.after * features.after +
    weights.heading * features.heading +
    weights.pairs * features.pairs +
    weights.fresh * features.fresh +
    weights.length * features.length +
    weights.kindHeld * features.kindHeld +
    weights.kindMissed * features.kindMissed +
    weights.passage * features.passage
  );
}

/** The weight of the neighbouring terms that also stand within two places of each other in `words`. */
function pairWeight(terms: readonly string[], words: readonly string[], weights: readonly number[]): number {
  let sum = 0;
  for (const [at, term] of terms.entries()) {
    const next = terms[at + 1];
    if (next === undefined || !words.includes(term) || !words.includes(next)) continue;
    const isNear = words.some(
      (word, place) => word === term && words.slice(Math.max(0, place - 2), place + 3).includes(next),
    );
    if (isNear) sum += Math.min(weights[at] ?? 0, weights[at + 1] ?? 0);
  }
  return sum;
}
