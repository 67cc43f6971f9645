import { closeness } from "../../../platform/text/index.ts";
import type { Wording } from "./read-wording.ts";

/** Words shorter than this are compared exactly: "bill" and "till" are no typing errors of each other. */
const SHORTEST_MISTYPED = 5;
/** What a turning word weighs beside a content word that every question has. */
const TURN_WEIGHT = 0.6;

/** How telling a word is: what many of the bot's questions share says little of any of them. */
export type WeightOf = (stem: string) => number;

/**
 * How alike two questions are by their words alone, from 0 to 1: the share of their words, by weight, that the other has
 * too. Word order does not count; a typing error and another form of a word count nearly as the word itself.
 */
export function compareWordings(one: Wording, other: Wording, weightOf: WeightOf): number {
  const [few, many] = one.stems.length <= other.stems.length ? [one, other] : [other, one];
  const left = new Set(many.stems);
  let shared = 0;
  const unmatched: string[] = [];
  for (const stem of few.stems) {
    if (left.delete(stem)) shared += 2 * weightOf(stem);
    else unmatched.push(stem);
  }
  let total = shared;
  for (const stem of unmatched) {
    let best: string | null = null;
    let bestCloseness = 0;
    for (const candidate of left) {
      const close = wordCloseness(stem, candidate);
      if (close > bestCloseness) [best, bestCloseness] = [candidate, close];
    }
    const weight = weightOf(stem);
    total += weight;
    if (best === null) continue;
    left.delete(best);
    total += weight; // its partner, rare as typing errors are, weighs what the word does
    shared += 2 * weight * bestCloseness;
  }
  for (const stem of left) total += weightOf(stem);
  total += TURN_WEIGHT * differing(one.turns, other.turns);
  return total === 0 ? 0 : shared / total;
}

function differing(one: readonly string[], other: readonly string[]): number {
  return (
    one.filter((word) => !other.includes(word)).length + other.filter((word) => !one.includes(word)).length
  );
}

/** 1 the same, .9 a typing error apart, .8 forms of one word, else 0. */
export function wordCloseness(one: string, other: string): number {
  if (one === other) return 1;
  const shorter = Math.min(one.length, other.length);
  if (shorter >= SHORTEST_MISTYPED - 1 && Math.max(one.length, other.length) >= SHORTEST_MISTYPED) {
    if (/\p{N}/u.test(one) || /\p{N}/u.test(other)) return 0; // another number is another thing
    if (isOneEditApart(one, other)) return 0.9;
  }
  return closeness(one, other) > 0 ? 0.8 : 0;
}

/** One letter more, less or other, or two neighbours swapped. */
function isOneEditApart(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at++;
  const rest = (text: string, from: number) => text.slice(from);
  if (long.length > short.length) return rest(short, at) === rest(long, at + 1);
  if (rest(short, at + 1) === rest(long, at + 1)) return true;
  return (
    short[at] === long[at + 1] && short[at + 1] === long[at] && rest(short, at + 2) === rest(long, at + 2)
  );
}
