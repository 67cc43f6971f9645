import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

const BUDGET_BYTES = 150_000;

/** The screens that a person meets first, by the modules that their routes load. */
const screens = [
  { what: "bots", modules: ["app/shell.tsx", "features/bots/index.tsx"] },
  { what: "sign-in", modules: ["features/auth/sign-in-page.tsx"] },
];

type Output = Rolldown.OutputChunk | Rolldown.OutputAsset;

let output: Output[];

beforeAll(async () => {
  // Under test the build would be a development one.
  vi.stubEnv("NODE_ENV", "production");
  const built = await build({
    configFile: fileURLToPath(new URL("../vite.config.ts", import.meta.url)),
    mode: "production",
    logLevel: "error",
    build: { write: false },
  });
  output = [built].flat().flatMap((one) => ("output" in one ? one.output : []));
});
afterAll(() => vi.unstubAllEnvs());

test.each(screens)("the first load of $what is below its budget", ({ modules }) => {
  const chunks = output.filter((file) => file.type === "chunk");
  const roots = chunks.filter(
    ({ isEntry, moduleIds }) =>
      isEntry || modules.some((name) => moduleIds.some((id) => id.endsWith(`/src/${name}`))),
  );
  expect(roots, "the entry and each module in a chunk of its own").toHaveLength(modules.length + 1);

  const needed = new Set<string>();
  const need = (fileName: string) => {
    if (needed.has(fileName)) return;
    needed.add(fileName);
    for (const next of chunks.find((chunk) => chunk.fileName === fileName)?.imports ?? []) need(next);
  };
  for (const { fileName } of roots) need(fileName);

  const files = output.filter(({ fileName }) => needed.has(fileName) || fileName.endsWith(".css"));
  const bytes = files.reduce((sum, file) => sum + gzipSync(contentOf(file)).length, 0);
  expect(bytes).toBeLessThan(BUDGET_BYTES);
});

function contentOf(file: Output): string | Uint8Array {
  return file.type === "chunk" ? file.code : file.source;
}
