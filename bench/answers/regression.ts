/** Small regressions for constants that are committed: no library, the same result on every machine. */

export interface Fitted {
  intercept: number;
  /** One for each column. */
  weights: number[];
}

export interface Example {
  values: readonly number[];
  /** 0 or 1. */
  label: number;
  /** How much it counts. */
  weight: number;
}

/** Keeps weights of columns that say little near 0. */
const RIDGE = 3;
const STEPS = 40;

/** Logistic regression by Newton's method, on columns brought to one scale. */
export function fitLogistic(examples: readonly Example[]): Fitted {
  const { mean, deviation } = scaleOf(examples.map(({ values }) => values));
  const rows = examples.map((example) => ({
    ...example,
    scaled: [1, ...example.values.map((value, at) => (value - (mean[at] ?? 0)) / (deviation[at] ?? 1))],
  }));
  const size = mean.length + 1;
  let weights = new Array<number>(size).fill(0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight, at) => (at === 0 ? 0 : RIDGE * weight));
    const curvature: number[][] = weights.map((_, row) =>
      weights.map((_, at) => (row === at ? (row === 0 ? 1e-9 : RIDGE) : 0)),
    );
    for (const { scaled, label, weight } of rows) {
      const likely = sigmoid(dot(weights, scaled));
      for (let row = 0; row < size; row++) {
        const here = scaled[row] ?? 0;
        gradient[row] = (gradient[row] ?? 0) + weight * (likely - label) * here;
        const line = curvature[row] ?? [];
        const bend = weight * likely * (1 - likely) * here;
        for (let at = 0; at < size; at++) line[at] = (line[at] ?? 0) + bend * (scaled[at] ?? 0);
      }
    }
    const change = solve(curvature, gradient);
    weights = weights.map((weight, at) => weight - (change[at] ?? 0));
    if (Math.max(...change.map(Math.abs)) < 1e-7) break;
  }
  const [first = 0, ...rest] = weights;
  const unscaled = rest.map((weight, at) => weight / (deviation[at] ?? 1));
  return { intercept: first - dot(unscaled, mean), weights: unscaled };
}

/** One question: its choices, and which of them are right. */
export interface Choice {
  options: { values: readonly number[]; isRight: boolean }[];
}

const ROUNDS = 250;
const RATE = 0.1;

/** Weights by which the right options of each choice get the most of a softmax (Adam, whole batches). */
export function fitChoices(choices: readonly Choice[]): number[] {
  const { mean, deviation } = scaleOf(choices.flatMap(({ options }) => options.map(({ values }) => values)));
  const scaled = choices.map(({ options }) =>
    options.map(({ values, isRight }) => ({
      isRight,
      values: values.map((value, at) => (value - (mean[at] ?? 0)) / (deviation[at] ?? 1)),
    })),
  );
  const weights = mean.map(() => 0);
  const momentum = mean.map(() => 0);
  const speed = mean.map(() => 0);
  for (let round = 1; round <= ROUNDS; round++) {
    const gradient = weights.map((weight) => (RIDGE * weight) / scaled.length);
    for (const options of scaled) {
      const scores = options.map(({ values }) => dot(weights, values));
      const highest = Math.max(...scores);
      const odds = scores.map((score) => Math.exp(score - highest));
      const all = odds.reduce((sum, one) => sum + one, 0);
      const right = odds.reduce((sum, one, at) => sum + (options[at]?.isRight ? one : 0), 0);
      options.forEach(({ values, isRight }, at) => {
        const pull = ((odds[at] ?? 0) / all - (isRight ? (odds[at] ?? 0) / right : 0)) / scaled.length;
        for (let column = 0; column < weights.length; column++) {
          gradient[column] = (gradient[column] ?? 0) + pull * (values[column] ?? 0);
        }
      });
    }
    for (let at = 0; at < weights.length; at++) {
      const slope = gradient[at] ?? 0;
      momentum[at] = 0.9 * (momentum[at] ?? 0) + 0.1 * slope;
      speed[at] = 0.99 * (speed[at] ?? 0) + 0.01 * slope * slope;
      const step = (momentum[at] ?? 0) / (1 - 0.9 ** round);
      weights[at] =
        (weights[at] ?? 0) - (RATE * step) / (Math.sqrt((speed[at] ?? 0) / (1 - 0.99 ** round)) + 1e-8);
    }
  }
  return weights.map((weight, at) => weight / (deviation[at] ?? 1));
}

export function sigmoid(value: number): number {
  return 1 / (1 + Math.exp(-value));
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

function scaleOf(rows: readonly (readonly number[])[]): { mean: number[]; deviation: number[] } {
  const columns = rows[0]?.length ?? 0;
  const mean = Array.from(
    { length: columns },
    (_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length,
  );
  const deviation = mean.map(
    (middle, at) =>
      Math.sqrt(rows.reduce((sum, row) => sum + ((row[at] ?? 0) - middle) ** 2, 0) / rows.length) || 1,
  );
  return { mean, deviation };
}

/** Gaussian elimination with row exchange. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  const size = rows.length;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]?.[column] ?? 0) > Math.abs(rows[pivot]?.[column] ?? 0)) pivot = row;
    }
    const chosen = rows[pivot] ?? [];
    rows[pivot] = rows[column] ?? [];
    rows[column] = chosen;
    for (let row = 0; row < size; row++) {
      const line = rows[row] ?? [];
      if (row === column) continue;
      const factor = (line[column] ?? 0) / (chosen[column] ?? 1);
      for (let at = column; at <= size; at++) line[at] = (line[at] ?? 0) - factor * (chosen[at] ?? 0);
    }
  }
  return rows.map((row, at) => (row[size] ?? 0) / (row[at] ?? 1));
}
