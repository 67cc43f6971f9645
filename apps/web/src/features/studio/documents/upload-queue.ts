import { type Refusal, refusalOf } from "./accept-file.ts";

export type UploadState =
  | { kind: "refused"; refusal: Refusal }
  | { kind: "waiting" }
  /** `share` of the bytes that have left, 0 to 1. */
  | { kind: "sending"; share: number }
  | { kind: "failed"; error: unknown };

export interface Upload {
  /** Of this attempt in this browser, not of the document. */
  id: string;
  file: File;
  /** Known once the server has made room for it. */
  documentId: string | null;
  state: UploadState;
}

/** Sends one file. Resolves when the server has it; rejects when it has not, or when `signal` aborted. */
export type Send = (
  file: File,
  report: { documentId: (id: string) => void; share: (share: number) => void },
  signal: AbortSignal,
) => Promise<void>;

/**
 * Files on their way, newest first. A file that would be refused is marked at once and holds up no other; a
 * failed one waits to be tried again; a sent one leaves the queue, for the list of documents shows it.
 */
export class UploadQueue {
  readonly #send: Send;
  readonly #atOnce: number;
  readonly #listeners = new Set<() => void>();
  readonly #aborts = new Map<string, AbortController>();
  #uploads: readonly Upload[] = [];
  #count = 0;

  constructor(options: { send: Send; atOnce: number }) {
    this.#send = options.send;
    this.#atOnce = options.atOnce;
  }

  /** The same array until something changes. */
  readonly read = (): readonly Upload[] => this.#uploads;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  add(files: readonly File[]): void {
    const added = files.map((file): Upload => {
      const refusal = refusalOf(file);
      const state: UploadState = refusal === null ? { kind: "waiting" } : { kind: "refused", refusal };
      return { id: String(++this.#count), file, documentId: null, state };
    });
    this.#set([...added, ...this.#uploads]);
    this.#fill();
  }

  /** Puts a failed file back in the queue, from its first byte. */
  retry(id: string): void {
    const upload = this.#uploads.find((each) => each.id === id);
    if (upload?.state.kind !== "failed") return;
    this.#change(id, { state: { kind: "waiting" }, documentId: null });
    this.#fill();
  }

  /** Takes a file out of the queue; one that is being sent stops. */
  remove(id: string): void {
    this.#aborts.get(id)?.abort();
    this.#aborts.delete(id);
    this.#set(this.#uploads.filter((upload) => upload.id !== id));
    this.#fill();
  }

  #fill(): void {
    while (this.#aborts.size < this.#atOnce) {
      // Those added together are sent in their order on screen.
      const next = this.#uploads.find((upload) => upload.state.kind === "waiting");
      if (next === undefined) return;
      void this.#run(next);
    }
  }

  async #run({ id, file }: Upload): Promise<void> {
    const abort = new AbortController();
    this.#aborts.set(id, abort);
    this.#change(id, { state: { kind: "sending", share: 0 } });
    const report = {
      documentId: (documentId: string) => this.#change(id, { documentId }),
      share: (share: number) => this.#change(id, { state: { kind: "sending", share } }),
    };
    try {
      await this.#send(file, report, abort.signal);
      this.#set(this.#uploads.filter((upload) => upload.id !== id));
    } catch (error) {
      this.#change(id, { state: { kind: "failed", error } });
    } finally {
      // After remove() and a retry the place may already belong to a later attempt.
      if (this.#aborts.get(id) === abort) this.#aborts.delete(id);
      this.#fill();
    }
  }

  #change(id: string, change: Partial<Upload>): void {
    this.#set(this.#uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)));
  }

  #set(uploads: readonly Upload[]): void {
    this.#uploads = uploads;
    for (const listener of this.#listeners) listener();
  }
}

/** Whether leaving the page now would lose a file. */
export function isUnderWay({ state }: Upload): boolean {
  return state.kind === "waiting" || state.kind === "sending";
}
