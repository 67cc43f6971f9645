import { fold } from "../../../platform/text/index.ts";
import { type CalendarDate, findDates, isMonth } from "./dates.ts";
import { MULTIPLIERS, ORDINALS, readNumberWords, SMALL } from "./number-words.ts";
import { currencyBefore, type Unit, unitBehind } from "./units.ts";

/** A number by value: "1,000", "1 000", "a thousand" and "١٠٠٠" are all "1000"; times of day are "9:30". */
export interface NumberFact {
  value: string;
  written: string;
  /** What it measures, where that is said in a way that we know. */
  unit: Unit | undefined;
  /** The folded word behind it, which it most often counts; not a unit. */
  counted: string | undefined;
}

/** The numbers of a text, and its dates, whose parts are not among the numbers. */
export interface Quantities {
  numbers: NumberFact[];
  dates: CalendarDate[];
}

const CLOCK = /(?<![\d:])(\d{1,2})(?::| ?h ?)(\d{2})(?![\d:])/g;
/** Digits in groups of three, or plain, with an optional decimal part; not the tail of an identifier. */
const DIGITS = /(?<![\p{L}\d_]|[a-z]-|\d[.,])(?:\d{1,3}(?:[,٬\u00a0\u202f ]\d{3})+(?!\d)|\d+)(?:[.,٫]\d+)?/gu;

/** True for a word that says a number or a month, which are compared by value. */
export function isNumberWord(word: string): boolean {
  return SMALL.has(word) || ORDINALS.has(word) || MULTIPLIERS.has(word) || isMonth(word);
}

/** Every number and date in `text`, in digits or in English, French and Arabic words, by value. */
export function findQuantities(text: string): Quantities {
  // Spacing characters stay through folding as plain spaces, which grouping accepts too.
  const folded = fold(text);
  const { dates, rest: undated } = findDates(folded);
  let rest = undated;
  const numbers: NumberFact[] = [];
  rest = rest.replace(CLOCK, (whole, hour: string, minute: string) => {
    const value = minute === "00" ? `${Number(hour)}` : `${Number(hour)}:${minute}`;
    numbers.push({ value, written: whole, unit: undefined, counted: undefined });
    return " ; ";
  });
  for (const match of rest.matchAll(DIGITS)) {
    const before = rest.slice(0, match.index);
    let after = rest
      .slice(match.index + match[0].length)
      .replace(/^(?:st|nd|rd|th|er|re|e|eme|nde?)(?!\p{L})/u, "");
    const word = /^\s?(\p{L}+)/u.exec(after)?.[1] ?? "";
    const factor = word.length > 1 ? (MULTIPLIERS.get(word) ?? 1) : 1;
    if (factor !== 1) after = after.trimStart().slice(word.length);
    numbers.push({
      value: scaled(match[0], factor),
      written: match[0].trim(),
      unit: currencyBefore(before) ?? unitBehind(after),
      counted: countedIn(after),
    });
  }
  return { numbers: [...numbers, ...spelled(rest)], dates };
}

function spelled(rest: string): NumberFact[] {
  const words = [...rest.matchAll(/\p{L}+/gu)];
  const read = readNumberWords(words.map(([word]) => word));
  const numbers = read.filter(
    ({ from }) => !/\d ?$/.test(rest.slice(0, words[from]?.index ?? 0)), // "4 million" is in digits
  );
  const facts = numbers.map(({ value, from, to }): NumberFact => {
    const start = words[from]?.index ?? 0;
    const last = words[to - 1];
    const end = last ? last.index + last[0].length : start;
    const after = rest.slice(end);
    return {
      value: String(value),
      written: rest.slice(start, end),
      unit: unitBehind(after),
      counted: countedIn(after),
    };
  });
  const ordinals = words.flatMap(([word]): NumberFact[] => {
    const value = ORDINALS.get(word);
    return value === undefined
      ? []
      : [{ value: String(value), written: word, unit: undefined, counted: undefined }];
  });
  return [...facts, ...ordinals];
}

function countedIn(after: string): string | undefined {
  const word = /^[ -]?(?:(?:of|the|de|d'|des|من) ?)?(\p{L}{3,})/u.exec(after)?.[1];
  return word === undefined || unitBehind(after) ? undefined : word;
}

function scaled(digits: string, factor: number): string {
  let plain = digits.replace(/[\s٬]/g, "").replace("٫", ".");
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(plain)) plain = plain.replaceAll(",", "");
  const value = Number(plain.replace(",", "."));
  // Very long digit strings (phone and order numbers) are names: keep every digit.
  if (!Number.isSafeInteger(Math.trunc(value * factor))) return plain;
  return String(Number((value * factor).toPrecision(15)));
}

/** The same amount: of equal value and unit, or in another unit of what it measures ("24 hours", "1 day"). */
export function isSameNumber(one: NumberFact, other: NumberFact): boolean {
  if (!one.unit || !other.unit) return one.value === other.value;
  if (one.unit.measures !== other.unit.measures) return false;
  if (one.value === other.value) return one.unit.factor === other.unit.factor;
  return Number(one.value) * one.unit.factor === Number(other.value) * other.unit.factor;
}
