import { closeness, type Language, stemmed } from "../../../platform/text/index.ts";
import { agree, type CalendarDate, holds } from "./dates.ts";
import { label } from "./names.ts";
import { isSameNumber, type NumberFact, type Quantities } from "./numbers.ts";
import { heldBy, type Source, type SourceSentence } from "./source.ts";
import type { Word } from "./words.ts";

/** A claim's numbers and dates beside what its sources say. */
export interface QuantityCheck {
  /** Those that the sources do not bear out, as reasons. */
  problems: string[];
  /** How many there are, and how many of them stand where the sources speak of the claim. */
  all: number;
  found: number;
}

/** Words of the claim that a sentence elsewhere must share for its numbers to count. */
const LEAST_SHARED = 0.5;

/**
 * Numbers and dates must stand where the source speaks of the claim, and count what they count there. One from
 * elsewhere in the source passes only if that place, too, is about the claim.
 */
export function checkQuantities(
  { numbers, dates }: Quantities,
  claim: readonly Word[],
  language: Language,
  aligned: readonly SourceSentence[],
  sources: readonly Source[],
): QuantityCheck {
  const everything = sources.flatMap((source) => source.sentences);
  const near = everything.filter((sentence) => aligned.includes(sentence) || sharesEnough(sentence, claim));
  const problems: string[] = [];
  for (const number of numbers) {
    const problem = numberProblem(number, language, near, everything, sources);
    if (problem) problems.push(problem);
  }
  for (const date of dates) {
    const problem = dateProblem(date, near, everything, sources);
    if (problem) problems.push(problem);
  }
  const all = numbers.length + dates.length;
  return { problems, all, found: all - problems.length };
}

function sharesEnough(sentence: SourceSentence, claim: readonly Word[]): boolean {
  const common = claim.filter(({ stem }) => heldBy(stem, sentence.words) === 1).length;
  return common >= 2 && common >= LEAST_SHARED * claim.length;
}

function numberProblem(
  number: NumberFact,
  language: Language,
  near: readonly SourceSentence[],
  everything: readonly SourceSentence[],
  sources: readonly Source[],
): string | undefined {
  const here = near.flatMap(({ numbers }) => numbers);
  const same = here.filter((other) => isSameNumber(number, other));
  if (same.length > 0 || isYear(number, near)) return countsAnother(number, same, here, language, sources);
  const elsewhere = everything
    .flatMap(({ numbers }) => numbers)
    .filter((other) => isSameNumber(number, other));
  if (elsewhere.some((other) => countSame(number, other, language))) return undefined;
  const { written, value, unit } = number;
  const otherUnit = everything
    .flatMap(({ numbers }) => numbers)
    .find((other) => other.value === value && other.unit && unit && !isSameNumber(number, other));
  if (otherUnit?.unit && unit)
    return `"${written}" is in ${unit.name}, but in ${label(sources)} it is in ${otherUnit.unit.name}`;
  if (elsewhere.length > 0 || isYear(number, everything))
    return `number "${written}" is in ${label(sources)}, but about something else`;
  return `number "${written}" is not in ${label(sources)}`;
}

/** A year is often given alone of what the source has as a whole date. */
function isYear({ value, unit }: NumberFact, sentences: readonly SourceSentence[]): boolean {
  if (unit || !/^\d{3,4}$/.test(value)) return false;
  return sentences.some(({ dates }) =>
    dates.some(({ readings }) => readings.some(({ year }) => year === Number(value))),
  );
}

/** The number is there, but counts something else, and what the claim counts has another number there. */
function countsAnother(
  number: NumberFact,
  same: readonly NumberFact[],
  here: readonly NumberFact[],
  language: Language,
  sources: readonly Source[],
): string | undefined {
  if (number.counted === undefined || same.length === 0) return undefined;
  if (same.some((other) => other.counted === undefined || countSame(number, other, language)))
    return undefined;
  const right = here.find((other) => countSame(number, other, language) && !isSameNumber(number, other));
  return right && `${label(sources)} has ${right.written} ${number.counted}, not ${number.written}`;
}

function countSame(one: NumberFact, other: NumberFact, language: Language): boolean {
  if (one.counted === undefined || other.counted === undefined) return false;
  return closeness(stemmed(one.counted, language), stemmed(other.counted, language)) > 0;
}

function dateProblem(
  date: CalendarDate,
  near: readonly SourceSentence[],
  everything: readonly SourceSentence[],
  sources: readonly Source[],
): string | undefined {
  if (isHeld(date, near) || isHeld(date, everything)) return undefined;
  const other = everything.flatMap(({ dates }) => dates).find((known) => agree(known, date));
  return other
    ? `${label(sources)} has the date "${other.written}", not "${date.written}"`
    : `the date "${date.written}" is not in ${label(sources)}`;
}

function isHeld(date: CalendarDate, sentences: readonly SourceSentence[]): boolean {
  const years = new Set(
    sentences.flatMap(({ numbers, dates }) => [
      ...numbers.map(({ value }) => Number(value)),
      ...dates.flatMap(({ readings }) => readings.flatMap(({ year }) => year ?? [])),
    ]),
  );
  return sentences.some(({ dates }) => dates.some((known) => holds(known, date, years)));
}

/** True if the sentences hold the number anywhere, whatever it counts. */
export function hasNumber(wanted: NumberFact, sentences: readonly SourceSentence[]): boolean {
  return (
    sentences.some(({ numbers }) => numbers.some((other) => isSameNumber(wanted, other))) ||
    isYear(wanted, sentences)
  );
}

/** True if the sentences hold the date, its year perhaps apart. */
export function hasDate(wanted: CalendarDate, sentences: readonly SourceSentence[]): boolean {
  return isHeld(wanted, sentences);
}
