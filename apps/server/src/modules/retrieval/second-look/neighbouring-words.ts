import { idf } from "../lexical/bm25.ts";
import { type Pool, saturated } from "./read-pool.ts";

/**
 * How much each passage holds of the query's pairs of words that follow each other, whatever their endings. Pairs
 * that few passages of the pool hold weigh most (the ordered bigrams of the sequential dependence model, Metzler
 * and Croft 2005, by BM25's formula). Stop words count: "how much" and "do you" tell one question from another.
 */
export function neighbouringWords(pool: Pool): Float64Array {
  const wanted = new Map<number, { repeats: number; counts: Map<number, number> }>();
  eachPair(pool, pool.query, (pair) => {
    const known = wanted.get(pair);
    if (known) known.repeats++;
    else wanted.set(pair, { repeats: 1, counts: new Map() });
  });
  pool.passages.forEach((passage, i) => {
    eachPair(pool, passage, (pair) => {
      const counts = wanted.get(pair)?.counts;
      counts?.set(i, (counts.get(i) ?? 0) + 1);
    });
  });
  const scores = new Float64Array(pool.passages.length);
  for (const { repeats, counts } of wanted.values()) {
    const weight = repeats * idf(pool.passages.length, counts.size);
    for (const [i, count] of counts) {
      scores[i] = (scores[i] ?? 0) + weight * saturated(count, pool.norms[i] ?? 0);
    }
  }
  return scores;
}

/** Visits the pairs of neighbours by one number each. */
function eachPair({ words, stems }: Pool, text: Int32Array, visit: (pair: number) => void): void {
  let before = -1;
  for (const word of text) {
    const stem = words[word]?.stem ?? 0;
    if (before >= 0) visit(before * stems.length + stem);
    before = stem;
  }
}
