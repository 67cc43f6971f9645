import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const modules = join(root, "apps/server/src/modules");
const text = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");

/** The names in backquotes of one cell. */
const names = (cell: string | undefined) =>
  [...(cell ?? "").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");

const section = text.slice(text.indexOf("## Modules"), text.indexOf("## Where to look"));
const rows = section
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => {
    const [, module, tables, verbs] = line.split("|");
    const isFaceOnly = (verbs ?? "").includes("routes only");
    return { module: names(module)[0] ?? "", tables: names(tables), verbs: isFaceOnly ? [] : names(verbs) };
  });

test("the table of modules has every folder, and no other", () => {
  expect(rows.map((row) => row.module)).toEqual(readdirSync(modules).sort());
});

describe.each(rows)("$module", ({ module, tables, verbs }) => {
  const folder = join(modules, module);

  test("owns the tables that the map says", () => {
    const files = readdirSync(folder, { encoding: "utf8", recursive: true }).filter((file) =>
      file.endsWith(".tables.ts"),
    );
    const defined = files.flatMap((file) =>
      [...readFileSync(join(folder, file), "utf8").matchAll(/pgTable\(\s*"(\w+)"/g)].map((match) => match[1]),
    );
    expect(defined.sort()).toEqual([...tables].sort());
  });

  test("has the verbs at its door that the map says", () => {
    const door = verbs.length > 0 ? readFileSync(join(folder, "index.ts"), "utf8") : "";
    expect(verbs.filter((verb) => !new RegExp(`\\b${verb}\\b`).test(door))).toEqual([]);
  });
});

test("every file that the map names is there", () => {
  const server = join(root, "apps/server/src");
  const all = new Set(
    readdirSync(server, { recursive: true, encoding: "utf8" }).map((file) => file.replaceAll("\\", "/")),
  );
  const named = [...text.matchAll(/`([\w./-]+\.ts)`/g)].map((match) => match[1] ?? "");
  const isThere = (file: string) => [...all].some((known) => known === file || known.endsWith(`/${file}`));
  const isElsewhere = (file: string) => /^(?:apps|bench|tests)\//.test(file) && existsSync(join(root, file));
  expect(named.filter((file) => !isElsewhere(file) && !isThere(file))).toEqual([]);
});
