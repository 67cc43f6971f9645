/** How much a lead over the others counts. */
const sharpness = 4;

/** How sure the best of a ranking is, 0 to 1: its share where each score counts by its lead. */
export function confidenceOf(ranking: readonly { score: number }[]): number {
  const best = ranking[0]?.score ?? 0;
  const all = ranking.reduce((sum, { score }) => sum + Math.exp(sharpness * (score - best)), 0);
  return all === 0 ? 0 : Math.round(Math.min(0.99, 1 / all) * 100) / 100;
}
