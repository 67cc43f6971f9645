import type { RerankingModelV4 } from "@ai-sdk/provider";
import { rerank } from "ai";
import { chooseDifferent, type Fate } from "./near-duplicates.ts";
import { type LookedFor, lookAgain } from "./second-look/second-look.ts";

interface Rankable {
  text: string;
  title: string;
  headingPath: string[];
  language: string;
  fused: number;
}

export type Judged<Passage> = Passage & {
  rerankScore: number;
  fate: Fate;
  /** The place, from 0, of the better one that says the same. */
  duplicateOf: number | null;
};

/** The `limit` passages that fit `query` best, best first. As `judgePassages`. */
export async function rerankPassages<Passage extends Rankable>(
  model: RerankingModelV4 | null,
  query: LookedFor,
  passages: Passage[],
  limit: number,
): Promise<Judged<Passage>[]> {
  const judged = await judgePassages(model, query, passages, limit);
  return judged.filter(({ fate }) => fate === "chosen");
}

/**
 * All passages, best first: in a trained model's order, or without one by a second look at their texts. Equal ones
 * go by their fused score. The `limit` best are chosen, of near duplicates only the best. Never inside a transaction.
 * Rejects with the model's error.
 */
export async function judgePassages<Passage extends Rankable>(
  model: RerankingModelV4 | null,
  query: LookedFor,
  passages: Passage[],
  limit: number,
): Promise<Judged<Passage>[]> {
  if (passages.length === 0) return [];
  const scores = model
    ? await askModel(model, query.text, passages)
    : lookAgain(query, passages).map(({ score }) => score);
  const ranked = passages
    .map((passage, i) => ({ ...passage, rerankScore: scores[i] ?? Number.NEGATIVE_INFINITY }))
    .sort((a, b) => b.rerankScore - a.rerankScore || b.fused - a.fused);
  const fates = chooseDifferent(ranked, query.text, limit);
  return ranked.map((passage, place) => ({
    ...passage,
    ...(fates[place] ?? { fate: "below", duplicateOf: null }),
  }));
}

async function askModel(
  model: RerankingModelV4,
  query: string,
  passages: readonly Rankable[],
): Promise<number[]> {
  const documents = passages.map(({ title, headingPath, text }) => [title, ...headingPath, text].join("\n"));
  const { ranking } = await rerank({ model, documents, query });
  const scores: number[] = [];
  for (const { originalIndex, score } of ranking) scores[originalIndex] = score;
  return scores;
}
