import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { embedMany } from "ai";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openLocalModels } from "./index.ts";
import { safetensors, writeModel } from "./testing/write-model.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "parlance-models-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const words = { refund: [1, 0, 0], money: [0.6, 0.8, 0], delivery: [0, 0, 2] };

async function vectors(texts: string[]): Promise<number[][]> {
  const [model] = await openLocalModels(folder);
  if (!model) throw new Error("There is no model.");
  return (await embedMany({ model, values: texts })).embeddings;
}

describe("a model in a folder", () => {
  test("goes by its folder's name and says its dimensions before it is read", async () => {
    writeModel(join(folder, "small"), words);
    const [model] = await openLocalModels(folder);
    expect([model?.provider, model?.modelId, model?.dimensions]).toEqual(["local", "small", 3]);
  });

  test("gives the mean of its words, of length 1; a word that it does not know says nothing", async () => {
    writeModel(join(folder, "small"), words);
    const [one, two, strange, none] = await vectors(["Delivery", "refund money", "refund zebra", "zebra"]);
    expect(one).toEqual([0, 0, 1]);
    expect(two?.map((value) => Math.round(value * 1000) / 1000)).toEqual([0.894, 0.447, 0]);
    expect(strange).toEqual([1, 0, 0]);
    expect(none).toEqual([0, 0, 0]);
  });

  test("whose config says so gives the plain mean", async () => {
    writeModel(join(folder, "small"), words, { normalize: false });
    expect(await vectors(["refund delivery"])).toEqual([[0.5, 0, 1]]);
  });

  test("in the layout of sentence-transformers is found as well", async () => {
    writeModel(join(folder, "nested", "0_StaticEmbedding"), words);
    expect(await vectors(["refund"])).toEqual([[1, 0, 0]]);
  });

  test("reads the beginning of a text without end, and half a letter pair", async () => {
    writeModel(join(folder, "small"), words);
    const [long, broken] = await vectors([`refund ${"delivery ".repeat(100_000)}`, "refund \ud83d"]);
    expect(long?.[0]).toBeGreaterThan(0);
    expect(broken).toEqual([1, 0, 0]);
  });
});

describe("a server that was told to use models does not start without them", () => {
  test("without a directory there are none", async () => {
    expect(await openLocalModels(undefined)).toEqual([]);
  });

  test("an empty directory", async () => {
    await expect(openLocalModels(folder)).rejects.toThrow(/LOCAL_MODELS_DIR holds no model/);
  });

  const damaged: [string, Buffer, RegExp][] = [
    ["is empty", Buffer.alloc(0), /does not begin as a safetensors file/],
    ["is something else", Buffer.from("<!doctype html>, a page"), /does not begin as a safetensors file/],
    [
      "was cut off",
      safetensors({ embeddings: { shape: [4, 3], data: new Float32Array(12) } }).subarray(0, -5),
      /is cut off in "embeddings"/,
    ],
    [
      "holds no matrix",
      safetensors({ bias: { shape: [3], data: new Float32Array(3) } }),
      /holds no matrix "embeddings" or "embedding.weight"/,
    ],
  ];
  test.each(damaged)("a file that %s", async (_what, bytes, reason) => {
    const model = join(folder, "broken");
    mkdirSync(model);
    writeFileSync(join(model, "tokenizer.json"), "{}");
    writeFileSync(join(model, "model.safetensors"), bytes);
    await expect(openLocalModels(folder)).rejects.toThrow(reason);
  });
});
