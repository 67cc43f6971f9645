import type { ChildProcess } from "node:child_process";
import { fork } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ChildAnswer } from "./protocol.ts";
import type { Extraction, ExtractionErrorCode, ExtractionInput } from "./types.ts";
import { ExtractionError } from "./types.ts";

/** Often enough to stop a process before it grows far past its limit, rarely enough to cost nothing. */
const MEMORY_CHECK_MS = 50;
const KEPT_ERROR_OUTPUT = 4000;

/** Refusals of a file that was read in good order; after any other failure the process is not trusted again. */
const ORDERLY: readonly ExtractionErrorCode[] = [
  "EMPTY_FILE",
  "UNSUPPORTED_TYPE",
  "TYPE_MISMATCH",
  "NO_TEXT_LAYER",
];

export interface ChildLimits {
  timeoutMs: number;
  maxMemoryMb: number;
}

/** One parser process and its watchdogs. After a failure it is dead and of no further use. */
export class ParserProcess {
  readonly #child: ChildProcess;
  readonly #limits: ChildLimits;
  #errorOutput = "";
  #alive = true;
  /** How many files it has been given. */
  files = 0;

  constructor(limits: ChildLimits) {
    this.#limits = limits;
    this.#child = fork(join(import.meta.dirname, "child.ts"), [], {
      execArgv: processArguments(limits.maxMemoryMb),
      env: {},
      serialization: "advanced",
      stdio: ["ignore", "ignore", "pipe", "ipc"],
    });
    this.#child.stderr?.on("data", (piece: Buffer) => {
      this.#errorOutput = (this.#errorOutput + piece.toString()).slice(-KEPT_ERROR_OUTPUT);
    });
    this.#child.on("error", () => this.kill());
    this.#child.on("exit", () => {
      this.#alive = false;
    });
    this.#rest();
  }

  get alive(): boolean {
    return this.#alive;
  }

  kill(): void {
    this.#alive = false;
    this.#child.kill("SIGKILL");
  }

  /**
   * Parses one file; only one at a time. A process in which a parser failed is killed: what a hostile file left
   * behind in it must not meet the next file.
   *
   * @throws {ExtractionError} what the parser says, or TIMEOUT, OUT_OF_MEMORY, CORRUPT (the process died)
   * @throws the signal's reason when it aborts
   */
  async extract(input: ExtractionInput, signal?: AbortSignal): Promise<Extraction> {
    this.files++;
    this.#hold();
    const stops: (() => void)[] = [];
    try {
      const answer = await new Promise<ChildAnswer>((resolve, reject) => {
        type Listener = (first: unknown, second: unknown) => void;
        const listen = (event: "message" | "close" | "error", listener: Listener) => {
          this.#child.on(event, listener);
          stops.push(() => this.#child.off(event, listener));
        };
        // The only sender is child.ts, which sends nothing else.
        listen("message", (message) => resolve(message as ChildAnswer));
        listen("close", (_code, signal) => reject(this.#deathReason(signal)));
        listen("error", () => reject(this.#deathReason()));

        const timer = setTimeout(() => reject(timeout(this.#limits.timeoutMs)), this.#limits.timeoutMs);
        stops.push(() => clearTimeout(timer));
        const memory = setInterval(async () => {
          const megabytes = await residentMegabytes(this.#child.pid);
          if (megabytes > this.#limits.maxMemoryMb) reject(outOfMemory(this.#limits.maxMemoryMb));
        }, MEMORY_CHECK_MS);
        stops.push(() => clearInterval(memory));
        const abort = () => reject(signal?.reason);
        signal?.addEventListener("abort", abort);
        stops.push(() => signal?.removeEventListener("abort", abort));

        const { bytes, fileName, mediaType } = input;
        this.#child.send({ bytes, fileName, mediaType }, (error) => {
          if (error) reject(this.#deathReason());
        });
      });
      if (!answer.ok) throw new ExtractionError(answer.code, answer.message);
      this.#rest();
      return answer.extraction;
    } catch (error) {
      if (error instanceof ExtractionError && ORDERLY.includes(error.code)) this.#rest();
      else this.kill();
      throw error;
    } finally {
      for (const stop of stops) stop();
    }
  }

  /** A waiting child must not keep the server from ending; a working one must. */
  #rest(): void {
    this.#child.unref();
    this.#child.channel?.unref();
    unrefStream(this.#child.stderr);
  }

  #hold(): void {
    this.#child.ref();
    this.#child.channel?.ref();
  }

  #deathReason(signal?: unknown): ExtractionError {
    // A kill that is not ours comes from the system, when memory runs out.
    const killedBySystem = signal === "SIGKILL";
    if (killedBySystem || /heap out of memory|Allocation failed|OOM/i.test(this.#errorOutput)) {
      return outOfMemory(this.#limits.maxMemoryMb);
    }
    return new ExtractionError(
      "CORRUPT",
      "This file could not be read: the program that reads it broke down. Create the file again and upload the new one.",
      { cause: this.#errorOutput.trim() || undefined },
    );
  }
}

/** Node's arguments for a parser: no files but code, no processes, no workers, no native add-ons, a bounded heap. */
export function processArguments(maxMemoryMb: number): string[] {
  const readable = readableFolders().map((folder) => `--allow-fs-read=${folder}`);
  return ["--permission", ...readable, `--max-old-space-size=${maxMemoryMb}`, "--no-warnings"];
}

/** The code that a parser needs: this folder and the packages; everything else on disk is closed to it. */
function readableFolders(): string[] {
  const folders = [import.meta.dirname];
  for (let folder = import.meta.dirname; folder !== dirname(folder); folder = dirname(folder)) {
    const packages = join(folder, "node_modules");
    if (existsSync(packages)) folders.push(packages);
  }
  return folders.map((folder) => join(folder, "/"));
}

/** Physical memory of a process; 0 where the system has no /proc (the heap limit still holds there). */
async function residentMegabytes(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024;
}

function unrefStream(stream: unknown): void {
  // The pipe is a socket, but its declared type is a plain readable stream.
  if (typeof stream === "object" && stream && "unref" in stream && typeof stream.unref === "function")
    stream.unref();
}

function timeout(milliseconds: number): ExtractionError {
  return new ExtractionError(
    "TIMEOUT",
    `Reading this file took longer than ${Math.ceil(milliseconds / 1000)} seconds and was stopped. Split or simplify it.`,
  );
}

function outOfMemory(megabytes: number): ExtractionError {
  return new ExtractionError(
    "OUT_OF_MEMORY",
    `Reading this file needs more than ${megabytes} MB of memory and was stopped. Split it into smaller files.`,
  );
}
