import { readFileSync } from "node:fs";
import { relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { z } from "zod";
import { root } from "./shell.ts";

export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** A test that failed, or that passed only when it was tried again. */
export interface Failure {
  /** The file and the test's whole name. */
  test: string;
  message: string;
  flaky: boolean;
}

export interface Report {
  tally: Tally;
  failures: Failure[];
}

const vitestReport = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});

/** What Vitest's JSON says; undefined when it died before writing one. */
export function readVitest(file: string): Report | undefined {
  const report = vitestReport.safeParse(readJson(file)).data;
  if (!report) return undefined;
  const failures = report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === "failed");
    const path = relative(root, name);
    // a file that could not be loaded, or whose hooks failed, has a message of its own
    if (status === "failed" && failed.length === 0) return [{ test: path, message, flaky: false }];
    return failed.map((test) => ({
      test: `${path} › ${test.fullName}`,
      message: (test.failureMessages ?? []).join("\n"),
      flaky: false,
    }));
  });
  return {
    tally: {
      passed: report.numPassedTests,
      failed: report.numFailedTests,
      skipped: report.numPendingTests + report.numTodoTests,
    },
    failures,
  };
}

const playwrightSuite = z.object({
  specs: z.array(
    z.object({
      title: z.string(),
      file: z.string(),
      tests: z.array(
        z.object({
          status: z.string(),
          results: z.array(z.object({ errors: z.array(z.object({ message: z.string().optional() })) })),
        }),
      ),
    }),
  ),
  get suites() {
    return z.array(playwrightSuite).optional();
  },
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  suites: z.array(playwrightSuite),
});

/** What Playwright's JSON says; undefined when it died before writing one. */
export function readPlaywright(file: string): Report | undefined {
  const report = playwrightReport.safeParse(readJson(file)).data;
  if (!report) return undefined;
  const specsOf = (suite: z.infer<typeof playwrightSuite>): typeof suite.specs => [
    ...suite.specs,
    ...(suite.suites ?? []).flatMap(specsOf),
  ];
  const failures = report.suites.flatMap(specsOf).flatMap(({ title, file, tests }) =>
    tests
      .filter(({ status }) => status === "unexpected" || status === "flaky")
      .map(({ status, results }) => ({
        test: `tests/e2e/${file} › ${title}`,
        message: results.flatMap(({ errors }) => errors.map(({ message = "" }) => message)).join("\n"),
        flaky: status === "flaky",
      })),
  );
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { tally: { passed: expected + flaky, failed: unexpected, skipped }, failures };
}

/** Lines of a message that are kept: enough to see what was expected and where. */
const messageLines = 24;

/**
 * What failed, as it is printed at the very end: a long log may be cut in the middle, and what failed must
 * be readable all the same.
 */
export function describeFailures(step: string, failures: Failure[]): string {
  return failures
    .map(({ test, message, flaky }) => {
      const lines = stripVTControlCharacters(message)
        .trim()
        .split("\n")
        .filter((line) => !/^\s+at .*node_modules/.test(line));
      const shown = lines.slice(0, messageLines).map((line) => `    ${line.slice(0, 400)}`);
      if (lines.length > messageLines) shown.push(`    … ${lines.length - messageLines} more lines above`);
      return [`${flaky ? "UNSTEADY" : "FAILED"} ${step}: ${test}`, ...shown].join("\n");
    })
    .join("\n\n");
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
