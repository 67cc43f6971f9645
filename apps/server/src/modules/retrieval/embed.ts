import type { EmbeddingModelV4 } from "@ai-sdk/provider";
import { embed, embedMany } from "ai";
import { queryTerms } from "./analysis.ts";
import { type Carried, questionWithName } from "./carried.ts";
import type { VectorSpace } from "./dense/spaces.ts";
import { normalised } from "./dense/vectors.ts";

/** Texts between two reports of progress. */
const BATCH = 128;

export interface EmbedOptions {
  signal?: AbortSignal | undefined;
  /** How often a call that failed for a passing reason is tried again; waits double from 2 seconds. */
  maxRetries?: number;
  onProgress?: (done: number) => void;
}

/**
 * One vector a text, in order, and the tokens that the model says it read. Never inside a transaction: the
 * model may be far away. Rejects with the model's error after its retries, or when the signal aborts.
 */
export async function embedTexts(
  model: EmbeddingModelV4,
  texts: string[],
  { signal, maxRetries = 2, onProgress }: EmbedOptions = {},
): Promise<{ vectors: number[][]; tokens: number }> {
  const vectors: number[][] = [];
  let tokens = 0;
  for (let start = 0; start < texts.length; start += BATCH) {
    const values = texts.slice(start, start + BATCH);
    const { embeddings, usage } = await embedMany({
      model,
      values,
      maxRetries,
      ...(signal ? { abortSignal: signal } : {}),
    });
    vectors.push(...embeddings);
    tokens += usage.tokens || 0; // NaN where the provider does not count
    onProgress?.(vectors.length);
  }
  return { vectors, tokens };
}

/** A space and the model that makes its vectors. */
export interface Embedder {
  space: VectorSpace;
  model: EmbeddingModelV4;
}

/** A query as the index understands it. */
export interface CandidateSearch {
  /** In order, with repeats; at most 64 different ones. */
  terms: string[];
  /** The language in which the query was read. */
  language: string;
  /** Of length 1, or all zeros if the model sees nothing in the query; null to search by words alone. */
  dense: { spaceId: string; vector: number[] } | null;
  /** What the conversation was about before, searched for beside the query; absent or null where nothing is. */
  carried?: Pick<Carried, "terms" | "share"> | null;
}

/**
 * Reads a query, with what it carries over from a conversation, and has its vector made for the embedder's space, if one
 * is given. Never inside a transaction.
 */
export async function prepareQuery(
  embedder: Embedder | null,
  query: string,
  signal?: AbortSignal,
  carried: Carried | null = null,
): Promise<CandidateSearch & { tokens: number }> {
  const { terms, language } = queryTerms(query);
  if (!embedder) return { terms, language, dense: null, carried, tokens: 0 };
  const { embedding, usage } = await embed({
    model: embedder.model,
    value: questionWithName(query, carried),
    maxRetries: 0, // somebody waits for the answer: words alone are better than late
    ...(signal ? { abortSignal: signal } : {}),
  });
  const { id: spaceId, model, dimensions } = embedder.space;
  if (embedding.length !== dimensions) {
    throw new Error(`A vector of ${model} has ${dimensions} dimensions, not ${embedding.length}.`);
  }
  const dense = { spaceId, vector: normalised(embedding) };
  return { terms, language, dense, carried, tokens: usage.tokens || 0 };
}
