import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

/*
 * The arrows between the parts, and the canary that the tool which checks them still sees anything: it
 * answers success as well when it finds no modules.
 */

const root = fileURLToPath(new URL("../..", import.meta.url));
const tool = join(root, "node_modules/dependency-cruiser/bin/dependency-cruiser.mjs");

const reportSchema = z.object({
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), to: z.string(), rule: z.object({ name: z.string() }) })),
    totalCruised: z.number(),
    totalDependenciesCruised: z.number(),
  }),
});

function cruise(directory: string) {
  const config = join(directory, ".dependency-cruiser.mjs");
  const sources = ["server", "web", "widget"].map((app) => `apps/${app}/src`);
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [tool, ...sources, "--config", config, "--output-type", "json"],
    { cwd: directory, encoding: "utf8", maxBuffer: 1e9 },
  );
  if (!stdout) throw new Error(stderr);
  return reportSchema.parse(JSON.parse(stdout)).summary;
}

test("no part reaches where it may not", { timeout: 60_000 }, () => {
  const summary = cruise(root);
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
  expect(summary.totalCruised).toBeGreaterThan(200);
  expect(summary.totalDependenciesCruised).toBeGreaterThan(500);
});

const src = "apps/server/src";

/** Files of a small tree that keeps every arrow; the planted ones import from it. */
const tree: Record<string, string> = {
  [`${src}/app/build-app.ts`]: "export const app = 1;",
  [`${src}/platform/db/index.ts`]: "export const db = 1;",
  [`${src}/ports/index.ts`]: "export type Ctx = { n: number };",
  [`${src}/faces/kit.ts`]: "export const kit = 1;",
  [`${src}/connectors/one/index.ts`]: "export const one = 1;",
  [`${src}/connectors/two/index.ts`]: "export const two = 2;",
  [`${src}/modules/bots/index.ts`]: "export const bots = 1;",
  [`${src}/modules/bots/bots.tables.ts`]: 'import { sql } from "drizzle-orm";\nexport const table = sql;',
  [`${src}/modules/bots/bots.events.ts`]: "export const changed = 1;",
  [`${src}/modules/bots/bots.service.ts`]: "export const inner = 1;",
  [`${src}/modules/chat/allowed.ts`]: [
    'import { bots } from "../bots/index.ts";',
    'import { table } from "../bots/bots.tables.ts";',
    'import { changed } from "../bots/bots.events.ts";',
    'import { kit } from "../../faces/kit.ts";',
    'import { db } from "../../platform/db/index.ts";',
    "export const all = [bots, table, changed, kit, db];",
  ].join("\n"),
  "apps/web/src/allowed.ts": `import type { Ctx } from "../../server/src/ports/index.ts";\nexport const ctx: Ctx = { n: 1 };`,
};

/** Each breaks one arrow: the file, and what it imports. */
const planted: { rule: string; from: string; imports: string; more?: Record<string, string> }[] = [
  { rule: "platform-knows-nothing-above", from: `${src}/platform/planted.ts`, imports: "../ports/index.ts" },
  {
    rule: "platform-knows-nothing-above",
    from: `${src}/platform/db/planted.ts`,
    imports: "../../modules/bots/index.ts",
  },
  { rule: "ports-know-platform-only", from: `${src}/ports/planted.ts`, imports: "../modules/bots/index.ts" },
  {
    rule: "connectors-know-ports-and-platform",
    from: `${src}/connectors/one/planted.ts`,
    imports: "../two/index.ts",
  },
  {
    rule: "connectors-know-ports-and-platform",
    from: `${src}/connectors/one/up.ts`,
    imports: "../../modules/bots/index.ts",
  },
  {
    rule: "modules-know-ports-platform-and-face-kits",
    from: `${src}/modules/chat/planted.ts`,
    imports: "../../app/build-app.ts",
  },
  {
    rule: "modules-know-ports-platform-and-face-kits",
    from: `${src}/modules/chat/out.ts`,
    imports: "../../connectors/one/index.ts",
  },
  {
    rule: "modules-use-each-others-doors",
    from: `${src}/modules/chat/inner.ts`,
    imports: "../bots/bots.service.ts",
  },
  { rule: "faces-hold-no-domain", from: `${src}/faces/planted.ts`, imports: "../modules/bots/index.ts" },
  { rule: "faces-hold-no-sql", from: `${src}/faces/sql.ts`, imports: "drizzle-orm" },
  { rule: "faces-hold-no-sql", from: `${src}/modules/chat/chat.trpc.ts`, imports: "drizzle-orm" },
  { rule: "faces-hold-no-sql", from: `${src}/modules/bots/bots.rest-api.ts`, imports: "./bots.tables.ts" },
  {
    rule: "browser-takes-types-only",
    from: "apps/web/src/planted.ts",
    imports: "../../server/src/ports/index.ts",
  },
  {
    rule: "browser-takes-types-only",
    from: "apps/widget/src/planted.ts",
    imports: "../../server/src/platform/db/index.ts",
  },
  {
    rule: "no-cycles",
    from: `${src}/modules/chat/there.ts`,
    imports: "./back.ts",
    more: { [`${src}/modules/chat/back.ts`]: 'import "./there.ts";\nexport const back = 1;' },
  },
];

let directory: string;
let found: ReturnType<typeof cruise>["violations"];

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "parlance-arrows-"));
  cpSync(join(root, ".dependency-cruiser.mjs"), join(directory, ".dependency-cruiser.mjs"));
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
  const files = { ...tree };
  for (const { from, imports, more } of planted) {
    files[from] = `import * as planted from "${imports}";\nexport default planted;`;
    Object.assign(files, more);
  }
  files["apps/widget/src/index.ts"] = "export {};";
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  found = cruise(directory).violations;
}, 60_000);
afterAll(() => rmSync(directory, { recursive: true, force: true }));

test.each(planted)("planted: $from imports $imports", ({ rule, from, more }) => {
  const guilty = [from, ...Object.keys(more ?? {})];
  const rules = found.filter((violation) => guilty.includes(violation.from)).map((each) => each.rule.name);
  expect(rules).toContain(rule);
});

test("what is allowed is not reported", () => {
  const guilty = new Set(planted.flatMap(({ from, more }) => [from, ...Object.keys(more ?? {})]));
  expect(found.filter(({ from }) => !guilty.has(from))).toEqual([]);
});
