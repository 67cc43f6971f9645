/*
 * Fits the constants of sentence choice (`SENTENCE_WEIGHTS`) and of confidence (`CONFIDENCE_WEIGHTS`, `INTERCEPT`)
 * and prints them, with what they reach on articles that they have not seen. One setting for all languages.
 *
 *   node bench/answers/fit.ts
 */
import { CONFIDENCE_WEIGHTS } from "../../apps/server/src/modules/answers/pipeline/grade.ts";
import { testTenant } from "../../apps/server/src/modules/retrieval/testing/index-world.ts";
import { SENTENCE_WEIGHTS } from "../../apps/server/src/platform/evidence/index.ts";
import type { Language } from "../../apps/server/src/platform/text/index.ts";
import { openTestDb } from "../../tests/harness/database.ts";
import { type Gathered, gatherCollection, gatherSupport } from "./gather.ts";
import { fitChoices, fitLogistic, sigmoid } from "./regression.ts";

/** With every how manieth question is asked. */
const SETS: readonly [string, Language, number][] = [
  ["xquad.en", "en", 2],
  ["xquad.ar", "ar", 2],
  ["piaf.fr", "fr", 6],
  ["arcd.ar", "ar", 3],
];
/** A collection counts as so many answerable questions, however large it is. */
const EVERY_COLLECTION = 600;
/** More questions have an answer than not; of those that have none, half are of another domain. */
const WEIGHTS = { held: 1, "taken out": 0.4, "another domain": 0.4 };
/** Natural questions to documentation are few, and nearest to what the product is for. */
const SUPPORT_WEIGHT = 3;
const FOREIGN_TO_SUPPORT = 0.36;
const THRESHOLDS = [0.3, 0.35, 0.4, 0.45, 0.5];

const db = await openTestDb();
const ctx = await testTenant(db);
const gathered: Gathered[] = [];
for (const [name, language, step] of SETS)
  gathered.push(...(await gatherCollection(ctx, name, language, step)));
gathered.push(...(await gatherSupport(ctx)));
await db.close();

const weightOf = (one: Gathered): number => {
  if (one.isSupport) return one.isOwn ? SUPPORT_WEIGHT : FOREIGN_TO_SUPPORT;
  const alike = gathered.filter(({ collection, kind }) => collection === one.collection && kind === one.kind);
  return (WEIGHTS[one.kind] * EVERY_COLLECTION) / alike.length;
};
const weights = new Map(
  gathered.map((one) => [`${one.collection}/${one.kind}/${one.isOwn}`, weightOf(one)] as const),
);
const examples = gathered.flatMap((one) =>
  one.signals
    ? [
        {
          one,
          values: Object.values(one.signals),
          label: Number(one.isRight),
          weight: weights.get(`${one.collection}/${one.kind}/${one.isOwn}`) ?? 0,
        },
      ]
    : [],
);
const isSeen = ({ isSupport, isSeen }: Gathered): boolean => isSupport || isSeen;

const confidence = fitLogistic(examples.filter(({ one }) => isSeen(one)));
console.log(`INTERCEPT = ${confidence.intercept.toFixed(2)}`);
print("CONFIDENCE_WEIGHTS", Object.keys(CONFIDENCE_WEIGHTS), confidence.weights);
const choices = gathered.filter(({ options, isSeen }) => isSeen && options.some(({ isRight }) => isRight));
print("SENTENCE_WEIGHTS", Object.keys(SENTENCE_WEIGHTS), fitChoices(choices));

console.log("\nOn articles not seen: right of those with an answer, answered of those without, in per cent");
const table: Record<string, Record<string, string>> = {};
for (const threshold of THRESHOLDS) {
  const row: Record<string, string> = {};
  for (const name of new Set(gathered.map(({ collection }) => collection))) {
    const of = gathered.filter((one) => one.collection === name && (one.isSupport || !one.isSeen));
    const answered = new Set(
      examples.filter(({ values }) => likely(values) >= threshold).map(({ one }) => one),
    );
    const share = (kind: Gathered["kind"], counts: (one: Gathered) => boolean): string => {
      const alike = of.filter((one) => one.kind === kind);
      return ((100 * alike.filter((one) => answered.has(one) && counts(one)).length) / alike.length).toFixed(
        0,
      );
    };
    row[name] = [
      share("held", ({ isRight }) => isRight),
      share("taken out", () => true),
      share("another domain", () => true),
    ].join(" / ");
  }
  table[threshold] = row;
}
console.table(table);

function likely(values: readonly number[]): number {
  return sigmoid(
    confidence.intercept + values.reduce((sum, value, at) => sum + value * (confidence.weights[at] ?? 0), 0),
  );
}

function print(title: string, names: readonly string[], values: readonly number[]): void {
  console.log(`${title}:`);
  for (const [at, name] of names.entries()) console.log(`  ${name}: ${(values[at] ?? 0).toFixed(2)},`);
}
