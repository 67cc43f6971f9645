import type { Ticker } from "../../apps/server/src/platform/clock/index.ts";

/** A ticker that stands still until a test turns it. */
export function manualTicker(): { ticker: Ticker; advance(milliseconds: number): void } {
  const waiting = new Set<{ due: number; wake: () => void }>();
  let now = 0;
  return {
    ticker: async function* (every, signal) {
      while (!signal.aborted) {
        await new Promise<void>((resolve) => {
          const one = {
            due: now + every,
            wake: () => {
              waiting.delete(one);
              signal.removeEventListener("abort", one.wake);
              resolve();
            },
          };
          waiting.add(one);
          signal.addEventListener("abort", one.wake);
        });
        if (!signal.aborted) yield;
      }
    },
    advance(milliseconds) {
      now += milliseconds;
      for (const one of [...waiting]) if (one.due <= now) one.wake();
    },
  };
}
