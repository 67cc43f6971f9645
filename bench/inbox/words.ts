/** Mulberry32: the same texts every time. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
}

const vocabulary = 20_000;
const syllables = ["ka", "lo", "mi", "ne", "pu", "ra", "si", "to", "va", "ze"];

/** An invented word of a rank; the first is the commonest. Four syllables make each rank's word its own. */
export function word(rank: number): string {
  const digits = String(rank).padStart(5, "0").split("").map(Number);
  return digits.map((digit) => syllables[digit] ?? "").join("");
}

/** Sentences of invented words, which are as unlike in frequency as real ones (Zipf). */
export function sentences(count: number, next: () => number): string[] {
  const zipf = () => Math.floor(vocabulary ** next()) - 1;
  return Array.from({ length: count }, () =>
    Array.from({ length: 8 + Math.floor(next() * 10) }, () => word(zipf())).join(" "),
  );
}
