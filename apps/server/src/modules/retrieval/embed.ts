import type { EmbeddingModelV4 } from "@ai-sdk/provider";
import { embed, embedMany } from "ai";
import { queryTerms } from "./analysis.ts";
import { normalised } from "./dense/vectors.ts";

/** Texts between two reports of progress. */
const BATCH = 128;

/**
 * One vector a text, in order. Never inside a transaction: the model may be far away. Rejects with the
 * model's error after its retries, or when `signal` aborts.
 */
export async function embedTexts(
  model: EmbeddingModelV4,
  texts: string[],
  signal?: AbortSignal,
  onProgress?: (done: number) => void,
): Promise<number[][]> {
  const vectors: number[][] = [];
  for (let start = 0; start < texts.length; start += BATCH) {
    const values = texts.slice(start, start + BATCH);
    const { embeddings } = await embedMany({ model, values, ...(signal ? { abortSignal: signal } : {}) });
    vectors.push(...embeddings);
    onProgress?.(vectors.length);
  }
  return vectors;
}

/** A query as the index understands it. */
export interface CandidateSearch {
  /** In order, with repeats; at most 64 different ones. */
  terms: string[];
  /** The language in which the query was read. */
  language: string;
  /** Of length 1, or all zeros if the model sees nothing in the query. */
  queryVector: number[];
}

/** Reads a query and has its vector made. Never inside a transaction. */
export async function prepareQuery(
  model: EmbeddingModelV4,
  query: string,
  signal?: AbortSignal,
): Promise<CandidateSearch> {
  const { terms, language } = queryTerms(query);
  const { embedding } = await embed({ model, value: query, ...(signal ? { abortSignal: signal } : {}) });
  return { terms, language, queryVector: normalised(embedding) };
}
