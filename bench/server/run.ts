import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { chunk, createExtractionPool } from "../../apps/server/src/modules/knowledge/extraction/index.ts";
import { root } from "../../scripts/shell.ts";
import { startProduct } from "./product.ts";

const documents = join(root, "..", "shared", "data", "docs", "kb");
const port = 3987;
const directory = mkdtempSync(join(tmpdir(), "parlance-bench-"));
const ms = (value: number) => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const percentile = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN;

/** Start-up: against the time that Node alone needs to start. */
const bare = percentile(
  Array.from({ length: 5 }, () => {
    const start = performance.now();
    spawnSync(process.execPath, ["-e", "0"]);
    return performance.now() - start;
  }),
  0.5,
);
let product = await startProduct(directory, port);
console.log(`first start (makes the database and the demo)  ${ms(product.startMs)}`);
await product.stop();
product = await startProduct(directory, port);
console.log(
  `second start                                   ${ms(product.startMs)}, ${(product.startMs / bare).toFixed(0)} times bare Node (${ms(bare)})`,
);
console.log(`memory after start                             ${(product.memory() / 1e6).toFixed(0)} MB`);

if (!existsSync(documents)) {
  console.log(`skipped ingest and questions: the folder of documents is absent (${documents})`);
} else {
  const files = globSync("**/*.{md,mdx}", { cwd: documents }).map((file) => ({
    name: file.replaceAll("/", " "),
    text: readFileSync(join(documents, file), "utf8"),
  }));
  const bytes = files.reduce((sum, file) => sum + file.text.length, 0);

  /** Ingest: against reading and cutting the same files, without keeping or indexing them. */
  const pool = createExtractionPool();
  let start = performance.now();
  for (const file of files) {
    const extraction = await pool.extract({
      bytes: new TextEncoder().encode(file.text),
      fileName: `${file.name}.md`,
    });
    chunk(extraction, { chunkSize: 1000, overlap: 100 });
  }
  const floor = performance.now() - start;
  await pool.close();

  const me = await product.signIn();
  const bot = z.object({ id: z.string() }).parse(await me.mutate("bot.create", { name: "Bench" }));
  start = performance.now();
  for (const file of files)
    await me.mutate("botDocument.addManualText", { botId: bot.id, name: file.name, content: file.text });
  const listed = z.array(z.object({ status: z.string(), chunkCount: z.number() }));
  let list = listed.parse(await me.query("botDocument.listByBotId", { botId: bot.id }));
  while (list.some((document) => document.status === "PENDING" || document.status === "PROCESSING")) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    list = listed.parse(await me.query("botDocument.listByBotId", { botId: bot.id }));
  }
  const ingest = performance.now() - start;
  const passages = list.reduce((sum, document) => sum + document.chunkCount, 0);
  console.log(
    `ingest of ${files.length} documents, ${(bytes / 1e6).toFixed(2)} MB, ${passages} passages   ${ms(ingest)}, ${(ingest / files.length).toFixed(0)} ms a document, ${(ingest / floor).toFixed(1)} times reading and cutting alone (${ms(floor)})`,
  );

  /** Questions: against a request that does nothing. */
  const idle: number[] = [];
  for (let i = 0; i < 50; i++) {
    const at = performance.now();
    await (await fetch(`${product.url}/health/live`)).text();
    idle.push(performance.now() - at);
  }
  const questions = files
    .flatMap((file) => /^#+ (.+)$/m.exec(file.text)?.[1] ?? [])
    .map((heading) => `How does ${heading} work?`);
  const whole: number[] = [];
  const first: number[] = [];
  for (const question of questions.slice(0, 55)) {
    const answer = await me.ask(bot.id, question);
    whole.push(answer.wholeMs);
    if (!Number.isNaN(answer.firstWordMs)) first.push(answer.firstWordMs);
  }
  console.log(
    `question, built-in answerer                    first word p50 ${ms(percentile(first, 0.5))}, whole p50 ${ms(percentile(whole, 0.5))}, p95 ${ms(percentile(whole, 0.95))}; an idle request takes ${ms(percentile(idle, 0.5))}`,
  );
  console.log(`memory after that                              ${(product.memory() / 1e6).toFixed(0)} MB`);
}
await product.stop();
rmSync(directory, { recursive: true, force: true });
