import { cosineSimilarity, embedMany } from "ai";
import { describe, expect, test } from "vitest";
import { HashEmbeddingModel } from "./index.ts";

describe("HashEmbeddingModel", () => {
  const model = new HashEmbeddingModel();
  const similarity = async (one: string, other: string): Promise<number> => {
    const { embeddings } = await embedMany({ model, values: [one, other] });
    return cosineSimilarity(embeddings[0] ?? [], embeddings[1] ?? []);
  };

  test("512 dimensions of norm 1; a text without words is zero", async () => {
    const { embeddings } = await embedMany({ model, values: ["Refunds take 14 days.", "…"] });
    expect(embeddings.map((vector) => vector.length)).toEqual([512, 512]);
    expect(Math.hypot(...(embeddings[0] ?? []))).toBeCloseTo(1);
    expect(Math.hypot(...(embeddings[1] ?? []))).toBe(0);
  });

  test("forgives spelling, inflection and letter forms", async () => {
    expect(await similarity("delivery times", "delivry times")).toBeGreaterThan(0.5);
    expect(await similarity("retours produits", "le retour d'un produit")).toBeGreaterThan(0.3);
    expect(await similarity("أُمَّة إسلامية", "امه اسلاميه")).toBeCloseTo(1);
    expect(Math.abs(await similarity("weather today", "refund policy"))).toBeLessThan(0.15);
  });

  test("knows no synonyms, as documented", async () => {
    expect(Math.abs(await similarity("I want my money back", "refund policy"))).toBeLessThan(0.15);
  });

  test("is stable: stored vectors stay valid", async () => {
    const { embeddings } = await embedMany({ model, values: ["refund"] });
    const strongest = (embeddings[0] ?? [])
      .map((value, at) => ({ value, at }))
      .toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value))[0];
    expect(strongest?.at).toBe(352);
    expect(strongest?.value).toBeCloseTo(0.4472, 4);
  });

  test("another number of dimensions is refused", async () => {
    await expect(model.doEmbed({ values: ["a"], dimensions: 256 })).rejects.toThrow("has 512 dimensions");
  });
});
