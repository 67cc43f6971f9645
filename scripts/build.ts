import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { root, run } from "./shell.ts";

const marker = join(root, "node_modules", ".parlance-build");

/** Builds the console and the widget, unless their sources are those of the last build. */
export async function build(options: { force: boolean }): Promise<void> {
  const digest = sourceDigest();
  const isBuilt = ["web", "widget"].every((app) => existsSync(join(root, "apps", app, "dist")));
  if (!options.force && isBuilt && existsSync(marker) && readFileSync(marker, "utf8") === digest) return;
  // the public page and what is loaded later come beside the widget's script, which is built first and clears the folder
  for (const build of [
    ["apps/widget"],
    ["apps/widget", "--mode", "page"],
    ["apps/widget", "--mode", "survey"],
    ["apps/widget", "--mode", "files"],
    ["apps/widget", "--mode", "passage"],
    ["apps/web"],
  ]) {
    const code = await run("npx", ["vite", "build", ...build, "--logLevel", "warn"]);
    if (code !== 0) throw new Error(`${build[0]} could not be built.`);
  }
  compress();
  mkdirSync(join(root, "node_modules"), { recursive: true });
  writeFileSync(marker, digest);
}

/** Less than a packet or so gains nothing by compression. Bytes. */
const worthCompressing = 1_024;

/** Puts `.br` and `.gz` beside each built text, for the server to send as they are. */
function compress(): void {
  for (const file of globSync("apps/{web,widget}/dist/**/*.{js,css,html,svg}", { cwd: root })) {
    const path = join(root, file);
    const bytes = readFileSync(path);
    if (bytes.length < worthCompressing) continue;
    writeFileSync(`${path}.br`, brotliCompressSync(bytes));
    writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  }
}

/** Changes when a source file of the browser's side does: names, sizes and times, read in milliseconds. */
function sourceDigest(): string {
  const hash = createHash("sha256");
  const files = globSync(
    ["apps/{web,widget}/{src,public}/**/*", "apps/{web,widget}/*.{ts,html,json}", "package-lock.json"],
    {
      cwd: root,
    },
  );
  for (const file of files.sort()) {
    const { size, mtimeMs } = statSync(join(root, file));
    hash.update(`${file} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
}
