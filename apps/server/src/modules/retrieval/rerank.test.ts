import type { RerankingModelV4 } from "@ai-sdk/provider";
import { expect, test } from "vitest";
import { rerankPassages } from "./index.ts";

/** Ranks by how often a document says "good"; notes what it was given. */
function countingModel(given: string[] = [], provider = "test"): RerankingModelV4 {
  return {
    specificationVersion: "v4",
    provider,
    modelId: "counts",
    async doRerank({ documents }) {
      const texts = documents.type === "text" ? documents.values : [];
      given.push(...texts);
      const ranking = texts
        .map((text, index) => ({ index, relevanceScore: text.split("good").length - 1 }))
        .sort((a, b) => b.relevanceScore - a.relevanceScore);
      return { ranking };
    },
  };
}

const passage = (text: string, fused: number, title = "Title") => ({
  text,
  title,
  headingPath: ["Part"],
  fused,
});

test("the model's order holds, and it sees title and headings, the best fused first", async () => {
  const given: string[] = [];
  const passages = [
    passage("good bread", 0.2),
    passage("good and good milk", 0.1),
    passage("stale cheese", 0.9),
  ];
  const ranked = await rerankPassages(countingModel(given), "q", passages, 2);
  expect(ranked.map(({ text, rerankScore }) => [text, rerankScore])).toEqual([
    ["good and good milk", 2],
    ["good bread", 1],
  ]);
  expect(given[0]).toBe("Title\nPart\nstale cheese");
});

test("of near duplicates only the best stays, and the next one takes the place", async () => {
  const words = Array.from({ length: 30 }, (_, i) => `word${i}`).join(" ");
  const ranked = await rerankPassages(
    countingModel(),
    "q",
    [passage(`${words} good`, 0.3), passage(`${words} good good`, 0.2), passage("something else", 0.1)],
    2,
  );
  expect(ranked.map(({ fused }) => fused)).toEqual([0.2, 0.1]);
});

test("nothing to rank asks no model", async () => {
  const given: string[] = [];
  expect(await rerankPassages(countingModel(given), "q", [], 5)).toEqual([]);
  expect(given).toEqual([]);
});

test("the built-in model only decides between near equals", async () => {
  const passages = [passage("bread", 0.9), passage("good milk", 0.87), passage("good good good cheese", 0.3)];
  const ranked = await rerankPassages(countingModel([], "builtin"), "q", passages, 3);
  expect(ranked.map(({ text }) => text)).toEqual(["good milk", "bread", "good good good cheese"]);
});

test("the same words under other titles are no duplicates, nor are passages without text", async () => {
  const passages = [
    passage("Yes, pets are welcome.", 0.3, "Hotel Alpha"),
    passage("Yes, pets are welcome.", 0.2, "Hotel Beta"),
    passage("", 0.1, "Opening hours"),
    passage("", 0.05, "Parking"),
  ];
  expect(await rerankPassages(countingModel(), "q", passages, 4)).toHaveLength(4);
});
