/** How much a lead over the others counts, where nothing was held out to learn it by. */
export const usualSharpness = 4;
const leastSharpness = 1;
const mostSharpness = 40;

/** How sure the best of a ranking is, 0 to 1: its share where each score counts by its lead. */
export function confidenceOf(ranking: readonly { score: number }[], sharpness: number): number {
  const best = ranking[0]?.score ?? 0;
  const all = ranking.reduce((sum, { score }) => sum + Math.exp(sharpness * (score - best)), 0);
  return all === 0 ? 0 : Math.min(0.99, 1 / all);
}

/**
 * The sharpness by which rankings of held-out examples are on average as sure as they are right. The sharper, the surer:
 * it is found by halving.
 */
export function learnSharpness(rankings: readonly { score: number }[][], right: number): number {
  if (rankings.length === 0) return usualSharpness;
  let [low, high] = [leastSharpness, mostSharpness];
  for (let step = 0; step < 12; step++) {
    const middle = (low + high) / 2;
    const sure = rankings.reduce((sum, ranking) => sum + confidenceOf(ranking, middle), 0);
    if (sure < right) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
