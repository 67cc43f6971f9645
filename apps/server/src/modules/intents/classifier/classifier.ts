import { featuresOf } from "./features.ts";
import { dot } from "./linear-svm.ts";
import { type Vocabulary, vectorOf } from "./vectors.ts";

export interface IntentModel {
  /** The intents' ids, in the order of `weights`. */
  intents: string[];
  vocabulary: Vocabulary;
  /** Of each intent: a weight a feature, and last the bias. */
  weights: Float32Array[];
  /** A text whose score is below is none of the intents. */
  leastScore: number;
  /** How much a lead over the other intents says, for `confidenceOf`. */
  sharpness: number;
}

export interface Classification {
  /** The intents that fit best, best first; the first is the answer only where the text is in scope. */
  ranking: { intent: string; score: number }[];
  /** False: "I do not know this one". */
  isInScope: boolean;
  /** How much of what the text's words tell was seen in training, 0 to 1. */
  known: number;
}

/** What a text wants, among the intents that the model was taught. Takes well under a millisecond. */
export function classify(model: IntentModel, text: string): Classification {
  const vector = vectorOf(featuresOf(text), model.vocabulary);
  const ranking = model.weights.map((weights, at) => ({
    intent: model.intents[at] ?? "",
    // a text of unknown words is near to nothing, whatever its few known ones say
    score: dot(weights, vector) + vector.known,
  }));
  ranking.sort((a, b) => b.score - a.score);
  return { ranking, isInScope: (ranking[0]?.score ?? 0) >= model.leastScore, known: vector.known };
}
