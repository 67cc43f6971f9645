import { idf, type Scores } from "./lexical/bm25.ts";
import { spokenName } from "./mentions.ts";

/** What a question takes over from the conversation before it. */
export interface Carried {
  /** A document's title or a heading, as it stands there. */
  name: string;
  /** 0: the question itself speaks of it; 1: what was said just before; and so on. */
  turn: number;
  /** Others that were spoken of earlier. */
  before: string[];
  /** As the index holds them. */
  terms: string[];
  /** What the name's words weigh together, as a share of the best score of the question alone; 0 to 1. */
  share: number;
}

/** A name of at least this share is read by models beside the question; a smaller one only by the index. */
const READ_FROM = 0.5;

/** The question as a model reads it. */
export function questionWithName(question: string, carried: Carried | null): string {
  return carried && carried.share >= READ_FROM ? `${question}\n${spokenName(carried.name)}` : question;
}

/**
 * The question's scores with those of a carried name added: a chunk that holds the whole name gains about `share` of
 * the best score. Where the question found nothing, the name decides alone. Changes and returns `scores`.
 */
export function withCarried(scores: Scores, carried: Scores, share: number, liveChunks: number): Scores {
  let whole = 0;
  for (const chunks of carried.frequencies.values()) whole += idf(liveChunks, chunks);
  if (whole === 0) return scores;
  let best = 0;
  for (const ordinal of scores.matched) best = Math.max(best, scores.byOrdinal[ordinal] ?? 0);
  const weight = best === 0 ? 1 : (share * best) / whole;
  for (const ordinal of carried.matched) {
    const before = scores.byOrdinal[ordinal] ?? 0;
    if (before === 0) scores.matched.push(ordinal);
    scores.byOrdinal[ordinal] = before + weight * (carried.byOrdinal[ordinal] ?? 0);
    for (const field of ["byTitle", "byHeadings"] as const) {
      scores[field][ordinal] = (scores[field][ordinal] ?? 0) + weight * (carried[field][ordinal] ?? 0);
    }
  }
  for (const [term, chunks] of carried.frequencies) scores.frequencies.set(term, chunks);
  return scores;
}
