import { AppError, isAppError } from "../../platform/errors/index.ts";
import type { EventBus } from "../../platform/events/index.ts";
import type { Watch } from "../rights-watch.ts";
import { untilStopped } from "../tenant-stopped.ts";

interface Listening {
  events: EventBus;
  tenantId: string;
  watch: Watch;
}

/**
 * What a subscription gives, for as long as its caller may listen: it ends within 5 seconds when their session, key, role
 * or account has changed, and at once when their tenant is stopped.
 */
export async function* whileAllowed<Value>(
  source: AsyncIterable<Value>,
  { events, tenantId, watch }: Listening,
): AsyncGenerator<Value> {
  const stopped = untilStopped(events, tenantId);
  let leave = () => {};
  const refusal = new Promise<never>((_resolve, reject) => {
    stopped.signal.addEventListener("abort", () => reject(connectAgain(null)));
    leave = watch((reason) => reject(connectAgain(reason)));
  });
  refusal.catch(() => {}); // heard below, or of no matter any more
  const values = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await Promise.race([values.next(), refusal]);
      if (next.done) return;
      yield next.value;
    }
  } finally {
    leave();
    stopped.release();
    // not waited for: what is being waited for inside ends with the connection
    values.return?.().catch(() => {});
  }
}

/**
 * Clients connect again after this one, as after a lost connection: whose session only got a new token goes on, all
 * others are told by their refusal why not.
 */
function connectAgain(cause: unknown): AppError {
  const refused = cause === null || isAppError(cause); // the caller's matter; anything else is ours, and logged
  return new AppError(
    "UNAVAILABLE",
    "Your rights may have changed. Connect again.",
    refused ? {} : { cause },
  );
}

/** Whether a procedure gave a stream. */
export function isStream(value: unknown): value is AsyncIterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}
