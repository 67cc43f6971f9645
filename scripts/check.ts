import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { build } from "./build.ts";
import { findChromium } from "./chromium.ts";
import { describeFailures, type Report, readPlaywright, readVitest, type Tally } from "./reports.ts";
import { root, run } from "./shell.ts";

interface Outcome extends Partial<Report> {
  ok: boolean;
  /** Why a step did not run. */
  skipped?: string;
}

const reports = join(root, "test-results");
const apps = ["server", "web", "widget"];

/** The named steps, in the order in which they run. */
const steps: Record<string, () => Promise<Outcome>> = {
  async types() {
    for (const app of apps) if ((await run("npx", ["tsc", "-p", `apps/${app}`])) !== 0) return { ok: false };
    return { ok: true };
  },
  async lint() {
    return { ok: (await run("npx", ["biome", "check", "--error-on-warnings", "."])) === 0 };
  },
  async arrows() {
    const sources = apps.map((app) => `apps/${app}/src`);
    return { ok: (await run("npx", ["depcruise", ...sources, "--config", ".dependency-cruiser.mjs"])) === 0 };
  },
  unit: () => vitest("unit", ["unit"]),
  api: () => vitest("api", ["api"]),
  // all mutants take as long as all tests of the API: here a part of them, all by `npm run test:isolation`
  isolation: () => proveIsolation({ MUTANTS_ONE_IN: "8" }),
  async postgres() {
    const url = process.env.POSTGRES_TEST_URL;
    if (!url) return { ok: true, skipped: "POSTGRES_TEST_URL names no PostgreSQL 17 with pgvector" };
    const redis = process.env.REDIS_TEST_URL;
    const env = { TEST_DATABASE_URL: url, ...(redis ? { REDIS_URL: redis } : {}) };
    const outcome = await vitest("postgres", ["unit", "api"], { env });
    // the matrix says nothing else there; the pool does
    const pool = await vitest("postgres-pool", ["isolation"], { env, files: ["row-security"] });
    return together(outcome, pool);
  },
  /** Fifty crashes in all: a start takes longer on the embedded database, so most are on PostgreSQL where there is one. */
  async chaos() {
    const url = process.env.POSTGRES_TEST_URL;
    // side by side, because each waits a good while for work of the dead to be given to others
    const [embedded, server] = await Promise.all([
      vitest("chaos", ["chaos"], { env: { CHAOS_KILLS: url ? "10" : "50" } }),
      url && vitest("chaos-postgres", ["chaos"], { env: { CHAOS_KILLS: "40", TEST_DATABASE_URL: url } }),
    ]);
    console.log(`\n${figures("chaos")}`);
    if (!server) return embedded;
    return together(embedded, server);
  },
  async e2e() {
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
  for (const [name, step] of Object.entries(steps)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`\n── ${name}`);
    const start = performance.now();
    const before = processorTime();
    const outcome = await step();
    const after = processorTime();
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const busy = (100 * (after.busy - before.busy)) / Math.max(1, after.all - before.all);
    ok &&= outcome.ok;
    const { tally } = outcome;
    if (outcome.failures?.length) failures.push(describeFailures(name, outcome.failures));
    for (const key of ["passed", "failed", "skipped"] as const) total[key] += tally?.[key] ?? 0;
    if (!outcome.ok && !tally?.failed) total.failed++; // a step that fails without a failing test is one
    if (outcome.skipped) total.skipped++;
    const counts = tally ? `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped` : "";
    const word = outcome.skipped ? `skipped: ${outcome.skipped}` : outcome.ok ? "ok" : "FAILED";
    lines.push(
      `${name.padEnd(10)} ${word.padEnd(8)} ${seconds.padStart(6)} s  ${busy.toFixed(0).padStart(3)} % busy  ${counts}`,
    );
  }
  if (failures.length > 0) console.log(`\n${failures.join("\n\n")}`);
  console.log(`\n${lines.join("\n")}\n`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return ok ? 0 : 1;
}

/** Every step, whether or not an earlier one failed. */
export const test = check;

/** The proof of isolation, with its figures at the end. */
async function proveIsolation(env: Record<string, string>): Promise<Outcome> {
  rmSync(join(reports, "isolation"), { recursive: true, force: true });
  const outcome = await vitest("isolation", ["isolation", "mutants"], { env });
  console.log(`\nMutants that lived:\n${figures("isolation/survivors")}\n`);
  for (const name of ["row-security", "calls", "mutants"]) console.log(figures(`isolation/${name}`));
  return outcome;
}

/** What a proof wrote down of what it came to. */
function figures(name: string): string {
  const file = join(reports, `${name}.txt`);
  return existsSync(file) ? readFileSync(file, "utf8").trim() : `${name}: there is no figure`;
}

/** `npm run test:isolation`: the proof alone; its last two lines are its figures. */
export async function testIsolation(): Promise<number> {
  mkdirSync(reports, { recursive: true });
  return (await proveIsolation({})).ok ? 0 : 1;
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
