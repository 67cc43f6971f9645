/** A chunk that a search proposes. */
export interface Candidate {
  ordinal: number;
  scores: {
    /** BM25; null if the chunk holds none of the query's terms. */
    bm25: number | null;
    /** Cosine; null if it was not compared. */
    dense: number | null;
    /** What candidates are ordered by; comparable within one search only. */
    fused: number;
  };
}

/** What of a BM25 score comes from which field. */
export interface FieldScores {
  text: number;
  title: number;
  headings: number;
}

/**
 * How much the vectors say beside BM25. The built-in model reads letters, as BM25 reads words: it may
 * reorder near ties, and finds what BM25 cannot (misspelt words), but would spoil the rest. A trained
 * model knows meanings.
 */
const BUILTIN_DENSE_WEIGHT = 0.1;
const TRAINED_DENSE_WEIGHT = 0.45;

/** The weight of the dense score for vectors by `model` (`provider:model`). */
export function denseWeight(model: string): number {
  return model.startsWith("builtin") ? BUILTIN_DENSE_WEIGHT : TRAINED_DENSE_WEIGHT;
}

/**
 * The `limit` best of both lists: a linear mix of the scores, each divided by its own highest one. Where
 * BM25 found nothing the vectors decide alone. Equal scores by ordinal.
 */
export function fuse(
  bm25: ReadonlyMap<number, number>,
  dense: ReadonlyMap<number, number>,
  weight: number,
  limit: number,
): Candidate[] {
  const highestBm25 = Math.max(0, ...bm25.values());
  const highestDense = Math.max(0, ...dense.values());
  const share = (score: number | undefined, highest: number): number =>
    highest > 0 ? Math.max(0, score ?? 0) / highest : 0;
  const denseShare = highestBm25 > 0 ? weight : 1;
  const candidates = [...new Set([...bm25.keys(), ...dense.keys()])].map((ordinal): Candidate => {
    const fused =
      (1 - denseShare) * share(bm25.get(ordinal), highestBm25) +
      denseShare * share(dense.get(ordinal), highestDense);
    return { ordinal, scores: { bm25: bm25.get(ordinal) ?? null, dense: dense.get(ordinal) ?? null, fused } };
  });
  candidates.sort((a, b) => b.scores.fused - a.scores.fused || a.ordinal - b.ordinal);
  return candidates.slice(0, limit);
}
