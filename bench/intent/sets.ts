import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { Example } from "../../apps/server/src/modules/intents/classifier/train-model.ts";

export interface IntentSet {
  name: string;
  /** What TF-IDF of words and n-grams with scikit-learn's LinearSVC reaches on the same parts; empty where nobody measured it. */
  peer: string;
  training: Example[];
  validation: Example[];
  /** Texts of no intent, which the training never saw. */
  outOfScope: Example[];
}

const data = process.env.PARLANCE_SHARED_DATA ?? resolve(import.meta.dirname, "../../../shared/data");
const Rows = z.array(z.record(z.string(), z.string()));

/** The sets of shared/data; none where the folder is absent. */
export function readIntentSets(): IntentSet[] {
  if (!existsSync(`${data}/intent`)) return [];
  const banking = examples("banking77.train.csv", "text", "category");
  const clinc = rows("clinc150.train.csv");
  const clincPart = (...splits: string[]) =>
    clinc
      .filter(({ split = "" }) => splits.includes(split))
      .map(({ text = "", category = "" }) => ({ text, intent: category }));
  // every fifth example is held out; their order within an intent is the set's own
  const isHeld = (_example: Example, at: number) => at % 5 === 4;
  const rest = banking.filter((example, at) => !isHeld(example, at));
  const held = banking.filter(isHeld);
  return [
    { name: "BANKING77", peer: ".907", training: rest, validation: held, outOfScope: [] },
    {
      name: "BANKING77, few",
      peer: ".703",
      training: firstOfEach(rest, 10),
      validation: held,
      outOfScope: [],
    },
    {
      name: "ArBanking77",
      peer: ".931",
      training: examples("arbanking77.train.csv", "text", "label"),
      validation: examples("arbanking77.val.csv", "text", "label"),
      outOfScope: [],
    },
    {
      name: "CLINC150",
      peer: ".931",
      training: clincPart("train"),
      validation: clincPart("val"),
      outOfScope: clincPart("oos_train", "oos_val"),
    },
    {
      name: "Bitext support",
      peer: "",
      training: examples("bitext_support.train.csv", "utterance", "intent"),
      validation: examples("bitext_support.dev.csv", "utterance", "intent"),
      outOfScope: [],
    },
  ];
}

/** The first examples of each intent, in the set's own order. */
export function firstOfEach(all: readonly Example[], most: number): Example[] {
  const counts = new Map<string, number>();
  return all.filter(({ intent }) => {
    const count = (counts.get(intent) ?? 0) + 1;
    counts.set(intent, count);
    return count <= most;
  });
}

function examples(file: string, text: string, intent: string): Example[] {
  return rows(file).map((row) => ({ text: row[text] ?? "", intent: row[intent] ?? "" }));
}

function rows(file: string) {
  return Rows.parse(
    parse(readFileSync(`${data}/intent/${file}`), { columns: true, bom: true, relax_quotes: true }),
  );
}
