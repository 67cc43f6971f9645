import { type Language, sentences } from "../../../platform/text/index.ts";
import { agree, type CalendarDate } from "./dates.ts";
import { deniesWeakly, findNegations } from "./negation.ts";
import { isNumberWord, isSameNumber, type NumberFact } from "./numbers.ts";
import { heldBy, type Passage, readSource, type SourceSentence } from "./source.ts";
import type { Word } from "./words.ts";

/** A sentence of a passage, by the passage's number and offsets in its text. */
export interface Place {
  number: number;
  start: number;
  end: number;
}

export interface FoundContradiction {
  kind: "number" | "negation";
  /** What differs, in plain English. */
  reason: string;
  first: Place;
  second: Place;
}

/** Shorter sentences say too little to be sure that both speak of the same. */
const LEAST_COMMON = 4;
/** So much of each sentence's content must be in the other. */
const LEAST_SHARE = 0.75;
const MOST_FOUND = 5;
/** Examples of code differ from one another in a value on purpose. */
const CODE = /[`{}<>]|=>|;$|\(\)/m;

interface Statement extends Place {
  sentence: SourceSentence;
  /** Content words that are neither numbers nor months. */
  words: Word[];
  language: Language;
  subject: string;
}

/**
 * Sentences of other passages that contradict what an answer rests on: the same said with another number, or
 * denied. `rests` are the places that it cites. Errs on the side of silence: both must have nearly the same
 * words, the same names, and differ in one thing only.
 */
export function findContradictions(
  passages: readonly Passage[],
  rests: readonly Place[],
): FoundContradiction[] {
  const statements = passages.flatMap(read);
  const found: FoundContradiction[] = [];
  const cited = statements.filter((one) =>
    rests.some(({ number, start, end }) => number === one.number && start < one.end && one.start < end),
  );
  for (const first of cited) {
    for (const second of statements) {
      if (found.length >= MOST_FOUND) return found;
      if (second.number === first.number || second.language !== first.language) continue;
      const difference = compare(first, second);
      if (!difference || isKnown(found, first, second)) continue;
      found.push({ ...difference, first: placeOf(first), second: placeOf(second) });
    }
  }
  return found;
}

function read(passage: Passage): Statement[] {
  const source = readSource(passage);
  const places = sentences(passage.text, source.language);
  return source.sentences.flatMap((sentence, at) => {
    const place = places[at];
    if (!place || place.kind === "heading" || place.kind === "code" || sentence.isQuestion) return [];
    if (CODE.test(passage.text.slice(place.start, place.end))) return [];
    return {
      number: passage.number,
      start: place.start,
      end: place.end,
      sentence,
      words: sentence.words.filter((word) => !isNumberWord(word.stem)),
      language: source.language,
      subject: passage.title ?? "",
    };
  });
}

const placeOf = ({ number, start, end }: Statement): Place => ({ number, start, end });

function isKnown(found: readonly FoundContradiction[], one: Statement, other: Statement): boolean {
  return found.some(
    ({ first, second }) =>
      (first.number === one.number &&
        first.start === one.start &&
        second.number === other.number &&
        second.start === other.start) ||
      (first.number === other.number &&
        first.start === other.start &&
        second.number === one.number &&
        second.start === one.start),
  );
}

function compare(one: Statement, other: Statement): Pick<FoundContradiction, "kind" | "reason"> | undefined {
  if (one.sentence.sequence === other.sentence.sequence) return undefined;
  if (!speakOfTheSame(one, other)) return undefined;
  const numbers = difference(one.sentence, other.sentence);
  if (numbers === "many") return undefined;
  const [denials, others] = [one, other].map(
    ({ sentence }) => findNegations(sentence.text, sentence.words).length,
  );
  const isDenied = denials !== others && (denials === 0 || others === 0);
  if (numbers) {
    if (isDenied) return undefined;
    const [here, there] = numbers;
    return { kind: "number", reason: `one says ${here.written}, the other ${there.written}` };
  }
  if (!isDenied || deniesWeakly(one.sentence.text) || deniesWeakly(other.sentence.text)) return undefined;
  return { kind: "negation", reason: "one affirms what the other denies" };
}

function speakOfTheSame(one: Statement, other: Statement): boolean {
  const common = one.words.filter(({ stem }) => heldBy(stem, other.words) === 1).length;
  const back = other.words.filter(({ stem }) => heldBy(stem, one.words) === 1).length;
  if (Math.min(common, back) < LEAST_COMMON) return false;
  if (common < LEAST_SHARE * one.words.length || back < LEAST_SHARE * other.words.length) return false;
  return sameNames(one, other) && sameNames(other, one);
}

/** Another name is another subject, so nothing is contradicted. */
function sameNames(one: Statement, other: Statement): boolean {
  return one.words.every(({ stem, isName }) => !isName || heldBy(stem, other.words) === 1);
}

/** The one number or date that differs where all others agree; "many" where the sentences count different things. */
function difference(
  one: SourceSentence,
  other: SourceSentence,
): [{ written: string }, { written: string }] | "many" | undefined {
  const numbers = unmatched(one.numbers, other.numbers, isSameNumber);
  const dates = unmatched(one.dates, other.dates, agree);
  const here = [...numbers.here, ...dates.here];
  const there = [...numbers.there, ...dates.there];
  if (here.length === 0 && there.length === 0) return undefined;
  const [first, second] = [here[0], there[0]];
  if (here.length !== 1 || there.length !== 1 || !first || !second) return "many";
  if (isDate(first) !== isDate(second)) return "many";
  if (isDate(first) || isDate(second)) return [first, second];
  const isAmount = isAlone(first, one.text) && isAlone(second, other.text);
  return isAmount && kindOf(first) === kindOf(second) ? [first, second] : "many";
}

function unmatched<Fact>(
  one: readonly Fact[],
  other: readonly Fact[],
  isSame: (a: Fact, b: Fact) => boolean,
) {
  return {
    here: one.filter((fact) => !other.some((candidate) => isSame(fact, candidate))),
    there: other.filter((fact) => !one.some((candidate) => isSame(fact, candidate))),
  };
}

/** Months have no fixed number of days, but last as days do. */
function kindOf({ unit }: NumberFact): string | undefined {
  return unit?.measures === "months" ? "time" : unit?.measures;
}

function isDate(fact: NumberFact | CalendarDate): fact is CalendarDate {
  return "readings" in fact;
}

/** No part of a name or version such as HTTP/1.1. */
function isAlone({ written }: NumberFact, text: string): boolean {
  return !text
    .toLowerCase()
    .split(written)
    .slice(0, -1)
    .some((before) => /[\p{L}/_.#-]$/u.test(before));
}
