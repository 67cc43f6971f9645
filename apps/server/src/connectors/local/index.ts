import { findModels } from "./model-files.ts";
import { StaticEmbeddingModel } from "./static-embedding-model.ts";

export type { StaticEmbeddingModel } from "./static-embedding-model.ts";

/**
 * The embedding models whose files the operator put into `directory`, a folder each; none without a directory.
 * Throws an Error that names the folder and what is wrong with it: a server that was told to use a model does not
 * start without it.
 */
export async function openLocalModels(directory: string | undefined): Promise<StaticEmbeddingModel[]> {
  if (directory === undefined) return [];
  const found = await findModels(directory);
  if (found.length === 0) {
    throw new Error(
      `LOCAL_MODELS_DIR holds no model. Expected folders with model.safetensors and tokenizer.json, in ${directory}.`,
    );
  }
  return Promise.all(found.map((files) => StaticEmbeddingModel.open(files)));
}
