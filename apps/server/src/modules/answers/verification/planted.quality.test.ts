import { expect, test } from "vitest";
import { readQuestionSet } from "../../../platform/text/testing/squad.ts";
import { type Measured, measure, sum, type Tally } from "./testing/measure.ts";
import type { Spoken } from "./testing/wording.ts";

/*
 * True claims (verbatim, paraphrased, made of a question and its answer) and the same with an error planted, on
 * every so manieth passage of the half that no constant was chosen on. The whole is in bench/answers.
 */
const SETS: [string, Spoken, number][] = [
  ["xquad.en", "en", 8],
  ["piaf.fr", "fr", 24],
  ["xquad.ar", "ar", 8],
];

const share = ({ flagged, all }: Tally): number => flagged / all;
const report = (name: string, tallies: Measured["honest"]): void => {
  for (const [kind, tally] of tallies)
    process.stdout.write(`${name}: ${kind}: ${(100 * share(tally)).toFixed(1)} % flagged of ${tally.all}\n`);
};

test.each(SETS)(
  "planted errors are caught and true claims pass: %s",
  { timeout: 60_000 },
  (name, language, every) => {
    const set = readQuestionSet(name);
    if (!set) return;
    const { honest, planted, times } = measure(set, language, "odd", every);
    report(name, honest);
    report(name, planted);
    const reworded = new Map([...honest].filter(([way]) => way !== "verbatim"));
    expect(share(sum(honest, "verbatim"))).toBe(0);
    expect(share(sum(reworded))).toBeLessThan(0.05);
    for (const kind of ["number", "negation", "made up"]) {
      expect(share(sum(planted, `${kind}:`)), kind).toBeGreaterThan(0.95);
    }
    expect(share(sum(planted, "name:")), "name").toBeGreaterThan(language === "ar" ? 0.92 : 0.94);
    expect(times.length).toBeGreaterThan(500);
  },
);
