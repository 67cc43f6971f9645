import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

/** Where a model's files lie below its folder: model2vec's layout, and that of sentence-transformers. */
const staticPlaces = ["", "0_StaticEmbedding"];

export interface ModelFiles {
  /** The folder's name, which is the model's. */
  name: string;
  tensors: string;
  tokenizer: string;
  /** May be absent. */
  tokenizerConfig: string;
  /** May be absent. */
  config: string;
}

/** The static embedding models in `directory`, a folder each, by name. Other folders are passed over. */
export async function findModels(directory: string): Promise<ModelFiles[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => !entry.isFile()).map(({ name }) => name);
  return names.sort().flatMap((name) => {
    const found = staticPlaces
      .map((place) => filesIn(name, join(directory, name, place)))
      .find(({ tensors, tokenizer }) => existsSync(tensors) && existsSync(tokenizer));
    return found ? [found] : [];
  });
}

function filesIn(name: string, folder: string): ModelFiles {
  return {
    name,
    tensors: join(folder, "model.safetensors"),
    tokenizer: join(folder, "tokenizer.json"),
    tokenizerConfig: join(folder, "tokenizer_config.json"),
    config: join(folder, "config.json"),
  };
}
