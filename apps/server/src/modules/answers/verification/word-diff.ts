import type { Word } from "./words.ts";

/** What two texts have at the same place, between words that are the same in both. */
export interface Replaced {
  claimed: Word[];
  sourced: Word[];
}

/** The claim must have so much of its wording in one sentence, in order, to be compared word by word. */
const LEAST_COMMON = 0.6;
/** Before its first and behind its last such word the claim has an anchor on one side only. */
const LEAST_COMMON_AT_EDGE = 0.75;

/**
 * Where a claim in nearly the words of a source sentence has other words than it: the differences beside their longest common
 * sequence of words. Empty if the two have too little in common. What is only added, dropped or moved is not replaced.
 */
export function replacements(claim: readonly Word[], source: readonly Word[]): Replaced[] {
  const common = commonSequence(claim, source);
  const share = common.length / claim.length;
  if (share < LEAST_COMMON) return [];
  const found: Replaced[] = [];
  let [from, sourceFrom] = [0, 0];
  for (const [at, place] of [...common, [claim.length, source.length] as const]) {
    const claimed = claim.slice(from, at);
    let sourced = source.slice(sourceFrom, place);
    // at an edge of the claim the source may go on, so only as many of its words count
    if (from === 0) sourced = sourced.slice(-claimed.length);
    else if (at === claim.length) sourced = sourced.slice(0, claimed.length);
    const isEdge = from === 0 || at === claim.length;
    if (claimed.length > 0 && sourced.length > 0 && share >= (isEdge ? LEAST_COMMON_AT_EDGE : LEAST_COMMON))
      found.push({ claimed, sourced });
    [from, sourceFrom] = [at + 1, place + 1];
  }
  return found;
}

/** The places, in both texts, of their longest common sequence of stems. */
function commonSequence(one: readonly Word[], other: readonly Word[]): (readonly [number, number])[] {
  const width = other.length + 1;
  const longest = new Uint16Array((one.length + 1) * width);
  const at = (row: number, column: number): number => longest[row * width + column] ?? 0;
  for (let row = one.length - 1; row >= 0; row--) {
    for (let column = other.length - 1; column >= 0; column--) {
      longest[row * width + column] =
        one[row]?.stem === other[column]?.stem
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const pairs: [number, number][] = [];
  let [row, column] = [0, 0];
  while (row < one.length && column < other.length) {
    if (one[row]?.stem === other[column]?.stem) pairs.push([row++, column++]);
    else if (at(row + 1, column) >= at(row, column + 1)) row++;
    else column++;
  }
  return pairs;
}
