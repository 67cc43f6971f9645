import type { CaseResult } from "./answer-case.ts";

const TENTHS = 10;

/**
 * How often answers of each tenth of confidence are right, and the expected calibration error: by how much stated
 * confidence and outcome differ, each tenth counting by its answers.
 */
export function reliability(results: readonly CaseResult[]): Record<string, string> {
  const line: Record<string, string> = {};
  let error = 0;
  for (let tenth = 0; tenth < TENTHS; tenth++) {
    const within = results.filter(
      ({ confidence }) => Math.min(TENTHS - 1, Math.floor(confidence * TENTHS)) === tenth,
    );
    if (within.length === 0) continue;
    const right = within.filter(({ isRight }) => isRight).length;
    const stated = within.reduce((sum, { confidence }) => sum + confidence, 0);
    line[`${tenth / TENTHS} to`] = `${((100 * right) / within.length).toFixed(0)} % of ${within.length}`;
    error += Math.abs(stated - right);
  }
  line["calibration error"] = results.length === 0 ? "-" : (error / results.length).toFixed(3);
  return line;
}
