/*
 * Labels as a tenant teaches them: 5, 10 or all examples a label beside what is built in, told on another part of each
 * set. Beside two floors in the same run: always the most frequent label, and the label of the nearest example by BM25.
 */

import { trainLabels } from "../../apps/server/src/modules/assist/plain/builtin-examples.ts";
import { classify, confidenceOf, type Example } from "../../apps/server/src/modules/intents/index.ts";
import { fold, tokenize } from "../../apps/server/src/platform/text/index.ts";
import { firstOfEach, type IntentSet } from "./sets.ts";

/** Examples that a tenant may teach; of a set with more, as many of each label as fit. */
const mostTaught = 5_000;

export async function measureTaught(sets: readonly IntentSet[]): Promise<void> {
  console.log(
    "\n| taught | examples | right | sure, right if sure | calibration error | most frequent | nearest by BM25 |",
  );
  console.log("|---|---|---|---|---|---|---|");
  for (const { name, training, validation } of sets) {
    const labels = new Set(training.map(({ intent }) => intent)).size;
    for (const [title, count] of [
      ["5", 5],
      ["10", 10],
      ["all", Math.floor(mostTaught / labels)],
    ] as const) {
      const taught = firstOfEach(training, count);
      const { model } = await trainLabels("intent", taught);
      const told = validation.map(({ text, intent }) => {
        const { ranking, isInScope } = classify(model, text);
        return {
          isRight: ranking[0]?.intent === intent,
          isSure: isInScope,
          confidence: confidenceOf(ranking, model.sharpness),
        };
      });
      const sure = told.filter(({ isSure }) => isSure);
      const right = share(told, ({ isRight }) => isRight);
      const nearest = nearestBy(taught);
      const floor = share(validation, ({ text, intent }) => nearest(text) === intent);
      const row = [
        `${name}, ${title} of each of ${labels}`,
        taught.length,
        right.toFixed(3),
        `${(sure.length / told.length).toFixed(3)}, ${share(sure, ({ isRight }) => isRight).toFixed(3)}`,
        calibrationError(told).toFixed(3),
        mostFrequent(taught, validation).toFixed(3),
        floor.toFixed(3),
      ];
      console.log(`| ${row.join(" | ")} |`);
    }
  }
}

function share<Item>(items: readonly Item[], holds: (item: Item) => boolean): number {
  return items.length === 0 ? 0 : items.filter(holds).length / items.length;
}

/** How far the confidence is from the share that is right, in ten steps, weighed by how many there are. */
function calibrationError(told: readonly { isRight: boolean; confidence: number }[]): number {
  const steps = Array.from({ length: 10 }, (_, step) =>
    told.filter(({ confidence }) => Math.min(9, Math.floor(confidence * 10)) === step),
  );
  return steps.reduce((sum, step) => {
    const sure = step.reduce((sum, { confidence }) => sum + confidence, 0) / (step.length || 1);
    return sum + (step.length / told.length) * Math.abs(sure - share(step, ({ isRight }) => isRight));
  }, 0);
}

function mostFrequent(taught: readonly Example[], validation: readonly Example[]): number {
  const counts = new Map<string, number>();
  for (const { intent } of taught) counts.set(intent, (counts.get(intent) ?? 0) + 1);
  const [first] = [...counts].sort(([, a], [, b]) => b - a);
  return share(validation, ({ intent }) => intent === first?.[0]);
}

/** The label of the example that BM25 (k1 1.2, b .75) finds nearest, over folded words. */
function nearestBy(taught: readonly Example[]): (text: string) => string | undefined {
  const wordsOf = (text: string) => tokenize(fold(text)).map(({ term }) => term);
  const postings = new Map<string, Map<number, number>>();
  const lengths = taught.map(({ text }, at) => {
    const words = wordsOf(text);
    for (const word of words) {
      const places = postings.get(word) ?? new Map<number, number>();
      postings.set(word, places.set(at, (places.get(at) ?? 0) + 1));
    }
    return words.length;
  });
  const mean = lengths.reduce((sum, length) => sum + length, 0) / (lengths.length || 1);
  return (text) => {
    const scores = new Map<number, number>();
    for (const word of new Set(wordsOf(text))) {
      const places = postings.get(word);
      if (!places) continue;
      const rarity = Math.log(1 + (taught.length - places.size + 0.5) / (places.size + 0.5));
      for (const [at, count] of places) {
        const damped = (count * 2.2) / (count + 1.2 * (0.25 + 0.75 * ((lengths[at] ?? 0) / mean)));
        scores.set(at, (scores.get(at) ?? 0) + rarity * damped);
      }
    }
    const [best] = [...scores].sort(([, a], [, b]) => b - a);
    return best && taught[best[0]]?.intent;
  };
}
