/*
 * The check of claims by itself: true claims (verbatim, paraphrased by rule, made of a person's question and its
 * answer) and the same with an error planted, on the half of each collection that no constant was chosen on.
 *
 *   node bench/answers/verification.ts [collection …]
 */
import {
  measure,
  sum,
  type Tally,
} from "../../apps/server/src/modules/answers/verification/testing/measure.ts";
import type { Spoken } from "../../apps/server/src/modules/answers/verification/testing/wording.ts";
import { readQuestionSet } from "../../apps/server/src/platform/text/testing/squad.ts";

const SETS: readonly [string, Spoken][] = [
  ["xquad.en", "en"],
  ["piaf.fr", "fr"],
  ["xquad.ar", "ar"],
  ["arcd.ar", "ar"],
];

const percent = ({ flagged, all }: Tally): string => `${((100 * flagged) / all).toFixed(1)} % of ${all}`;
const wanted = process.argv.slice(2);
const table: Record<string, object> = {};
for (const [name, language] of SETS) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  const set = readQuestionSet(name);
  if (!set) continue;
  const { honest, planted, times } = measure(set, language, "odd");
  const merged = sum(honest, "question and answer");
  const reworded = sum(new Map([...honest].filter(([way]) => way !== "verbatim")));
  times.sort((a, b) => a - b);
  const at = (share: number): string => `${(times[Math.floor(share * times.length)] ?? 0).toFixed(2)} ms`;
  table[name] = {
    "false alarms, verbatim": percent(sum(honest, "verbatim")),
    "false alarms, paraphrased": percent(reworded),
    "of those, question and answer": percent(merged),
    "numbers caught": percent(sum(planted, "number:")),
    "names caught": percent(sum(planted, "name:")),
    "negations caught": percent(sum(planted, "negation:")),
    "made up caught": percent(sum(planted, "made up:")),
    "a check, p50": at(0.5),
    "a check, p95": at(0.95),
  };
  console.log(`${name}, true claims called unsupported:`);
  for (const [way, tally] of honest) console.log(`  ${way}: ${percent(tally)}`);
  console.log(`${name}, planted errors caught:`);
  for (const [kind, tally] of planted) console.log(`  ${kind}: ${percent(tally)}`);
}
console.table(table);
