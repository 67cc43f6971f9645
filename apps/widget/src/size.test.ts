import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { expect, test, vi } from "vitest";

const BUDGET_BYTES = 15_000;

test.each([
  { what: "widget", mode: "production", script: "widget.js", files: ["widget.js"] },
  { what: "page", mode: "page", script: "chat.js", files: ["chat.css", "chat.js"] },
  { what: "survey", mode: "survey", script: "survey.js", files: ["survey.js"] },
  { what: "part for files", mode: "files", script: "files.js", files: ["files.js"] },
  { what: "passage", mode: "passage", script: "passage.js", files: ["passage.js"] },
])("the whole $what is one ASCII script below its budget", { timeout: 60_000 }, async (one) => {
  const outDir = await mkdtemp(join(tmpdir(), "parlance-widget-"));
  // Under test the build would be a development one.
  vi.stubEnv("NODE_ENV", "production");
  try {
    await build({
      configFile: fileURLToPath(new URL("../vite.config.ts", import.meta.url)),
      mode: one.mode,
      logLevel: "error",
      build: { outDir, emptyOutDir: true },
    });
    expect((await readdir(outDir)).sort()).toEqual(one.files);
    const script = await readFile(join(outDir, one.script));
    expect(script.every((byte) => byte < 128)).toBe(true);
    expect(gzipSync(script).length).toBeLessThan(BUDGET_BYTES);
  } finally {
    vi.unstubAllEnvs();
    await rm(outDir, { recursive: true });
  }
});
