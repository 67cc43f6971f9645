import type { ChildLimits } from "./child-process.ts";
import { ParserProcess } from "./child-process.ts";
import type { Extraction, ExtractionInput } from "./types.ts";
import { ExtractionError } from "./types.ts";

export interface ExtractionPoolOptions {
  /** Per file, from the moment a process takes it. Default 60,000. */
  timeoutMs?: number;
  /** Per process, physical memory and JavaScript heap alike. Default 512. */
  maxMemoryMb?: number;
  /** Per file. Default 50 MB. */
  maxBytes?: number;
  /** Files parsed at the same time. Default 1. */
  processes?: number;
  /** A process is replaced after this many files. Default 50. */
  renewAfter?: number;
}

/** Reads files in processes of their own, so that no file can harm the server. */
export interface ExtractionPool {
  /**
   * Waits for a free process and reads the file in it.
   *
   * @throws {ExtractionError} why the file cannot be read
   * @throws the signal's reason when it aborts; work that has begun is stopped at once
   */
  extract(input: ExtractionInput, signal?: AbortSignal): Promise<Extraction>;
  /** Ends the processes. Files that wait or are being read fail with an Error. */
  close(): Promise<void>;
}

/** Processes start when the first file comes and then stay warm. */
export function createExtractionPool(options: ExtractionPoolOptions = {}): ExtractionPool {
  return new ProcessPool(options);
}

class ProcessPool implements ExtractionPool {
  readonly #limits: ChildLimits;
  readonly #maxBytes: number;
  readonly #renewAfter: number;
  readonly #closing = new AbortController();
  readonly #running = new Set<Promise<unknown>>();
  readonly #waiting: (() => void)[] = [];
  readonly #idle: ParserProcess[] = [];
  #freeSlots: number;

  constructor(options: ExtractionPoolOptions) {
    this.#limits = { timeoutMs: options.timeoutMs ?? 60_000, maxMemoryMb: options.maxMemoryMb ?? 512 };
    this.#maxBytes = options.maxBytes ?? 50 * 1024 * 1024;
    this.#renewAfter = options.renewAfter ?? 50;
    this.#freeSlots = options.processes ?? 1;
  }

  async extract(input: ExtractionInput, signal?: AbortSignal): Promise<Extraction> {
    this.#assertSize(input.bytes.length);
    const stop = signal ? AbortSignal.any([signal, this.#closing.signal]) : this.#closing.signal;
    await this.#takeSlot(stop);
    try {
      const work = this.#run(input, stop);
      this.#running.add(work);
      return await work.finally(() => this.#running.delete(work));
    } finally {
      this.#freeSlot();
    }
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error("The extraction pool is closed."));
    for (const process of this.#idle.splice(0)) process.kill();
    await Promise.allSettled(this.#running);
  }

  async #run(input: ExtractionInput, signal: AbortSignal): Promise<Extraction> {
    let process = this.#idle.pop();
    if (!process?.alive) process = new ParserProcess(this.#limits);
    try {
      return await process.extract(input, signal);
    } finally {
      this.#putBack(process, signal);
    }
  }

  /** Keeps a warm process ready for the next file, a fresh one when this one failed or is worn. */
  #putBack(process: ParserProcess, signal: AbortSignal): void {
    if (process.alive && !this.#closing.signal.aborted && process.files < this.#renewAfter) {
      this.#idle.push(process);
      return;
    }
    process.kill();
    // Who gives up or closes needs no successor.
    if (!signal.aborted) this.#idle.push(new ParserProcess(this.#limits));
  }

  #assertSize(bytes: number): void {
    if (bytes <= this.#maxBytes) return;
    const megabytes = (value: number) => (value / 1024 / 1024).toFixed(1);
    throw new ExtractionError(
      "TOO_LARGE",
      `This file has ${megabytes(bytes)} MB; at most ${megabytes(this.#maxBytes)} MB are allowed. Split it into smaller files.`,
    );
  }

  /** First come, first served. */
  async #takeSlot(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#freeSlots > 0) {
      this.#freeSlots--;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const take = () => {
        signal.removeEventListener("abort", giveUp);
        resolve();
      };
      const giveUp = () => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1);
        reject(signal.reason);
      };
      signal.addEventListener("abort", giveUp, { once: true });
      this.#waiting.push(take);
    });
  }

  #freeSlot(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#freeSlots++;
  }
}
