import type { EvaluationResult, EvaluationRunDetail } from "../../modules/evaluations/index.ts";
import type { Totals } from "./evaluator.ts";
import type { Options } from "./options.ts";

export interface Report {
  run: EvaluationRunDetail;
  results: EvaluationResult[];
  /** Null where there is nothing to compare with. */
  comparison: Totals | null;
  /** Why the run is not green; empty where it is. */
  faults: string[];
}

/** What keeps the run from being green. */
export function faultsOf(
  run: EvaluationRunDetail,
  comparison: Totals | null,
  { minPassRate, maxRegressions }: Pick<Options, "minPassRate" | "maxRegressions">,
): string[] {
  const faults: string[] = [];
  if (run.status !== "completed")
    faults.push(`The run is ${run.status}: ${run.failure ?? "it did not end"}.`);
  const { passed, cases } = run.summary;
  if (passed < minPassRate * cases) {
    faults.push(
      `${passed} of ${cases} cases passed (${percent(passed / cases)}); at least ${percent(minPassRate)} must.`,
    );
  }
  if (comparison && comparison.regressed > maxRegressions) {
    const { regressed } = comparison;
    faults.push(`${regressed} case${regressed === 1 ? "" : "s"} got worse; at most ${maxRegressions} may.`);
  }
  return faults;
}

/** For a terminal: a line for each case that failed, and the figures. */
export function table({ run, results, comparison, faults }: Report): string {
  const { summary } = run;
  const failed = results.filter(({ passed }) => passed === false);
  const figures: [string, string][] = [
    [
      "passed",
      `${summary.passed} of ${summary.cases}  ${share(summary.cases ? summary.passed / summary.cases : null)}`,
    ],
    [
      "passage found",
      `${share(summary.retrieval.hit)}  MRR ${figure(summary.retrieval.mrr)}  nDCG@10 ${figure(summary.retrieval.ndcg)}`,
    ],
    ["correct", `${share(summary.correctness.correct)}  token F1 ${figure(summary.correctness.tokenF1)}`],
    ["faithful", share(summary.faithfulness.value)],
    ["refusal", `precision ${share(summary.refusal.precision)}  recall ${share(summary.refusal.recall)}`],
    ["hand-off", `precision ${share(summary.handoff.precision)}  recall ${share(summary.handoff.recall)}`],
    ["latency", `p50 ${milliseconds(summary.latency.p50)}  p95 ${milliseconds(summary.latency.p95)}`],
    ["cost", `$${summary.cost.toFixed(4)}`],
  ];
  if (summary.fallbacks > 0)
    figures.push(["quoted instead", `${summary.fallbacks} answers: the model failed`]);
  if (comparison) {
    const { fixed, regressed, pValue } = comparison;
    figures.push([
      "compared",
      `${fixed} better, ${regressed} worse of ${comparison.cases}  (p ${pValue.toFixed(3)})`,
    ]);
  }
  return [
    ...failed.map(
      ({ content, reason }) =>
        `  ✗ ${(reason ?? "").replaceAll("_", " ").padEnd(20)} ${oneLine(content.question)}`,
    ),
    "",
    ...figures.map(([name, value]) => `  ${name.padEnd(15)} ${value}`),
    "",
    ...(faults.length === 0 ? ["  Green."] : faults.map((fault) => `  ${fault}`)),
  ].join("\n");
}

/** As JUnit writes test reports: a test case for each case. */
export function junit({ run, results }: Report): string {
  const failed = results.filter(({ passed }) => passed === false).length;
  const seconds = results.reduce((sum, { latencyMs }) => sum + (latencyMs ?? 0), 0) / 1000;
  const cases = results.map(({ content, reason, answer, passed, latencyMs }) => {
    const head = `    <testcase classname="evaluations" name="${xml(oneLine(content.question, 200))}" time="${((latencyMs ?? 0) / 1000).toFixed(3)}"`;
    if (passed !== false) return `${head}/>`;
    return `${head}>\n      <failure type="${reason ?? "failed"}" message="${xml((reason ?? "failed").replaceAll("_", " "))}">${xml(answer?.text ?? "")}</failure>\n    </testcase>`;
  });
  const counts = `tests="${results.length}" failures="${failed}" time="${seconds.toFixed(3)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite name="${xml(run.name ?? run.id)}" ${counts}>`,
    ...cases,
    "  </testsuite>",
    "</testsuites>",
    "",
  ].join("\n");
}

const percent = (value: number) => `${Math.round(value * 1000) / 10} %`;
const share = (value: number | null) => (value === null ? "–" : percent(value));
const figure = (value: number | null) => (value === null ? "–" : value.toFixed(3));
const milliseconds = (value: number | null) => (value === null ? "–" : `${Math.round(value)} ms`);

function oneLine(text: string, length = 70): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length <= length ? line : `${line.slice(0, length - 1).toWellFormed()}…`;
}

/** XML 1.0 has no place for most control characters, not even escaped. */
function xml(text: string): string {
  return (
    text
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML forbids
      .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "")
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
  );
}
