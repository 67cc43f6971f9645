import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { processArguments } from "./child-process.ts";

/** What a script that runs as a parser does prints, or the code of its error. */
function runAsParser(script: string): string {
  const program = `try { ${script}; console.log("allowed"); } catch (error) { console.log(error.code); }`;
  const args = [...processArguments(100), "--input-type=commonjs", "--eval", program];
  return spawnSync(process.execPath, args, { env: {}, encoding: "utf8" }).stdout.trim();
}

test.each([
  [
    "reading its own code",
    `require("node:fs").readFileSync(${JSON.stringify(import.meta.filename)})`,
    "allowed",
  ],
  ["reading the system's files", 'require("node:fs").readFileSync("/etc/hosts")', "ERR_ACCESS_DENIED"],
  [
    "reading the modules around it",
    `require("node:fs").readdirSync(${JSON.stringify(`${import.meta.dirname}/../..`)})`,
    "ERR_ACCESS_DENIED",
  ],
  [
    "writing into its own folder",
    `require("node:fs").writeFileSync(${JSON.stringify(`${import.meta.dirname}/x`)}, "")`,
    "ERR_ACCESS_DENIED",
  ],
  ["starting a program", 'require("node:child_process").execFileSync("true")', "ERR_ACCESS_DENIED"],
  [
    "starting a worker",
    'new (require("node:worker_threads").Worker)("1", { eval: true })',
    "ERR_ACCESS_DENIED",
  ],
])("%s in a parser process", (_name, script, outcome) => {
  expect(runAsParser(script)).toBe(outcome);
});
