/*
 * Intents told without a model, trained on a part of each set and told on another, beside scikit-learn's LinearSVC on
 * the same parts.
 *
 *   node bench/intent/run.ts [--taught]
 *
 * `--taught` measures the labels of `assist` alone, as a tenant teaches them by a few examples.
 */
import { classify } from "../../apps/server/src/modules/intents/classifier/classifier.ts";
import { type Example, trainModel } from "../../apps/server/src/modules/intents/classifier/train-model.ts";
import { readIntentSets } from "./sets.ts";
import { measureTaught } from "./taught.ts";

const sets = readIntentSets();
const isTaughtAlone = process.argv.includes("--taught");
if (sets.length === 0) console.log("No shared test data beside the project: nothing was measured.");
else if (!isTaughtAlone)
  console.log(
    "| set | peer | right | right and sure | out of scope told | training | a text |\n|---|---|---|---|---|---|---|",
  );
for (const { name, peer, training, validation, outOfScope } of isTaughtAlone ? [] : sets) {
  const began = performance.now();
  const { model } = await trainModel(training);
  const seconds = (performance.now() - began) / 1000;
  const told = (example: Example) => classify(model, example.text);
  const start = performance.now();
  const results = validation.map((example) => ({ example, ...told(example) }));
  const micros = ((performance.now() - start) / validation.length) * 1000;
  const isRight = ({ example, ranking }: (typeof results)[number]) => ranking[0]?.intent === example.intent;
  const right = results.filter(isRight).length / results.length;
  const sure = results.filter((result) => isRight(result) && result.isInScope).length / results.length;
  const refused = outOfScope.filter((example) => !told(example).isInScope).length / outOfScope.length;
  const share = (value: number) => (Number.isNaN(value) ? "" : value.toFixed(3));
  console.log(
    `| ${name} (${training.length} for ${new Set(training.map(({ intent }) => intent)).size}) | ${peer} | ${share(right)} | ${share(sure)} | ${share(refused)} | ${seconds.toFixed(1)} s | ${micros.toFixed(0)} µs |`,
  );
}
await measureTaught(sets.filter(({ name }) => !name.endsWith("few")));
