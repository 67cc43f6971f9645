import { writeFileSync } from "node:fs";
import { type Evaluator, EvaluatorFailure } from "./evaluator.ts";
import { localEvaluator } from "./local.ts";
import { type Options, readOptions, UsageError, usage } from "./options.ts";
import { remoteEvaluator } from "./remote.ts";
import { faultsOf, junit, type Report, table } from "./report.ts";

Object.assign(globalThis, { AI_SDK_LOG_WARNINGS: false });

/** `npm run evaluate`: one run, from start to report. Gives the exit code. */
export async function evaluate(args: string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  if (args.includes("--help") || args.includes("-h")) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  let evaluator: Evaluator | null = null;
  try {
    const options = readOptions(args, env);
    const { source } = options;
    evaluator =
      source.kind === "server"
        ? remoteEvaluator(source)
        : await localEvaluator(source.directory, options.bot);
    const report = await runOnce(evaluator, options);
    process.stdout.write(`${table(report)}\n`);
    if (options.json) writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
    if (options.junit) writeFileSync(options.junit, junit(report));
    return report.faults.length === 0 ? 0 : 1;
  } catch (error) {
    const isKnown = error instanceof UsageError || error instanceof EvaluatorFailure;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof UsageError) process.stderr.write(`\n${usage}\n`);
    if (!isKnown && error instanceof Error && env.LOG_LEVEL === "debug")
      process.stderr.write(`${error.stack}\n`);
    return 2;
  } finally {
    await evaluator?.close();
  }
}

async function runOnce(evaluator: Evaluator, options: Options): Promise<Report> {
  const { bot, draft, name, against } = options;
  const started = await evaluator.start({ ...draft, bot, name });
  const run = await evaluator.wait(started.id, ({ done, total }) => {
    if (process.stderr.isTTY) process.stderr.write(`\r  ${done} of ${total} …`);
  });
  if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
  const baseRunId = against === "previous" ? await evaluator.previous(run) : against;
  const comparison = baseRunId ? await evaluator.compare(run.id, baseRunId) : null;
  const results = await evaluator.results(run.id);
  return { run, results, comparison, faults: faultsOf(run, comparison, options) };
}

if (import.meta.main) process.exit(await evaluate(process.argv.slice(2)));
