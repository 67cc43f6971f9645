import { setImmediate } from "node:timers/promises";
import { classify, type IntentModel } from "./classifier.ts";
import { learnSharpness, usualSharpness } from "./confidence.ts";
import { featuresOf } from "./features.ts";
import { trainSvm } from "./linear-svm.ts";
import { learnVocabulary, vectorOf } from "./vectors.ts";

export interface Example {
  intent: string;
  text: string;
}

export interface TrainedModel {
  model: IntentModel;
  /** Of examples that were held out: the share that was told right, and that after unsure ones were turned away. */
  accuracy: number;
  accuracyInScope: number;
}

/** Parts of the examples that take turns in being held out. */
const folds = 5;
/** The share of all examples that may be turned away although they were told right. */
const mostTurnedAway = 0.015;
/** Below it every intent turns the text down, whatever few examples have shown of the threshold. */
const leastOfAll = 0;
/** So many held-out examples show where the threshold lies: with many examples one part is enough. */
const enoughHeldOut = 2_000;

/**
 * Teaches a model the examples, in steps that let other work go on between them. What is out of scope is learnt without
 * an example of it: held-out examples are classified by a model that was not taught them, and the threshold turns away
 * the least sure of those that were told right. Needs two intents. The same examples give the same model.
 */
export async function trainModel(examples: readonly Example[], signal?: AbortSignal): Promise<TrainedModel> {
  const held: { isRight: boolean; score: number; ranking: { score: number }[] }[] = [];
  for (let fold = 0; fold < folds && held.length < enoughHeldOut; fold++) {
    const model = await fit(
      examples.filter((_example, at) => at % folds !== fold),
      signal,
    );
    for (const { intent, text } of examples.filter((_example, at) => at % folds === fold)) {
      const { ranking } = classify(model, text);
      const [best] = ranking;
      if (best) held.push({ isRight: best.intent === intent, score: best.score, ranking });
    }
  }
  const right = held.filter(({ isRight }) => isRight).map(({ score }) => score);
  right.sort((a, b) => a - b);
  const turnedAway = Math.floor(held.length * mostTurnedAway);
  const leastScore = Math.max(right[turnedAway] ?? leastOfAll, leastOfAll);
  const sharpness = learnSharpness(
    held.map(({ ranking }) => ranking),
    right.length,
  );
  const model = await fit(examples, signal);
  return {
    model: { ...model, leastScore, sharpness },
    accuracy: held.length > 0 ? right.length / held.length : 0,
    accuracyInScope: held.length > 0 ? Math.max(0, right.length - turnedAway) / held.length : 0,
  };
}

async function fit(examples: readonly Example[], signal?: AbortSignal): Promise<IntentModel> {
  const features = examples.map(({ text }) => featuresOf(text));
  const vocabulary = learnVocabulary(features);
  const vectors = features.map((counts) => vectorOf(counts, vocabulary));
  const intents = [...new Set(examples.map(({ intent }) => intent))];
  const weights: Float32Array[] = [];
  for (const intent of intents) {
    signal?.throwIfAborted();
    await setImmediate(); // one intent's turn takes milliseconds
    weights.push(trainSvm(vectors, (at) => examples[at]?.intent === intent, vocabulary.numbers.size));
  }
  return { intents, vocabulary, weights, leastScore: leastOfAll, sharpness: usualSharpness };
}
