import { idf } from "../lexical/bm25.ts";
import { likenessToBest } from "./likeness.ts";
import { neighbouringWords } from "./neighbouring-words.ts";
import { type Readable, readPool } from "./read-pool.ts";
import { sharedLetters } from "./shared-letters.ts";

// Shares of the order, beside 1 for the search's own. See the module's README for how they were chosen.
const ORDER = 0.2;
const LETTERS = 0.4;
const LIKENESS = 0.3;

/** The query as the search saw it. */
export interface LookedFor {
  text: string;
  language: string;
  /** In how many live chunks each stem of the query stands; absent if in none. */
  frequencies: ReadonlyMap<string, number>;
  liveChunks: number;
  /** How much of the search's order comes from words, of 1: what is seen here is of words, and counts by as much. */
  wordShare: number;
}

/** What a second look saw in a passage, each as a share of the highest in the pool. */
export interface SecondLook {
  /** Words that follow each other as in the query. */
  order: number;
  /** Letters of the query's words. */
  letters: number;
  /** Likeness to the best passages. */
  likeness: number;
  /** The sum, with the search's own share: what to order by. Comparable within one pool only. */
  score: number;
}

/**
 * Looks at the texts of the candidates for what an index of stems does not know. The same texts and scores
 * always give the same numbers, one entry a passage. No I/O.
 */
export function lookAgain(
  query: LookedFor,
  passages: readonly (Readable & { fused: number })[],
): SecondLook[] {
  const pool = readPool(query, passages);
  const weightOf = (stem: string): number => idf(query.liveChunks, query.frequencies.get(stem) ?? 0);
  const order = shares(neighbouringWords(pool));
  const letters = shares(sharedLetters(pool, weightOf));
  const found = shares(passages.map(({ fused }) => fused));
  const close = found.map(
    (share, i) => share + query.wordShare * (ORDER * (order[i] ?? 0) + LETTERS * (letters[i] ?? 0)),
  );
  const likeness = shares(likenessToBest(pool, close));
  return close.map((score, i) => ({
    order: order[i] ?? 0,
    letters: letters[i] ?? 0,
    likeness: likeness[i] ?? 0,
    score: score + query.wordShare * LIKENESS * (likeness[i] ?? 0),
  }));
}

function shares(scores: ArrayLike<number>): number[] {
  const highest = Math.max(0, ...Array.from(scores));
  return Array.from(scores, (score) => (highest > 0 ? score / highest : 0));
}
