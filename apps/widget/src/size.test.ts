import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";
import { expect, test, vi } from "vitest";

const BUDGET_BYTES = 15_000;

test("the whole widget is one ASCII file below its budget", { timeout: 60_000 }, async () => {
  const outDir = await mkdtemp(join(tmpdir(), "parlance-widget-"));
  // Under test the build would be a development one.
  vi.stubEnv("NODE_ENV", "production");
  try {
    await build({
      configFile: fileURLToPath(new URL("../vite.config.ts", import.meta.url)),
      mode: "production",
      logLevel: "error",
      build: { outDir, emptyOutDir: true },
    });
    expect(await readdir(outDir)).toEqual(["widget.js"]);
    const script = await readFile(join(outDir, "widget.js"));
    expect(script.every((byte) => byte < 128)).toBe(true);
    expect(gzipSync(script).length).toBeLessThan(BUDGET_BYTES);
  } finally {
    vi.unstubAllEnvs();
    await rm(outDir, { recursive: true });
  }
});
