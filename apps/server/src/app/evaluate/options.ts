import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { type DraftInput, draftSchema } from "../../modules/evaluations/index.ts";

export const usage = `Asks a bot all of its evaluation cases and reports what came of it.

  npm run evaluate -- --bot <id or public id> [options]

  --url <address>          the running server (PARLANCE_URL; http://localhost:3000)
  --key <prl_…>            an API key with the permission "evaluate" (PARLANCE_API_KEY)
  --data-dir <folder>      without a server: opens this data directory itself. Stop the server first.
  --prompt-file <file>     try this text in place of the active prompt
  --prompt-id <id>         try a saved prompt; with --prompt-version <n> one version of it
  --provider <name>        try another connection, or "builtin"; with --model <name> another of its models
  --top-k <n>              try another number of passages
  --name <name>            how the run is called in the console
  --against <run id>       compare with an earlier run; "previous" takes the last whole one
  --min-pass-rate <0-1>    fail below it (1)
  --max-regressions <n>    fail above it (0); needs --against
  --json <file>            write everything as JSON
  --junit <file>           write a test report that CI systems read

Exit code: 0 when the run is green, 1 when it is not, 2 when it could not be run.`;

export interface Options {
  bot: string;
  source: { kind: "server"; url: string; key: string } | { kind: "data"; directory: string };
  draft: DraftInput;
  name: string | undefined;
  against: string | null;
  minPassRate: number;
  maxRegressions: number;
  json: string | null;
  junit: string | null;
}

/** What was asked for wrongly, in words for the terminal. */
export class UsageError extends Error {}

/** Reads the command line. Throws UsageError for what makes no sense. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): Options {
  const { values } = parse(args);
  if (!values.bot) throw new UsageError("Say with --bot which bot to ask.");
  const promptFile = values["prompt-file"];
  const draft = draftSchema.safeParse({
    prompt: promptFile === undefined ? undefined : textOf(promptFile),
    promptId: values["prompt-id"],
    promptVersion: numberOf(values, "prompt-version"),
    modelProvider: values.provider,
    model: values.model,
    topK: numberOf(values, "top-k"),
  });
  if (!draft.success)
    throw new UsageError(
      draft.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("\n"),
    );
  const minPassRate = numberOf(values, "min-pass-rate") ?? 1;
  if (minPassRate < 0 || minPassRate > 1) throw new UsageError("--min-pass-rate is a share from 0 to 1.");
  const directory = values["data-dir"];
  const key = values.key ?? env.PARLANCE_API_KEY ?? "";
  if (directory === undefined && key === "") {
    throw new UsageError('Give an API key with the permission "evaluate" by --key, or a --data-dir.');
  }
  return {
    bot: values.bot,
    source:
      directory === undefined
        ? {
            kind: "server",
            url: (values.url ?? env.PARLANCE_URL ?? "http://localhost:3000").replace(/\/+$/, ""),
            key,
          }
        : { kind: "data", directory },
    draft: draft.data,
    name: values.name,
    against: values.against ?? null,
    minPassRate,
    maxRegressions: numberOf(values, "max-regressions") ?? 0,
    json: values.json ?? null,
    junit: values.junit ?? null,
  };
}

const text = { type: "string" } as const;
const known = {
  bot: text,
  url: text,
  key: text,
  "data-dir": text,
  "prompt-file": text,
  "prompt-id": text,
  "prompt-version": text,
  provider: text,
  model: text,
  "top-k": text,
  name: text,
  against: text,
  "min-pass-rate": text,
  "max-regressions": text,
  json: text,
  junit: text,
} as const;

function parse(args: string[]) {
  try {
    return parseArgs({ args: bound(args), options: known, strict: true, allowPositionals: false });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** A bot's public id may begin with a dash: such a value is bound to its option, which is how Node knows that it is one. */
function bound(args: readonly string[]): string[] {
  const whole: string[] = [];
  for (const arg of args) {
    const option = whole.at(-1) ?? "";
    const isOption = option.startsWith("--") && Object.hasOwn(known, option.slice(2));
    if (isOption && /^-[^-]/.test(arg)) whole[whole.length - 1] = `${option}=${arg}`;
    else whole.push(arg);
  }
  return whole;
}

function numberOf(values: Partial<Record<string, string>>, name: string): number | undefined {
  const value = values[name];
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() === "" || Number.isNaN(number))
    throw new UsageError(`--${name} is a number, not "${value}".`);
  return number;
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    throw new UsageError(`The file ${file} cannot be read.`);
  }
}
