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

/**
 * The `limit` passages that fit `query` best, best first, in a trained model's order or one mixed with the
 * search's for the built-in one; equal ones by their fused score, of near duplicates only the best. Never inside a transaction. Rejects with the model's error.
 */
export async function rerankPassages<
  Passage extends { text: string; title: string; headingPath: string[]; fused: number },
>(
  model: RerankingModelV4,
  query: string,
  passages: Passage[],
  limit: number,
): Promise<(Passage & { rerankScore: number })[]> {
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
  return withoutNearDuplicates(ranked, limit);
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
function wholeText({
  title,
  headingPath,
  text,
}: {
  title: string;
  headingPath: string[];
  text: string;
}): string {
  return [title, ...headingPath, text].join("\n");
}

function withoutNearDuplicates<Passage extends Parameters<typeof wholeText>[0]>(
  ranked: Passage[],
  limit: number,
): Passage[] {
  const kept: { passage: Passage; words: Set<string> }[] = [];
  for (const passage of ranked) {
    if (kept.length >= limit) break;
    const words = new Set(tokenize(wholeText(passage)).map(({ term }) => term));
    if (!kept.some((other) => saySame(words, other.words))) kept.push({ passage, words });
  }
  return kept.map(({ passage }) => passage);
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
