/** A stream that one side pushes into and the other reads, each at its own pace. */
export class EventQueue<Event> implements AsyncIterable<Event> {
  readonly #waiting: Event[] = [];
  #ended: { error: unknown } | null = null;
  #wake = () => {};

  push(event: Event): void {
    this.#waiting.push(event);
    this.#wake();
  }

  /** The last of it; with an error the reader's loop throws that after what was pushed before. */
  end(error?: unknown): void {
    this.#ended ??= { error };
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Event> {
    for (;;) {
      const next = this.#waiting.shift();
      if (next !== undefined) yield next;
      else if (this.#ended?.error !== undefined) throw this.#ended.error;
      else if (this.#ended) return;
      else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    }
  }
}
