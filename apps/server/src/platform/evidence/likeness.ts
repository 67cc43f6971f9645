import { closeness } from "../text/index.ts";

/** Fewer shared letters than this are chance. */
const LEAST_LIKENESS = 0.3;
const GRAM = 3;
const MEMORY_LIMIT = 50_000;
const memory = new Map<string, string[]>();

/** Its runs of three characters, its ends marked: "fee" is ^fe, fee, ee$. */
function gramsOf(term: string): string[] {
  const known = memory.get(term);
  if (known) return known;
  const marked = `^${term}$`;
  const grams: string[] = [];
  for (let at = 0; at + GRAM <= marked.length; at++) grams.push(marked.slice(at, at + GRAM));
  const different = [...new Set(grams)];
  if (memory.size >= MEMORY_LIMIT) memory.clear();
  memory.set(term, different);
  return different;
}

/**
 * How alike two stems are: 1 the same, else the better of `closeness` and the share of letter runs that they have
 * in common. It finds what no stemmer joins: "reconfigured" and "configuration", Arabic words with a prefix.
 */
export function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const near = closeness(one, other);
  const [a, b] = [gramsOf(one), gramsOf(other)];
  const most = (2 * Math.min(a.length, b.length)) / (a.length + b.length);
  if (most <= Math.max(near, LEAST_LIKENESS)) return near;
  let common = 0;
  for (const gram of a) if (b.includes(gram)) common++;
  const shared = (2 * common) / (a.length + b.length);
  return shared >= LEAST_LIKENESS ? Math.max(near, shared) : near;
}

/** A question's terms against whole texts; each pair of words is compared once. */
export class Matcher {
  readonly #terms: readonly string[];
  readonly #known = new Map<string, readonly number[]>();

  constructor(terms: readonly string[]) {
    this.#terms = terms;
  }

  /** How well each of the question's terms is held by the best of `words`: 0 to 1. */
  match(words: readonly string[]): number[] {
    const best = this.#terms.map(() => 0);
    for (const word of words) {
      const to = this.#toAll(word);
      for (let at = 0; at < best.length; at++) best[at] = Math.max(best[at] ?? 0, to[at] ?? 0);
    }
    return best;
  }

  #toAll(word: string): readonly number[] {
    const known = this.#known.get(word);
    if (known) return known;
    const fresh = this.#terms.map((term) => likeness(term, word));
    this.#known.set(word, fresh);
    return fresh;
  }
}
