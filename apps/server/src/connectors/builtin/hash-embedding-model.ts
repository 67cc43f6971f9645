import {
  type EmbeddingModelV4,
  type EmbeddingModelV4CallOptions,
  type EmbeddingModelV4Result,
  InvalidArgumentError,
} from "@ai-sdk/provider";
import { detectLanguage, isStopWord, tokenize } from "../../platform/text/index.ts";

const DIMENSIONS = 512;
/** Character n-grams of 3 to 5 letters. */
const SHORTEST = 3;
const LONGEST = 5;
/** Apart, so that the word "the" and the n-gram "the" are two features. */
const WORD_SEED = 0x9747b28c;
const GRAM_SEED = 0x811c9dc5;
/** Longer words are hashed by their beginning: bounded work for hostile input. */
const LONGEST_WORD = 40;

/**
 * A lexical embedding without any model: hashed words and character n-grams, 512 dimensions, L2 norm 1
 * (a text without words is the zero vector). It forgives spelling, inflection and Arabic letter forms.
 * It knows no synonyms: "money back" and "refund" are unrelated to it. Use BM25 beside it, and a trained
 * model for meaning. The same text gives the same vector on every machine and in every version of
 * "lexical-512".
 */
export class HashEmbeddingModel implements EmbeddingModelV4 {
  readonly specificationVersion = "v4";
  readonly provider = "builtin";
  readonly modelId = "lexical-512";
  readonly maxEmbeddingsPerCall = 2048;
  readonly supportsParallelCalls = false;

  /** Throws InvalidArgumentError if another number of dimensions than 512 is asked for. */
  async doEmbed({
    values,
    dimensions,
    abortSignal,
  }: EmbeddingModelV4CallOptions): Promise<EmbeddingModelV4Result> {
    if (dimensions !== undefined && dimensions !== DIMENSIONS) {
      throw new InvalidArgumentError({
        argument: "dimensions",
        message: `builtin:lexical-512 has ${DIMENSIONS} dimensions; ${dimensions} cannot be asked for.`,
      });
    }
    const embeddings = values.map((value) => {
      abortSignal?.throwIfAborted();
      return embed(value);
    });
    return { embeddings, usage: { tokens: 0 }, warnings: [] };
  }
}

function embed(text: string): number[] {
  const counts = new Map<string, number>();
  const tokens = tokenize(text);
  const language = detectLanguage(text);
  // Without its stop words a question lies far closer to its answer (nDCG@10 .75 to .91 on xquad.en).
  const meaningful = tokens.filter((token) => !isStopWord(token.term, language));
  for (const { term } of meaningful.length > 0 ? meaningful : tokens) {
    const word = term.slice(0, LONGEST_WORD);
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const vector = new Float64Array(DIMENSIONS);
  for (const [word, count] of counts) {
    // Sublinear: the tenth occurrence says less than the first.
    const weight = 1 + Math.log(count);
    addFeatures(word, weight, vector);
  }
  let squares = 0;
  for (const value of vector) squares += value * value;
  const norm = Math.sqrt(squares);
  return Array.from(vector, (value) => (norm === 0 ? 0 : value / norm));
}

/** Half the weight for the word as a whole; its n-grams together have a norm of about one weight. */
function addFeatures(word: string, weight: number, vector: Float64Array): void {
  const marked = `<${word}>`;
  const grams = Math.max(1, 3 * marked.length - 9);
  const gramWeight = weight / Math.sqrt(grams);
  add(hash(marked, 0, marked.length, WORD_SEED), 0.5 * weight, vector);
  for (let start = 0; start + SHORTEST <= marked.length; start++) {
    const last = Math.min(LONGEST, marked.length - start);
    for (let length = SHORTEST; length <= last; length++) {
      add(hash(marked, start, length, GRAM_SEED), gramWeight, vector);
    }
  }
}

/** The hash's low bits choose the dimension, another bit the sign, so collisions cancel on average. */
function add(hashed: number, weight: number, vector: Float64Array): void {
  const at = hashed & (DIMENSIONS - 1);
  vector[at] = (vector[at] ?? 0) + (hashed & 0x10000 ? weight : -weight);
}

/** FNV-1a over UTF-16 units with a final mix, so that neighbouring bits are independent. */
function hash(text: string, start: number, length: number, seed: number): number {
  let value = seed;
  for (let at = start; at < start + length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}
