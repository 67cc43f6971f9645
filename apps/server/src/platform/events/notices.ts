import type { DomainEvent } from "./domain-events.ts";
import type { EventBus } from "./event-bus.ts";

/** More than this unread and the reader is too slow: it must read the state afresh. */
const maxWaiting = 1_000;

/** Thrown in a stream of notices whose reader is too slow. */
export class FellBehind extends Error {}

/**
 * The notices of an event as a stream, in order, from the moment of the call until `signal` aborts,
 * which ends the subscription even if the stream was never read. Throws when the reader falls behind
 * by more than 1,000, so that it reconnects instead of missing any.
 */
export function notices<Data extends Record<string, unknown>>(
  events: EventBus,
  tenantId: string,
  event: DomainEvent<Data>,
  signal: AbortSignal,
  /** Which of them are wanted; the others take up no room. */
  isWanted: (data: Data) => boolean = () => true,
): AsyncIterable<Data> {
  const waiting: Data[] = [];
  let wake = () => {};
  let overrun = false;
  const unsubscribe = events.subscribe(tenantId, event.name, (notice) => {
    const data = event.schema.parse(notice.data);
    if (!isWanted(data)) return;
    if (waiting.length >= maxWaiting) overrun = true;
    else waiting.push(data);
    wake();
  });
  const stop = () => {
    signal.removeEventListener("abort", stop);
    unsubscribe();
    wake();
  };
  if (signal.aborted) stop();
  else signal.addEventListener("abort", stop);

  return (async function* () {
    try {
      while (!signal.aborted) {
        const next = waiting.shift();
        if (next) yield next;
        else if (overrun) throw new FellBehind(`A listener of ${event.name} fell behind.`);
        else {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
      }
    } finally {
      stop();
    }
  })();
}
