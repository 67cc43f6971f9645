import { deserialize, serialize } from "node:v8";
import { gunzipSync, gzipSync } from "node:zlib";
import { z } from "zod";
import type { IntentModel } from "../classifier/classifier.ts";
import { usualSharpness } from "../classifier/confidence.ts";

const Kept = z.object({
  intents: z.array(z.string()),
  features: z.array(z.string()),
  frequencies: z.custom<Float32Array>((value) => value instanceof Float32Array),
  unseen: z.number(),
  /** One byte a weight, of 127ths of the largest: as exact as telling them apart needs. */
  weights: z.array(
    z.object({
      largest: z.number(),
      parts: z.custom<Int8Array>((value) => value instanceof Int8Array),
      bias: z.number(),
    }),
  ),
  leastScore: z.number(),
  /** Absent in models from before it was learnt. */
  sharpness: z.number().default(usualSharpness),
});

/** A model as it is kept: a hundred intents of five thousand examples take some two megabytes. */
export function packModel({ intents, vocabulary, weights, leastScore, sharpness }: IntentModel): Buffer {
  const kept: z.infer<typeof Kept> = {
    intents,
    features: [...vocabulary.numbers.keys()],
    frequencies: vocabulary.frequencies,
    unseen: vocabulary.unseen,
    weights: weights.map((all) => {
      const own = all.subarray(0, -1);
      let largest = 1e-9;
      for (const weight of own) largest = Math.max(largest, Math.abs(weight));
      const parts = Int8Array.from(own, (weight) => Math.round((weight / largest) * 127));
      return { largest, parts, bias: all[all.length - 1] ?? 0 };
    }),
    leastScore,
    sharpness,
  };
  return gzipSync(serialize(kept));
}

/** The model that `packModel` packed. */
export function unpackModel(bytes: Buffer): IntentModel {
  const kept = Kept.parse(deserialize(gunzipSync(bytes)));
  return {
    intents: kept.intents,
    vocabulary: {
      numbers: new Map(kept.features.map((feature, number) => [feature, number])),
      frequencies: kept.frequencies,
      unseen: kept.unseen,
    },
    weights: kept.weights.map(({ largest, parts, bias }) => {
      const weights = new Float32Array(parts.length + 1);
      for (let at = 0; at < parts.length; at++) weights[at] = ((parts[at] ?? 0) * largest) / 127;
      weights[parts.length] = bias;
      return weights;
    }),
    leastScore: kept.leastScore,
    sharpness: kept.sharpness,
  };
}
