/** A text as the classifier sees it: the numbers of its known features, ascending, and their weights. Length 1. */
export interface SparseVector {
  indexes: Uint32Array;
  values: Float32Array;
  /** 0 to 1: how much of what the text's words tell was ever seen in training. */
  known: number;
}

/** Which features there are, and how much each tells. */
export interface Vocabulary {
  numbers: ReadonlyMap<string, number>;
  /** Inverse document frequency by feature number. */
  frequencies: Float32Array;
  /** That of a feature in none of the examples. */
  unseen: number;
}

/** Learns from the features of all examples how rare each is: ln((1 + n) / (1 + df)) + 1. */
export function learnVocabulary(examples: readonly ReadonlyMap<string, number>[]): Vocabulary {
  const counts = new Map<string, number>();
  for (const features of examples) {
    for (const feature of features.keys()) counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  const rarity = (count: number) => Math.log((1 + examples.length) / (1 + count)) + 1;
  return {
    numbers: new Map([...counts.keys()].map((feature, number) => [feature, number])),
    frequencies: Float32Array.from(counts.values(), rarity),
    unseen: rarity(0),
  };
}

/**
 * TF-IDF with damped counts (1 + ln tf). Whole words and parts of words are brought to length 1 apart from each other,
 * since a word has far more parts than the one of itself.
 */
export function vectorOf(features: ReadonlyMap<string, number>, vocabulary: Vocabulary): SparseVector {
  const words: [number, number][] = [];
  const parts: [number, number][] = [];
  let known = 0;
  let all = 0;
  for (const [feature, count] of features) {
    const number = vocabulary.numbers.get(feature);
    const rarity = number === undefined ? vocabulary.unseen : (vocabulary.frequencies[number] ?? 0);
    if (feature.startsWith("w ")) {
      all += rarity ** 2;
      if (number !== undefined) known += rarity ** 2;
    }
    if (number === undefined) continue;
    (feature.startsWith("c ") ? parts : words).push([number, (1 + Math.log(count)) * rarity]);
  }
  const entries = [...toHalf(words), ...toHalf(parts)].sort(([a], [b]) => a - b);
  return {
    indexes: Uint32Array.from(entries, ([number]) => number),
    values: Float32Array.from(entries, ([, value]) => value),
    known: all > 0 ? known / all : 0,
  };
}

/** Scaled so that both groups together have length 1. */
function toHalf(entries: [number, number][]): [number, number][] {
  const length = Math.hypot(...entries.map(([, value]) => value)) * Math.SQRT2 || 1;
  return entries.map(([number, value]) => [number, value / length]);
}
