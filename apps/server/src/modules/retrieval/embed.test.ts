import type { EmbeddingModelV4 } from "@ai-sdk/provider";
import { expect, test } from "vitest";
import { embedTexts, prepareQuery } from "./index.ts";

/** A text's vector is its length and one. */
const lengths: EmbeddingModelV4 = {
  specificationVersion: "v4",
  provider: "test",
  modelId: "lengths",
  maxEmbeddingsPerCall: 50,
  supportsParallelCalls: true,
  async doEmbed({ values, abortSignal }) {
    abortSignal?.throwIfAborted();
    return { embeddings: values.map((value) => [value.length, 1]), warnings: [] };
  },
};

test("one vector a text, in order, with progress", async () => {
  const texts = Array.from({ length: 300 }, (_, i) => "x".repeat(i));
  const progress: number[] = [];
  const vectors = await embedTexts(lengths, texts, undefined, (done) => progress.push(done));
  expect(vectors.map(([length]) => length)).toEqual(texts.map((text) => text.length));
  expect(progress).toEqual([128, 256, 300]);
});

test("no texts ask no model; an aborted call rejects", async () => {
  expect(await embedTexts(lengths, [])).toEqual([]);
  await expect(embedTexts(lengths, ["a"], AbortSignal.abort())).rejects.toThrow();
});

test("a prepared query has terms, language and a vector of length 1", async () => {
  const { terms, language, queryVector } = await prepareQuery(lengths, "Where is my order?");
  expect([terms, language]).toEqual([["order"], "en"]);
  expect(Math.hypot(...queryVector)).toBeCloseTo(1, 12);
});
