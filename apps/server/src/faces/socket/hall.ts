import type { EventBus } from "../../platform/events/index.ts";
import { untilStopped } from "../tenant-stopped.ts";
import type { Delivery } from "./socket-event.ts";

/**
 * Begins to tell what happens in a tenant, read once for all of its sockets. `onLost`: something was missed, so
 * whoever listens must connect again and catch up.
 */
export type OpenFeed = (
  tenantId: string,
  deliver: (delivery: Delivery) => void,
  onLost: () => void,
) => { close(): void };

export interface Halls {
  /** Counts a listener of the tenant in, until the returned function is called. */
  enter(tenantId: string): () => void;
  close(): void;
}

interface Hall {
  listeners: number;
  close(): void;
}

/** One feed for each tenant that has a listener in this process. */
export function createHalls(
  events: EventBus,
  openFeed: OpenFeed,
  on: {
    delivery(tenantId: string, delivery: Delivery): void;
    lost(tenantId: string): void;
    stopped(tenantId: string): void;
  },
): Halls {
  const halls = new Map<string, Hall>();

  function open(tenantId: string): Hall {
    const feed = openFeed(
      tenantId,
      (delivery) => on.delivery(tenantId, delivery),
      () => on.lost(tenantId),
    );
    const stopped = untilStopped(events, tenantId);
    stopped.signal.addEventListener("abort", () => on.stopped(tenantId));
    return {
      listeners: 0,
      close() {
        halls.delete(tenantId);
        feed.close();
        stopped.release();
      },
    };
  }

  return {
    enter(tenantId) {
      const hall = halls.get(tenantId) ?? open(tenantId);
      halls.set(tenantId, hall);
      hall.listeners++;
      let left = false;
      return () => {
        if (left) return;
        left = true;
        if (--hall.listeners === 0) hall.close();
      };
    },
    close() {
      for (const hall of [...halls.values()]) hall.close();
    },
  };
}
