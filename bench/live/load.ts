import { setImmediate as nextTurn } from "node:timers/promises";
import { percentile } from "../retrieval/collections.ts";

/** What was sent in one run, and how long each message took from when it was due to when the other side saw it. */
export interface Outcome {
  seen: number[];
  /** Messages that were not seen within the time of grace, or whose sending was refused. */
  missing: number;
  /** By how much this process itself was late to send, at p99: what of the figures is the load's own fault. */
  lateP99: number;
  /** Messages that were seen a second while they were being sent. */
  throughput: number;
}

export interface Line {
  /** Sends the nth message with this text to the other side; rejects when it is refused. */
  send(nth: number, text: string): Promise<unknown>;
  /** Is told of each text that the other side sees. */
  onSeen(listener: (text: string) => void): void;
}

const graceMs = 10_000;
/** Seconds before measuring, in which pools fill and code is compiled. */
const warmUp = 3;

/**
 * Sends at a fixed rate, whatever comes back: a message is due at its moment, and is measured from then even if it was
 * sent later, so that a server that stalls cannot hide what it kept waiting.
 */
export async function runLoad(line: Line, rate: number, seconds: number): Promise<Outcome> {
  const run = crypto.randomUUID().slice(0, 8);
  const due = new Map<string, number>();
  const seen: number[] = [];
  const late: number[] = [];
  let refused = 0;
  let seenInTime = 0;
  const begins = performance.now() + 50;
  const measuredFrom = begins + warmUp * 1_000;
  const ends = measuredFrom + seconds * 1_000;
  line.onSeen((text) => {
    const at = due.get(text);
    if (at === undefined) return;
    due.delete(text);
    if (at < measuredFrom) return;
    const now = performance.now();
    seen.push(now - at);
    if (now < ends) seenInTime++;
  });
  const total = Math.round((warmUp + seconds) * rate);
  for (let nth = 0; nth < total; ) {
    const now = performance.now();
    for (; nth < total; nth++) {
      const at = begins + (nth * 1_000) / rate;
      if (at > now) break;
      const text = `message ${run} ${nth}: when will my parcel with the blue chair arrive?`;
      due.set(text, at);
      if (at >= measuredFrom) late.push(now - at);
      line.send(nth, text).catch((error: unknown) => {
        if (refused++ === 0) console.error(`a message was refused: ${String(error).slice(0, 300)}`);
      });
    }
    // a timer would sleep for a millisecond at least; at these rates that is a part of what is measured
    if (nth < total && begins + (nth * 1_000) / rate - now > 3)
      await new Promise((resolve) => setTimeout(resolve, 1));
    else await nextTurn();
  }
  const patience = performance.now() + graceMs;
  while (due.size > 0 && performance.now() < patience)
    await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    seen,
    missing: [...due.values()].filter((at) => at >= measuredFrom).length,
    lateP99: percentile(late, 0.99),
    throughput: seenInTime / seconds,
  };
}

const ms = (value: number) => (value < 10 ? value.toFixed(1) : value.toFixed(0));

export function describe({ seen, missing, lateP99, throughput }: Outcome): string {
  if (seen.length === 0) return `none of ${missing} seen within ${graceMs / 1_000} s`;
  return (
    `p50 ${ms(percentile(seen, 0.5))}, p95 ${ms(percentile(seen, 0.95))}, p99 ${ms(percentile(seen, 0.99))} ms; ` +
    `${throughput.toFixed(0)} seen a second${missing > 0 ? `, ${missing} not seen within ${graceMs / 1_000} s` : ""}` +
    ` (the load itself late by ${ms(lateP99)} ms at p99)`
  );
}
