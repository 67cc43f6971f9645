import { z } from "zod";
import { defineEvent, type EventBus } from "../platform/events/index.ts";

/** A tenant was suspended or is about to be deleted: whatever runs for it ends now, in every process. */
export const tenantStopped = defineEvent("tenant.stopped", z.object({}));

/**
 * Aborts when the tenant is stopped. `release` when the work has ended: a process serves many requests of a tenant.
 */
export function untilStopped(
  events: EventBus,
  tenantId: string,
): { signal: AbortSignal; release: () => void } {
  const controller = new AbortController();
  const release = events.subscribe(tenantId, tenantStopped.name, () => {
    controller.abort(new Error("The workspace was stopped."));
  });
  return { signal: controller.signal, release };
}
