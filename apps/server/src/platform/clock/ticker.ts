import { setTimeout as wait } from "node:timers/promises";

/** What comes round every so many milliseconds until `signal` aborts, as a dependency: tests turn it by hand. */
export type Ticker = (every: number, signal: AbortSignal) => AsyncIterable<void>;

/** Counts from when the last one was taken, so that a slow taker is never owed any. */
export const systemTicker: Ticker = async function* (every, signal) {
  while (!signal.aborted) {
    await wait(every, undefined, { signal, ref: false }).catch(() => {});
    if (!signal.aborted) yield;
  }
};
