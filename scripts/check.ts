import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { build } from "./build.ts";
import { findChromium } from "./chromium.ts";
import { describeFailures, type Report, readPlaywright, readVitest, type Tally } from "./reports.ts";
import { root, run as runCommand } from "./shell.ts";

interface Outcome extends Partial<Report> {
  ok: boolean;
  /** Why a step did not run. */
  skipped?: string;
  /** What it measured: printed after all that it said. */
  figures?: string[];
}

/** Runs a command of a step; its output goes where the step's does. */
type Run = (command: string, args: string[], env?: Record<string, string>) => Promise<number>;
type Step = (run: Run) => Promise<Outcome>;

const reports = join(root, "test-results");
const apps = ["server", "web", "widget"];

const steps: Record<string, Step> = {
  async types(run) {
    for (const app of apps) if ((await run("npx", ["tsc", "-p", `apps/${app}`])) !== 0) return { ok: false };
    return { ok: true };
  },
  async lint(run) {
    return { ok: (await run("npx", ["biome", "check", "--error-on-warnings", "."])) === 0 };
  },
  async arrows(run) {
    const sources = apps.map((app) => `apps/${app}/src`);
    return { ok: (await run("npx", ["depcruise", ...sources, "--config", ".dependency-cruiser.mjs"])) === 0 };
  },
  unit: (run) => vitest(run, "unit", ["unit"]),
  api: (run) => vitest(run, "api", ["api"]),
  // all mutants take as long as all tests of the API: here a part of them, all by `npm run test:isolation`
  isolation: (run) => proveIsolation(run, { MUTANTS_ONE_IN: "8" }),
  async postgres(run) {
    const url = process.env.POSTGRES_TEST_URL;
    if (!url) return { ok: true, skipped: "POSTGRES_TEST_URL names no PostgreSQL 17 with pgvector" };
    const redis = process.env.REDIS_TEST_URL;
    const env = { TEST_DATABASE_URL: url, ...(redis ? { REDIS_URL: redis } : {}) };
    const outcome = await vitest(run, "postgres", ["unit", "api"], { env });
    // the matrix says nothing else there; the pool does
    const pool = await vitest(run, "postgres-pool", ["isolation"], { env, files: ["row-security"] });
    return together(outcome, pool);
  },
  /** Fifty crashes in all: a start takes longer on the embedded database, so most are on PostgreSQL where there is one. */
  async chaos(run) {
    const url = process.env.POSTGRES_TEST_URL;
    // side by side, because each waits a good while for servers to start and for work of the dead to be given to others
    const worlds = url
      ? [
          { CHAOS_KILLS: "10" },
          ...["20", "20"].map((kills) => ({ CHAOS_KILLS: kills, TEST_DATABASE_URL: url })),
        ]
      : [{ CHAOS_KILLS: "50" }];
    const outcomes = await Promise.all(
      worlds.map((env, number) => vitest(run, `chaos-${number}`, ["chaos"], { env })),
    );
    return { ...outcomes.reduce(together), figures: [figures("chaos")] };
  },
  async e2e(run) {
    const chromium = await findChromium();
    if (!chromium) return { ok: true, skipped: "no Chromium was found, and none could be installed" };
    await build({ force: false });
    const report = join(reports, "e2e.json");
    const code = await run("npx", ["playwright", "test", "--config", "tests/e2e/playwright.config.ts"], {
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_NAME: report,
    });
    return { ok: code === 0, ...readPlaywright(report) };
  },
};

/**
 * The steps in the order in which they run. Lanes run side by side: crashes wait for much and do not mind a busy
 * machine, and nothing beside them waits or has a time by which it must end. Other tests have the machine to themselves.
 */
const schedule: string[][][] = [
  [["chaos"], ["types", "lint", "arrows"]],
  [["unit"]],
  [["api"]],
  [["isolation"]],
  [["postgres"]],
  [["e2e"]],
];

/** Runs the named steps, or all of them; prints what each came to and the sum of all tests. */
export async function check(names: string[]): Promise<number> {
  const unknown = names.filter((name) => !steps[name]);
  if (unknown.length > 0) {
    console.error(`There is no step ${unknown.join(", ")}. There are: ${Object.keys(steps).join(", ")}.`);
    return 2;
  }
  rmSync(reports, { recursive: true, force: true });
  mkdirSync(reports, { recursive: true });
  const total: Tally = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  const failures: string[] = [];
  let ok = true;
  const started = stopwatch();
  for (const stage of schedule) {
    const chosen = (name: string) => names.length === 0 || names.includes(name);
    const lanes = stage.map((lane) => lane.filter(chosen)).filter((lane) => lane.length > 0);
    await Promise.all(
      lanes.map(async (lane) => {
        for (const name of lane) {
          const time = stopwatch();
          const outcome = await runStep(name, { isAlone: lanes.length === 1 });
          ok &&= outcome.ok;
          const { tally } = outcome;
          if (outcome.failures?.length) failures.push(describeFailures(name, outcome.failures));
          for (const key of ["passed", "failed", "skipped"] as const) total[key] += tally?.[key] ?? 0;
          if (!outcome.ok && !tally?.failed) total.failed++; // a step that fails without a failing test is one
          if (outcome.skipped) total.skipped++;
          const counts = tally
            ? `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`
            : "";
          const word = outcome.skipped ? `skipped: ${outcome.skipped}` : outcome.ok ? "ok" : "FAILED";
          lines.push(`${name.padEnd(10)} ${word.padEnd(8)} ${time()}  ${counts}`);
        }
      }),
    );
  }
  if (failures.length > 0) console.log(`\n${failures.join("\n\n")}`);
  console.log(`\n${lines.join("\n")}\n${"in all".padEnd(19)} ${started()}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return ok ? 0 : 1;
}

/** Runs one step. Of one that has others beside it what it says is kept, and printed as a whole when it ends. */
async function runStep(name: string, { isAlone }: { isAlone: boolean }): Promise<Outcome> {
  const step = steps[name];
  if (!step) throw new Error(`There is no step ${name}.`);
  const title = `\n── ${name}`;
  if (isAlone) {
    console.log(title);
    const outcome = await step(runCommand);
    if (outcome.figures) console.log(said(outcome));
    return outcome;
  }
  const file = join(reports, `${name}.log`);
  const output = openSync(file, "a");
  const outcome = await step((command, args, env) => runCommand(command, args, env, output));
  closeSync(output);
  console.log(`${title}\n${readFileSync(file, "utf8")}${said(outcome)}`);
  return outcome;
}

/** Every step, whether or not an earlier one failed. */
export const test = check;

/** The proof of isolation, with its figures at the end. */
async function proveIsolation(run: Run, env: Record<string, string>): Promise<Outcome> {
  rmSync(join(reports, "isolation"), { recursive: true, force: true });
  const outcome = await vitest(run, "isolation", ["isolation", "mutants"], { env });
  const proven = ["row-security", "calls", "mutants"].map((name) => figures(`isolation/${name}`));
  return {
    ...outcome,
    figures: [`Mutants that lived:\n${figures("isolation/survivors")}\n`, ...proven],
  };
}

/** What a proof wrote down of what it came to. */
function figures(name: string): string {
  const file = join(reports, `${name}.txt`);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : `${name}: there is no figure`;
}

/** `npm run test:isolation`: the proof alone; its last two lines are its figures. */
export async function testIsolation(): Promise<number> {
  mkdirSync(reports, { recursive: true });
  const outcome = await proveIsolation(runCommand, {});
  console.log(said(outcome));
  return outcome.ok ? 0 : 1;
}

const said = ({ figures = [] }: Outcome) => ["", ...figures].join("\n");

/** Gives how long it is since then, and how busy the processors were meanwhile, with whatever ran. */
function stopwatch(): () => string {
  const start = performance.now();
  const before = processorTime();
  return () => {
    const after = processorTime();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const busy = (100 * (after.busy - before.busy)) / Math.max(1, after.all - before.all);
    return `${seconds.padStart(7)} s  ${busy.toFixed(0).padStart(3)} % busy`;
  };
}

/** Milliseconds of all processors since the machine started: a step that leaves them idle could share them with another. */
function processorTime(): { busy: number; all: number } {
  let idle = 0;
  let all = 0;
  for (const { times } of cpus()) {
    idle += times.idle;
    all += times.user + times.nice + times.sys + times.idle + times.irq;
  }
  return { busy: all - idle, all };
}

function together(a: Outcome, b: Outcome): Outcome {
  const sum = (key: keyof Tally) => (a.tally?.[key] ?? 0) + (b.tally?.[key] ?? 0);
  return {
    ok: a.ok && b.ok,
    tally: { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") },
    failures: [...(a.failures ?? []), ...(b.failures ?? [])],
  };
}

async function vitest(
  run: Run,
  name: string,
  projects: string[],
  { env = {}, files = [] }: { env?: Record<string, string>; files?: string[] } = {},
): Promise<Outcome> {
  const report = join(reports, `${name}.json`);
  const chosen = projects.map((project) => `--project=${project}`);
  const to = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await run("npx", ["vitest", "run", ...files, ...chosen, ...to], env);
  return { ok: code === 0, ...readVitest(report) };
}
