/*
 * A sketch is one bit a dimension: whether the number is above 0. Chunks whose sketches differ from the
 * query's in few bits are likely near it; an exact comparison of the nearest few hundred follows.
 */

/** Sketches of the chunks from ordinal 0 up to, not including, `count`; zeros where there is no vector. */
export interface Sketches {
  count: number;
  /** 32-bit words a chunk. */
  width: number;
  words: Int32Array;
}

/** 32-bit words in which a sketch of so many bits is kept. */
export function sketchWidth(dimensions: number): number {
  return Math.ceil(dimensions / 32);
}

export function sketchOf(vector: readonly number[]): Int32Array {
  const words = new Int32Array(sketchWidth(vector.length));
  vector.forEach((value, i) => {
    if (value > 0) words[i >> 5] = (words[i >> 5] ?? 0) | (1 << (i & 31));
  });
  return words;
}

/** The sketch that Postgres writes as a text of noughts and ones, put at `offset` of `words`. */
export function writeBits(bits: string, words: Int32Array, offset: number): void {
  for (let i = 0; i < bits.length; i++) {
    if (bits.charCodeAt(i) === 49)
      words[offset + (i >> 5)] = (words[offset + (i >> 5)] ?? 0) | (1 << (i & 31));
  }
}

/** How many bits of a 32-bit word are set. */
function setBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * The ordinals of the `limit` chunks that differ least from `query`, among those that `lengths` calls live
 * (above 0). Equal distances go by ordinal, so the answer does not depend on anything else. Ascending.
 */
export function nearestSketches(
  sketches: Sketches,
  lengths: Uint32Array,
  query: Int32Array,
  limit: number,
): number[] {
  const { words, width } = sketches;
  const count = Math.min(sketches.count, lengths.length);
  const distances = new Uint16Array(count);
  const histogram = new Uint32Array(width * 32 + 1);
  for (let ordinal = 0, at = 0; ordinal < count; ordinal++, at += width) {
    if (lengths[ordinal] === 0) continue;
    let distance = 0;
    for (let i = 0; i < width; i++) distance += setBits((words[at + i] ?? 0) ^ (query[i] ?? 0));
    distances[ordinal] = distance;
    histogram[distance] = (histogram[distance] ?? 0) + 1;
  }
  // All nearer than `radius` fit; of those exactly that far, the first `remaining`.
  let radius = 0;
  let remaining = limit;
  for (
    let here = histogram[0] ?? 0;
    radius < histogram.length && here <= remaining;
    here = histogram[radius] ?? 0
  ) {
    remaining -= here;
    radius++;
  }
  const nearest: number[] = [];
  for (let ordinal = 0; ordinal < count; ordinal++) {
    if (lengths[ordinal] === 0) continue;
    const distance = distances[ordinal] ?? 0;
    if (distance < radius) nearest.push(ordinal);
    else if (distance === radius && remaining > 0) {
      nearest.push(ordinal);
      remaining--;
    }
  }
  return nearest;
}
