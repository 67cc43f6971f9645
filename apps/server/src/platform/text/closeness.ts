/** A match of two forms of one word counts less than the word itself. */
const KINDRED = 0.6;
/** Two stems with this many first letters, and this share of the longer one, in common are kindred. */
const PREFIX_LETTERS = 4;
const PREFIX_SHARE = 0.7;
const ARABIC = /[\u0621-\u064a]/;
/** Long vowels: what Arabic word patterns put between the letters of the root (katib, kitab, kutub). */
const INNER_VOWEL = /(?<!^)[اوي]/g;
const ROOT_LETTERS = 3;

/**
 * How alike two stems are: 1 the same, 0.6 forms of one word that stemming left apart ("elect" and
 * "election", كتب and كتاب), otherwise 0. Symmetric.
 */
export function closeness(one: string, other: string): number {
  if (one === other) return 1;
  return sharesPrefix(one, other) || sharesRoot(one, other) ? KINDRED : 0;
}

function sharesPrefix(one: string, other: string): boolean {
  const needed = Math.max(PREFIX_LETTERS, PREFIX_SHARE * Math.max(one.length, other.length));
  if (Math.min(one.length, other.length) < needed) return false;
  let common = 0;
  while (common < one.length && common < other.length && one[common] === other[common]) common++;
  return common >= needed;
}

function sharesRoot(one: string, other: string): boolean {
  if (one[0] !== other[0] || !ARABIC.test(one)) return false;
  const root = one.replace(INNER_VOWEL, "");
  return root.length >= ROOT_LETTERS && other.replace(INNER_VOWEL, "") === root;
}
