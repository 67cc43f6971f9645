#!/usr/bin/env node
// Runs on any Node from 20 on: installs what is missing, then goes on under the pinned Node 24.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const pinned = join(root, "node_modules", "node", "bin", process.platform === "win32" ? "node.exe" : "node");
const marker = join(root, "node_modules", ".parlance-install");

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: root, stdio: "inherit", ...options });
  if (result.error) throw result.error;
  if (result.status !== 0) process.exit(result.status ?? 1);
}

/** Installs when the lockfile is another than the one last installed. */
function install() {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const isCurrent = existsSync(marker) && readFileSync(marker, "utf8") === lock && existsSync(pinned);
  if (isCurrent) return;
  process.stderr.write("Installing what is missing …\n");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  run(npm, ["ci", "--no-audit", "--no-fund", "--loglevel=error"], { shell: process.platform === "win32" });
  // where install scripts are switched off, the pinned Node is fetched by its own script here
  if (!existsSync(pinned))
    run(process.execPath, [join(root, "node_modules/node/installArchSpecificPackage.js")], {
      cwd: join(root, "node_modules/node"),
    });
  writeFileSync(marker, lock);
}

install();
const path = `${dirname(pinned)}${process.platform === "win32" ? ";" : ":"}${process.env.PATH ?? ""}`;
const [task = "start", ...args] = process.argv.slice(2);
const child = spawnSync(pinned, [join(root, "scripts", "tasks.ts"), task, ...args], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, PATH: path },
});
process.exit(child.status ?? 1);
