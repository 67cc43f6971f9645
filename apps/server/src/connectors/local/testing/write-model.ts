import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Writes a static embedding model in model2vec's layout: a word of `words` has the vector beside it, any other word is
 * unknown.
 */
export function writeModel(folder: string, words: Record<string, number[]>, config: object = {}): void {
  mkdirSync(folder, { recursive: true });
  const vocabulary = ["[UNK]", ...Object.keys(words)];
  const vectors = Object.values(words);
  const size = vectors[0]?.length ?? 0;
  const matrix = Float32Array.from([new Array<number>(size).fill(0.9), ...vectors].flat());
  writeFileSync(
    join(folder, "model.safetensors"),
    safetensors({ embeddings: { shape: [vocabulary.length, size], data: matrix } }),
  );
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  writeFileSync(
    join(folder, "tokenizer.json"),
    JSON.stringify({
      version: "1.0",
      added_tokens: [],
      normalizer: { type: "Lowercase" },
      pre_tokenizer: { type: "Whitespace" },
      post_processor: null,
      decoder: null,
      model: {
        type: "WordLevel",
        unk_token: "[UNK]",
        vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])),
      },
    }),
  );
}

/** A file in the safetensors format. */
export function safetensors(tensors: Record<string, { shape: number[]; data: Float32Array }>): Buffer {
  let at = 0;
  const header = Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => {
      const start = at;
      at += data.byteLength;
      return [name, { dtype: "F32", shape, data_offsets: [start, at] }];
    }),
  );
  const text = Buffer.from(JSON.stringify({ __metadata__: { format: "pt" }, ...header }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, ...Object.values(tensors).map(({ data }) => Buffer.from(data.buffer))]);
}
