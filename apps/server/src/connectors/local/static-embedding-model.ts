import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import type { EmbeddingModelV4, EmbeddingModelV4CallOptions, EmbeddingModelV4Result } from "@ai-sdk/provider";
import { Tokenizer } from "@huggingface/tokenizers";
import { z } from "zod";
import type { ModelFiles } from "./model-files.ts";
import { readTensor, readTensorInfos, type TensorInfo } from "./safetensors.ts";

/** Tokens of a text that are read, as model2vec has it. */
const mostTokens = 512;
/** UTF-16 code units: a longer text has more than `mostTokens` tokens, and would be cut into them in vain. */
const longestText = 20_000;
/** The vocabulary's matrix goes by either name. */
const matrixNames = ["embeddings", "embedding.weight"];

const Config = z.object({ normalize: z.boolean().default(true) });
const UnknownToken = z.object({
  model: z.object({ unk_token: z.string().nullish(), unk_id: z.int().nullish() }).loose(),
});
const AnyObject = z.record(z.string(), z.unknown());

/** What is read of the files when the first text comes. */
interface Weights {
  tokenizer: Tokenizer;
  unknown: number | undefined;
  matrix: ArrayLike<number>;
  /** Which row a token has, where rows are shared. */
  rows: ArrayLike<number> | null;
  /** How much a token says. */
  weights: ArrayLike<number> | null;
  normalize: boolean;
}

/**
 * A trained embedding model that is a table: a vector for each token, whose mean is the text's (model2vec,
 * https://github.com/MinishLab/model2vec; StaticEmbedding of sentence-transformers). It knows meanings, needs
 * neither a key nor the network, and embeds thousands of passages a second on a processor. Its files are read
 * when the first text comes and stay in memory.
 */
export class StaticEmbeddingModel implements EmbeddingModelV4 {
  readonly specificationVersion = "v4";
  readonly provider = "local";
  readonly modelId: string;
  readonly dimensions: number;
  readonly maxEmbeddingsPerCall = 256;
  readonly supportsParallelCalls = false;
  readonly #files: ModelFiles;
  readonly #tensors: ReadonlyMap<string, TensorInfo>;
  #weights: Promise<Weights> | undefined;

  private constructor(files: ModelFiles, tensors: ReadonlyMap<string, TensorInfo>) {
    this.modelId = files.name;
    this.#files = files;
    this.#tensors = tensors;
    this.dimensions = this.#matrix().shape[1] ?? 0;
  }

  /** Reads what the files say of themselves. Throws an Error that says why they are no such model. */
  static async open(files: ModelFiles): Promise<StaticEmbeddingModel> {
    return new StaticEmbeddingModel(files, await readTensorInfos(files.tensors));
  }

  async doEmbed({ values, abortSignal }: EmbeddingModelV4CallOptions): Promise<EmbeddingModelV4Result> {
    this.#weights ??= this.#load();
    const weights = await this.#weights.catch((error: unknown) => {
      this.#weights = undefined; // the files may be mended meanwhile
      throw error;
    });
    const embeddings = values.map((value) => {
      abortSignal?.throwIfAborted();
      return embed(value, weights, this.dimensions);
    });
    return { embeddings, usage: { tokens: 0 }, warnings: [] };
  }

  #matrix(): TensorInfo {
    const matrix = matrixNames.map((name) => this.#tensors.get(name)).find((info) => info !== undefined);
    if (matrix?.shape.length === 2 && (matrix.shape[1] ?? 0) > 0) return matrix;
    throw new Error(
      `${this.#files.tensors} holds no matrix "${matrixNames.join('" or "')}" of token vectors.`,
    );
  }

  async #load(): Promise<Weights> {
    const { tensors, tokenizer, tokenizerConfig, config } = this.#files;
    const described = await readJson(tokenizer);
    const { model } = UnknownToken.parse(described);
    const read = async (name: string) => {
      const info = this.#tensors.get(name);
      return info ? readTensor(tensors, info) : null;
    };
    const words = new Tokenizer(
      described,
      existsSync(tokenizerConfig) ? await readJson(tokenizerConfig) : {},
    );
    return {
      tokenizer: words,
      unknown: model.unk_id ?? (model.unk_token ? words.token_to_id(model.unk_token) : undefined),
      matrix: await readTensor(tensors, this.#matrix()),
      rows: await read("mapping"),
      weights: await read("weights"),
      normalize: Config.parse(existsSync(config) ? await readJson(config) : {}).normalize,
    };
  }
}

async function readJson(path: string): Promise<Record<string, unknown>> {
  return AnyObject.parse(JSON.parse(await readFile(path, "utf8")));
}

/** The mean of the tokens' vectors; the zero vector where none of them is known. */
function embed(
  text: string,
  { tokenizer, unknown, matrix, rows, weights, normalize }: Weights,
  size: number,
) {
  const read = tokenizer.encode(text.slice(0, longestText).toWellFormed(), { add_special_tokens: false });
  const ids: readonly number[] = read.ids;
  const known = ids.filter((id) => id !== unknown).slice(0, mostTokens);
  const sum = new Float64Array(size);
  for (const id of known) {
    const start = (rows?.[id] ?? id) * size;
    const weight = weights?.[id] ?? 1;
    for (let at = 0; at < size; at++) sum[at] = (sum[at] ?? 0) + weight * (matrix[start + at] ?? 0);
  }
  const length = normalize ? Math.hypot(...sum) : known.length;
  return Array.from(sum, (value) => (length > 0 ? value / length : 0));
}
