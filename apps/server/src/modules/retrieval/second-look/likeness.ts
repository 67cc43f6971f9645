import { idf } from "../lexical/bm25.ts";
import type { Pool } from "./read-pool.ts";

/** So many of the best passages say what an answer looks like. */
const EXEMPLARS = 10;

/** A text's different stems, and beside each its weight. */
interface Vector {
  stems: Int32Array;
  weights: Float64Array;
}

/**
 * How like each passage is to the best ones, by the words that are rare in the pool: what answers a question
 * shares words with other answers that the question does not have (pseudo relevance feedback). A passage is
 * never compared with itself, so one that stands alone at the top is not pushed further.
 */
export function likenessToBest(pool: Pool, scores: readonly number[]): Float64Array {
  const likeness = new Float64Array(scores.length);
  const highest = Math.max(0, ...scores);
  if (highest === 0) return likeness;
  const vectors = vectorsOf(pool);
  const exemplars = scores
    .map((score, i) => ({ i, weight: score / highest }))
    .sort((a, b) => b.weight - a.weight || a.i - b.i)
    .slice(0, EXEMPLARS);
  const sum = new Float64Array(pool.stems.length);
  for (const { i, weight } of exemplars) {
    vectors[i]?.stems.forEach((stem, at) => {
      sum[stem] = (sum[stem] ?? 0) + weight * (vectors[i]?.weights[at] ?? 0);
    });
  }
  const own = new Map(exemplars.map(({ i, weight }) => [i, weight]));
  vectors.forEach(({ stems, weights }, i) => {
    let product = 0;
    stems.forEach((stem, at) => {
      product += (weights[at] ?? 0) * (sum[stem] ?? 0);
    });
    // a vector's product with itself is 1, or 0 for a passage without words
    const itself = stems.length > 0 ? (own.get(i) ?? 0) : 0;
    const others = exemplars.length - (own.has(i) ? 1 : 0);
    likeness[i] = Math.max(0, product - itself) / Math.max(1, others);
  });
  return likeness;
}

/** Of length 1: how often each stem stands there, sublinear, by how rare it is in the pool. */
function vectorsOf({ passages, words, stems }: Pool): Vector[] {
  const counts = new Uint32Array(stems.length);
  const holders = new Uint32Array(stems.length);
  const counted = passages.map((passage) => {
    const found: number[] = [];
    for (const number of passage) {
      const word = words[number];
      if (!word || word.isStopWord) continue;
      const before = counts[word.stem] ?? 0;
      if (before === 0) found.push(word.stem);
      counts[word.stem] = before + 1;
    }
    const weights = Float64Array.from(found, (stem) => 1 + Math.log(counts[stem] ?? 1));
    for (const stem of found) {
      counts[stem] = 0;
      holders[stem] = (holders[stem] ?? 0) + 1;
    }
    return { stems: Int32Array.from(found), weights };
  });
  const rarity = Float64Array.from(holders, (held) => idf(passages.length, held));
  for (const { stems, weights } of counted) {
    let squares = 0;
    for (const [at, weight] of weights.entries()) {
      const rare = weight * (rarity[stems[at] ?? 0] ?? 0);
      weights[at] = rare;
      squares += rare * rare;
    }
    const length = Math.sqrt(squares) || 1;
    for (const [at, weight] of weights.entries()) weights[at] = weight / length;
  }
  return counted;
}
