import { compareWordings, type WeightOf } from "./compare-wordings.ts";
import { readWording, type Wording } from "./read-wording.ts";

/** From here on two questions ask the same (README, "How alike is the same"). */
const SAME = 0.8;
/** Alike on average with the rest of a problem's questions: no chain of small steps leads from one thing to another. */
const SAME_ON_AVERAGE = 0.6;
/** Questions with more content words than this are the same only if they share one exactly: no typing error is in all. */
const FEW_STEMS = 2;
/** So many of a problem's questions, the nearest, speak for it. */
const MOST_SPEAKERS = 8;

/**
 * Cosines of a trained model mean nothing by themselves: unrelated questions lie at .1 with one model and at .8 with
 * another. They are read as the part of the way from there to 1.
 */
const SAME_MEANING = 0.65;
/** Taken for the cosine of unrelated questions until enough are known: hardly anything is merged by it. */
const CAUTIOUS_BASE = 0.8;
const LEAST_PAIRS = 45;
const MOST_PAIRS = 2_000;

/** A question that is in a problem already, or is to come into one. */
export interface Question {
  id: string;
  text: string;
  vector: readonly number[] | null;
  vectorModel: string | null;
}

interface Read {
  wording: Wording;
  vector: readonly number[] | null;
  vectorModel: string | null;
}

/**
 * Judges which questions of one bot ask the same: by words always, by meaning as well where both have a vector of the
 * same trained model. Weights and base lines come from the questions that it was made with.
 */
export class Comparison {
  readonly #read = new Map<string, Read>();
  readonly #documents = new Map<string, number>();
  readonly #weights = new Map<string, number>();
  readonly #bases = new Map<string, number>();

  constructor(questions: Iterable<Question>) {
    for (const question of questions) this.add(question);
  }

  add({ id, text, vector, vectorModel }: Question): void {
    if (this.#read.has(id)) return;
    const wording = readWording(text);
    this.#read.set(id, { wording, vector, vectorModel });
    for (const stem of wording.stems) this.#documents.set(stem, (this.#documents.get(stem) ?? 0) + 1);
    this.#bases.clear();
    this.#weights.clear();
  }

  /** From 0 to 1; from `SAME` on they ask the same. */
  likeness(one: string, other: string): number {
    const [a, b] = [this.#read.get(one), this.#read.get(other)];
    if (!a || !b) return 0;
    const byWords = mayBeSame(a.wording, b.wording)
      ? compareWordings(a.wording, b.wording, this.#weightOf)
      : 0;
    return Math.max(byWords, this.#byMeaning(a, b));
  }

  /** The group whose questions ask the same as this one: the likest such; null when none does. */
  choose<Group>(id: string, groups: ReadonlyMap<Group, readonly string[]>): Group | null {
    let chosen: Group | null = null;
    let best = 0;
    for (const [group, members] of groups) {
      const nearest = members
        .map((member) => this.likeness(id, member))
        .sort((a, b) => b - a)
        .slice(0, MOST_SPEAKERS);
      const [first = 0] = nearest;
      if (first < SAME || first <= best) continue;
      if (nearest.reduce((sum, value) => sum + value, 0) / nearest.length < SAME_ON_AVERAGE) continue;
      [chosen, best] = [group, first];
    }
    return chosen;
  }

  readonly #weightOf: WeightOf = (stem) => {
    const known = this.#weights.get(stem);
    if (known !== undefined) return known;
    const all = this.#read.size;
    const weight = Math.log(1 + all / (this.#documents.get(stem) ?? 1)) / Math.log(1 + all);
    this.#weights.set(stem, weight);
    return weight;
  };

  /** On the scale of words: `SAME_MEANING` is `SAME`. */
  #byMeaning(a: Read, b: Read): number {
    if (!a.vector || !b.vector || a.vectorModel === null || a.vectorModel !== b.vectorModel) return 0;
    const base = this.#baseOf(a.vectorModel);
    const way = Math.max(0, (cosine(a.vector, b.vector) - base) / (1 - base));
    return way >= SAME_MEANING
      ? SAME + ((way - SAME_MEANING) / (1 - SAME_MEANING)) * (1 - SAME)
      : (way / SAME_MEANING) * SAME;
  }

  /** What two questions have in common with this model that ask for different things: the middle of many pairs. */
  #baseOf(model: string): number {
    const known = this.#bases.get(model);
    if (known !== undefined) return known;
    const vectors = [...this.#read.values()].flatMap(({ vector, vectorModel }) =>
      vector && vectorModel === model ? [vector] : [],
    );
    const cosines: number[] = [];
    for (let gap = 1; gap < vectors.length && cosines.length < MOST_PAIRS; gap++) {
      for (let at = 0; at + gap < vectors.length && cosines.length < MOST_PAIRS; at++) {
        const [a, b] = [vectors[at], vectors[at + gap]];
        if (a && b) cosines.push(cosine(a, b));
      }
    }
    cosines.sort((a, b) => a - b);
    const middle = cosines[cosines.length >> 1] ?? CAUTIOUS_BASE;
    const base = cosines.length < LEAST_PAIRS ? CAUTIOUS_BASE : Math.min(0.99, Math.max(0, middle));
    this.#bases.set(model, base);
    return base;
  }
}

/** A quick look that spares most comparisons: far most pairs of questions share no word. */
function mayBeSame(one: Wording, other: Wording): boolean {
  if (one.stems.length <= FEW_STEMS && other.stems.length <= FEW_STEMS) return true;
  return one.stems.some((stem) => other.stems.includes(stem));
}

/** Of vectors of length 1. */
function cosine(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}
