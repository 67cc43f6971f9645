import type { EmbeddingModelV4, EmbeddingModelV4CallOptions } from "@ai-sdk/provider";
import { expect, test } from "vitest";
import { newId } from "../../platform/ids/index.ts";
import { embedTexts, prepareQuery, type VectorSpace } from "./index.ts";

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

const space: VectorSpace = { id: newId(), model: "test:lengths", dimensions: 2 };

test("one vector a text, in order, with progress", async () => {
  const texts = Array.from({ length: 300 }, (_, i) => "x".repeat(i));
  const progress: number[] = [];
  const { vectors } = await embedTexts(lengths, texts, { onProgress: (done) => progress.push(done) });
  expect(vectors.map(([length]) => length)).toEqual(texts.map((text) => text.length));
  expect(progress).toEqual([128, 256, 300]);
});

test("the model's tokens are summed up; none where it does not count", async () => {
  const counting = {
    ...lengths,
    doEmbed: async (call: EmbeddingModelV4CallOptions) => ({
      ...(await lengths.doEmbed(call)),
      usage: { tokens: call.values.length },
    }),
  };
  const texts = Array.from({ length: 130 }, () => "tea");
  expect((await embedTexts(counting, texts)).tokens).toBe(130);
  expect((await embedTexts(lengths, texts)).tokens).toBe(0);
});

test("no texts ask no model; an aborted call rejects", async () => {
  expect(await embedTexts(lengths, [])).toEqual({ vectors: [], tokens: 0 });
  await expect(embedTexts(lengths, ["a"], { signal: AbortSignal.abort() })).rejects.toThrow();
});

test("a prepared query has terms, language and a vector of length 1 for its space", async () => {
  const { terms, language, dense } = await prepareQuery({ space, model: lengths }, "Where is my order?");
  expect([terms, language, dense?.spaceId]).toEqual([["order"], "en", space.id]);
  expect(Math.hypot(...(dense?.vector ?? []))).toBeCloseTo(1, 12);
});

test("without a model a query is its words; a vector of other dimensions is refused", async () => {
  expect(await prepareQuery(null, "Where is my order?")).toMatchObject({ terms: ["order"], dense: null });
  const wider = { ...space, dimensions: 3 };
  await expect(prepareQuery({ space: wider, model: lengths }, "tea")).rejects.toThrow(
    "has 3 dimensions, not 2",
  );
});
