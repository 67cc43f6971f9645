import { describe, expect, test } from "vitest";
import { readIntentSets } from "../../../../../../bench/intent/sets.ts";
import { classify } from "./classifier.ts";
import { trainModel } from "./train-model.ts";

/* Some intents of the real sets, so that it takes seconds; `bench/intent` has all of them. */

const sets = readIntentSets();
if (sets.length === 0) process.stdout.write("Skipped: no shared test data beside the project.\n");

function part(name: string, intents: number) {
  const set = sets.find((set) => set.name === name);
  if (!set) throw new Error(`There is no set ${name}.`);
  const chosen = new Set([...new Set(set.training.map(({ intent }) => intent))].slice(0, intents));
  const of = (examples: typeof set.training) => examples.filter(({ intent }) => chosen.has(intent));
  return { training: of(set.training), validation: of(set.validation), outOfScope: set.outOfScope };
}

describe.skipIf(sets.length === 0)("intents of real messages", () => {
  test("of BANKING77, from ten examples each", async () => {
    const { training, validation } = part("BANKING77, few", 25);
    const { model } = await trainModel(training);
    const right = validation.filter(
      ({ text, intent }) => classify(model, text).ranking[0]?.intent === intent,
    );
    expect(right.length / validation.length).toBeGreaterThan(0.7);
  }, 60_000);

  test("of CLINC150, and what is none of them", async () => {
    const { training, validation, outOfScope } = part("CLINC150", 20);
    const { model } = await trainModel(training);
    const told = (text: string) => classify(model, text);
    const right = validation.filter(({ text, intent }) => {
      const { ranking, isInScope } = told(text);
      return isInScope && ranking[0]?.intent === intent;
    });
    const refused = outOfScope.filter(({ text }) => !told(text).isInScope);
    expect(right.length / validation.length).toBeGreaterThan(0.9);
    expect(refused.length / outOfScope.length).toBeGreaterThan(0.6);
  }, 60_000);
});
