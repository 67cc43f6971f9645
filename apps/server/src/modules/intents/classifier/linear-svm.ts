import type { SparseVector } from "./vectors.ts";

/** How much an example on the wrong side costs, against the weights' length. */
const penalty = 1;
const mostRounds = 20;
/** A round that changes no example by more ends the training. */
const tolerance = 0.05;
/** An example further than this on the right side is left out of later rounds. */
const farEnough = 0.2;

/**
 * A linear support vector machine that tells the examples `isOwn` names from all others: the weight of each feature, and
 * last the bias. Dual coordinate descent for the squared hinge loss (Hsieh et al., "A dual coordinate descent method for
 * large-scale linear SVM", ICML 2008, algorithm 1 with shrinking). The same examples give the same weights.
 */
export function trainSvm(
  examples: readonly SparseVector[],
  isOwn: (example: number) => boolean,
  features: number,
): Float32Array {
  const weights = new Float64Array(features + 1);
  const alphas = new Float64Array(examples.length);
  const softness = 0.5 / penalty;
  const random = createRandom();
  let active = examples.map((_example, at) => at);
  for (let round = 0; round < mostRounds; round++) {
    shuffle(active, random);
    let largestStep = 0;
    active = active.filter((at) => {
      const example = examples[at];
      if (!example) return false;
      const side = isOwn(at) ? 1 : -1;
      const before = alphas[at] ?? 0;
      const gradient = side * dot(weights, example) - 1 + softness * before;
      if (before === 0 && gradient > farEnough) return round === 0;
      const after = Math.max(before - gradient / (squaredLength(example) + softness), 0);
      const step = (after - before) * side;
      if (step === 0) return true;
      alphas[at] = after;
      add(weights, example, step);
      largestStep = Math.max(largestStep, Math.abs(gradient));
      return true;
    });
    if (largestStep < tolerance) break;
  }
  return Float32Array.from(weights);
}

/** How far a text is on the own side: past 0 it is taken for one, past 1 it is sure. */
export function dot(weights: Float32Array | Float64Array, { indexes, values }: SparseVector): number {
  let sum = weights[weights.length - 1] ?? 0;
  for (let at = 0; at < indexes.length; at++) {
    sum += (weights[indexes[at] ?? 0] ?? 0) * (values[at] ?? 0);
  }
  return sum;
}

function add(weights: Float64Array, { indexes, values }: SparseVector, step: number): void {
  for (let at = 0; at < indexes.length; at++) {
    const feature = indexes[at] ?? 0;
    weights[feature] = (weights[feature] ?? 0) + step * (values[at] ?? 0);
  }
  const bias = weights.length - 1;
  weights[bias] = (weights[bias] ?? 0) + step;
}

/** With the bias, which counts as a feature of 1. */
function squaredLength({ values }: SparseVector): number {
  let sum = 1;
  for (const value of values) sum += value * value;
  return sum;
}

/** Numbers from 0 to 1 in an order that is the same each time (a linear congruential generator). */
function createRandom(): () => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function shuffle(items: number[], random: () => number): void {
  for (let at = items.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    const item = items[at] ?? 0;
    items[at] = items[other] ?? 0;
    items[other] = item;
  }
}
