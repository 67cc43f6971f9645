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
  language: "en",
  fused,
});

const query = { text: "q", language: "en", frequencies: new Map(), liveChunks: 100, wordShare: 0.9 };

test("the model's order holds, and it sees title and headings", async () => {
  const given: string[] = [];
  const passages = [
    passage("good bread", 0.2),
    passage("good and good milk", 0.1),
    passage("stale cheese", 0.9),
  ];
  const ranked = await rerankPassages(countingModel(given), query, passages, 2);
  expect(ranked.map(({ text, rerankScore }) => [text, rerankScore])).toEqual([
    ["good and good milk", 2],
    ["good bread", 1],
  ]);
  expect(given[2]).toBe("Title\nPart\nstale cheese");
});

test("nothing to rank asks no model", async () => {
  const given: string[] = [];
  expect(await rerankPassages(countingModel(given), query, [], 5)).toEqual([]);
  expect(given).toEqual([]);
});

test("without a model a second look decides between near equals", async () => {
  const passages = [passage("bread", 0.9), passage("good milk", 0.87), passage("good good good cheese", 0.3)];
  const asked = { ...query, text: "good", frequencies: new Map([["good", 2]]) };
  const ranked = await rerankPassages(null, asked, passages, 3);
  expect(ranked.map(({ text }) => text)).toEqual(["good milk", "bread", "good good good cheese"]);
});
