import type { RerankingModelV4 } from "@ai-sdk/provider";
import { rerank } from "ai";
import { tokenize } from "../../platform/text/index.ts";

/**
 * How much of the order is the model's, beside that of the search. The built-in model counts common words,
 * as the search did: alone it would lose .04 nDCG@10 on long questions (measured on cranfield).
 */
const BUILTIN_RERANK_WEIGHT = 0.1;
const TRAINED_RERANK_WEIGHT = 1;

/** Two passages with so large a share of their different words in common say the same. */
const SAME_WORDS = 0.95;

interface Rankable {
  text: string;
  title: string;
  headingPath: string[];
  fused: number;
}

/** What became of a passage: among the best, left out as it says the same as a better one, or not among the best. */
export type Fate = "chosen" | "duplicate" | "below";

export type Judged<Passage> = Passage & {
  rerankScore: number;
  fate: Fate;
  /** The place, from 0, of the better one that says the same. */
  duplicateOf: number | null;
};

/** The `limit` passages that fit `query` best, best first. As `judgePassages`. */
export async function rerankPassages<Passage extends Rankable>(
  model: RerankingModelV4,
  query: string,
  passages: Passage[],
  limit: number,
): Promise<Judged<Passage>[]> {
  const judged = await judgePassages(model, query, passages, limit);
  return judged.filter(({ fate }) => fate === "chosen");
}

/**
 * All passages, best first, in a trained model's order or one mixed with the search's for the built-in one; equal
 * ones by their fused score. The `limit` best are chosen, of near duplicates only the best. Never inside a
 * transaction. Rejects with the model's error.
 */
export async function judgePassages<Passage extends Rankable>(
  model: RerankingModelV4,
  query: string,
  passages: Passage[],
  limit: number,
): Promise<Judged<Passage>[]> {
  if (passages.length === 0) return [];
  // A model may count the order in which it gets them, as the built-in one does.
  const ordered = passages.toSorted((a, b) => b.fused - a.fused);
  const documents = ordered.map(wholeText);
  const { ranking } = await rerank({ model, documents, query });
  const ranked = ranking.flatMap(({ originalIndex, score }) => {
    const passage = ordered[originalIndex];
    return passage ? [{ ...passage, rerankScore: score }] : [];
  });
  const value = mixedOrder(model.provider, ranked);
  ranked.sort((a, b) => value(b) - value(a) || b.fused - a.fused);
  return chooseBest(ranked, limit);
}

/** Both scores as shares of their highest, mixed by what kind of model it is. */
function mixedOrder(provider: string, ranked: readonly { fused: number; rerankScore: number }[]) {
  const weight = provider === "builtin" ? BUILTIN_RERANK_WEIGHT : TRAINED_RERANK_WEIGHT;
  if (weight === 1) return ({ rerankScore }: { rerankScore: number }) => rerankScore; // may be negative
  const highestFused = Math.max(...ranked.map(({ fused }) => fused)) || 1;
  const highestScore = Math.max(...ranked.map(({ rerankScore }) => rerankScore)) || 1;
  return ({ fused, rerankScore }: { fused: number; rerankScore: number }) =>
    (1 - weight) * (fused / highestFused) + weight * (rerankScore / highestScore);
}

/** A passage's text alone does not say what it is about: "Yes, pets are welcome" in two hotels is no duplicate. */
function wholeText({ title, headingPath, text }: Omit<Rankable, "fused">): string {
  return [title, ...headingPath, text].join("\n");
}

function chooseBest<Passage extends Rankable & { rerankScore: number }>(
  ranked: Passage[],
  limit: number,
): Judged<Passage>[] {
  const kept: { place: number; words: Set<string> }[] = [];
  return ranked.map((passage, place) => {
    if (kept.length >= limit) return { ...passage, fate: "below", duplicateOf: null };
    const words = new Set(tokenize(wholeText(passage)).map(({ term }) => term));
    const same = kept.find((other) => saySame(words, other.words));
    if (same) return { ...passage, fate: "duplicate", duplicateOf: same.place };
    kept.push({ place, words });
    return { ...passage, fate: "chosen", duplicateOf: null };
  });
}

/** Compares the share of common words among all words of both. */
function saySame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const smaller = a.size < b.size ? a : b;
  const larger = smaller === a ? b : a;
  if (smaller.size < SAME_WORDS * larger.size) return false;
  let common = 0;
  for (const word of smaller) if (larger.has(word)) common++;
  return common >= SAME_WORDS * (a.size + b.size - common);
}
