import { type Example, trainModel } from "../../intents/index.ts";
import type { LabelKind } from "../label-kinds.ts";
import { inCueForm } from "./cues.ts";
import { judgeSentiment } from "./judge-sentiment.ts";
import { judgeSeverity } from "./judge-severity.ts";
import { arabicSeeds } from "./seeds.ar.ts";
import { englishSeeds } from "./seeds.en.ts";
import { frenchSeeds } from "./seeds.fr.ts";

const seeds: Example[] = [englishSeeds, frenchSeeds, arabicSeeds].flatMap((seeds) =>
  Object.entries(seeds).flatMap(([intent, texts]) => texts.map((text) => ({ intent, text }))),
);

/** What is known before anybody teaches: our seed phrases, for severity and sentiment with what the rules say of them. */
function builtinExamples(kind: LabelKind): Example[] {
  if (kind === "intent") return seeds;
  return seeds.map(({ intent, text }) => {
    const words = inCueForm(text);
    const label =
      kind === "severity" ? judgeSeverity(words, intent).severity : judgeSentiment(words).sentiment;
    return { intent: label, text };
  });
}

/** A model of what a tenant teaches, beside what is built in: one example is enough to be told of. */
export function trainLabels(kind: LabelKind, taught: readonly Example[], signal?: AbortSignal) {
  const said = new Set(taught.map(({ text }) => inCueForm(text)));
  // where the tenant says otherwise of the same words, the tenant is right
  const own = builtinExamples(kind).filter(({ text }) => !said.has(inCueForm(text)));
  return trainModel([...own, ...taught], signal);
}

let builtin: ReturnType<typeof trainLabels> | null = null;

/** The intents that everybody has. Learnt once a process, the first time that they are needed. */
export async function builtinIntentModel() {
  builtin ??= trainLabels("intent", []);
  return (await builtin).model;
}
