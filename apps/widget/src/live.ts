import { ApiError } from "./api.ts";
import type { ServerEvent } from "./stream.ts";

const LONGEST_WAIT_MS = 30_000;
const HIDDEN_LIMIT_MS = 120_000;

export interface LiveOptions {
  /** Opens the stream after the given event id. */
  connect(lastEventId: string, signal: AbortSignal): AsyncIterable<ServerEvent>;
  onEvent(event: ServerEvent): void;
  /** The server refuses for good (4xx other than 429); the line is not tried again. */
  onRefused(error: ApiError): void;
}

/**
 * Keeps one event stream open, resuming after the last event that was seen. Waits longer after each
 * failure, and rests while the page is offline or long hidden.
 *
 * @param ended ends it
 */
export async function keepLive(lastEventId: number, options: LiveOptions, ended: AbortSignal): Promise<void> {
  let last = `${lastEventId}`;
  let failures = 0;
  let line = new AbortController();
  let wake = () => {};
  let hiding: ReturnType<typeof setTimeout> | undefined;
  let resting = false;

  const onPageChange = () => {
    clearTimeout(hiding);
    resting = false;
    if (document.hidden) {
      hiding = setTimeout(() => {
        resting = true;
        line.abort();
      }, HIDDEN_LIMIT_MS);
    } else wake();
  };
  document.addEventListener("visibilitychange", onPageChange, { signal: ended });
  addEventListener("online", onPageChange, { signal: ended });
  ended.addEventListener("abort", () => line.abort());

  while (!ended.aborted) {
    line = new AbortController();
    try {
      for await (const event of options.connect(last, line.signal)) {
        failures = 0;
        last = event.id ?? last;
        options.onEvent(event);
      }
    } catch (error) {
      if (ended.aborted) return;
      if (error instanceof ApiError && error.status < 500 && error.status !== 429)
        return options.onRefused(error);
    }
    // Until the time is over or the page comes back. A random half keeps many pages from coming back at once.
    const wait = Math.min(LONGEST_WAIT_MS, 1000 * 2 ** failures++) * (0.5 + Math.random() / 2);
    await new Promise<void>((resolve) => {
      wake = resolve;
      if (!resting && navigator.onLine) setTimeout(resolve, wait);
    });
  }
}
