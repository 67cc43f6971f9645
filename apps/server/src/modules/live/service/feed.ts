import type { z } from "zod";
import { type Delivery, deliveryOf } from "../../../faces/socket/socket-event.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import type { DomainEvent } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import {
  conversationChanged,
  conversationDeleted,
  conversationOpened,
  conversationRead,
  eventsAt,
  recentNumbered,
  typing,
} from "../../conversations/index.ts";
import { agentStatusChanged } from "../../presence/index.ts";
import { resolutionUpdated } from "../../resolutions/index.ts";
import { slaBreached, slaWarning } from "../../slas/index.ts";
import { serverEvents } from "../server-events.ts";
import { numberedDeliveries } from "./numbered-deliveries.ts";
import { readAgent, readOpened, readResolution, readSla } from "./unnumbered.ts";

/** Notices that wait to be read; past so many, whoever listens must come back and catch up. */
const maxWaiting = 5_000;
/** Notices that are read in one transaction. */
const batchSize = 100;

/** Reads what a notice led to, as it is now. */
type Read = (ctx: TxCtx) => Promise<Delivery[]> | Delivery[];
type Waiting = { numbered: z.infer<typeof conversationChanged.schema> } | { read: Read };

/**
 * Tells everything that happens in a tenant, in the order of the commits, from the moment of the call. The bus brings
 * the notices of every process to each, so sockets hear of everything wherever they are connected. What is told is read
 * once, for all who listen; they read conversations, notes included. `onLost`: something was missed.
 */
export function openFeed(
  ctx: Ctx,
  deliver: (delivery: Delivery) => void,
  onLost: () => void,
): { close(): void } {
  let waiting: Waiting[] = [];
  let isReading = false;
  let isClosed = false;

  function push(one: Waiting): void {
    if (waiting.length >= maxWaiting) {
      waiting = [];
      onLost();
      return;
    }
    waiting.push(one);
    if (!isReading) void readAll();
  }

  async function readAll(): Promise<void> {
    isReading = true;
    try {
      while (waiting.length > 0 && !isClosed) {
        const batch = waiting.splice(0, batchSize);
        const deliveries = readyAll(ctx, batch) ?? (await inTx(ctx, (ctx) => readBatch(ctx, batch)));
        if (isClosed) return; // another feed of the tenant may have been opened meanwhile
        for (const delivery of deliveries) deliver(delivery);
      }
    } catch (error) {
      ctx.log.error({ error, tenantId: ctx.tenantId }, "live events could not be read");
      waiting = [];
      onLost();
    } finally {
      isReading = false;
    }
  }

  const on = <Data extends Record<string, unknown>>(
    event: DomainEvent<Data>,
    toWaiting: (data: Data) => Waiting,
  ) =>
    ctx.events.subscribe(ctx.tenantId, event.name, ({ data }) => push(toWaiting(event.schema.parse(data))));

  const stops = [
    on(conversationChanged, (numbered) => ({ numbered })),
    on(conversationOpened, ({ conversationId }) => ({ read: (ctx) => readOpened(ctx, conversationId) })),
    on(resolutionUpdated, ({ resolutionId }) => ({ read: (ctx) => readResolution(ctx, resolutionId) })),
    on(slaWarning, (clock) => ({ read: (ctx) => readSla(ctx, serverEvents.slaWarning, clock) })),
    on(slaBreached, (clock) => ({ read: (ctx) => readSla(ctx, serverEvents.slaBreach, clock) })),
    on(agentStatusChanged, ({ userId }) => ({ read: (ctx) => readAgent(ctx, userId) })),
    on(conversationDeleted, (data) => ({ read: () => [deliveryOf(serverEvents.deleted, data)] })),
    on(conversationRead, (data) => ({ read: () => [deliveryOf(serverEvents.read, data)] })),
    // told at once: nobody waits for a reading to learn that somebody types
    ctx.events.subscribe(ctx.tenantId, typing.name, ({ data }) => {
      const told = typing.schema.parse(data);
      deliver(deliveryOf(serverEvents.typing, told, { exceptUserId: told.userId }));
    }),
    ctx.events.onGap(onLost),
  ];
  return {
    close() {
      isClosed = true;
      for (const stop of stops) stop();
    },
  };
}

/** What all of these led to where this process wrote it itself, and nothing needs to be read; null where anything does. */
function readyAll(ctx: Ctx, batch: readonly Waiting[]): Delivery[] | null {
  const deliveries: Delivery[] = [];
  for (const one of batch) {
    const event = "numbered" in one ? recentNumbered(ctx, one.numbered) : null;
    if (event === null) return null;
    deliveries.push(...numberedDeliveries(event));
  }
  return deliveries;
}

async function readBatch(ctx: TxCtx, batch: readonly Waiting[]): Promise<Delivery[]> {
  const places = batch.flatMap((one) => ("numbered" in one ? one.numbered : []));
  const events = new Map(
    (await eventsAt(ctx, places)).map((event) => [`${event.conversation.id}/${event.sequence}`, event]),
  );
  const deliveries: Delivery[] = [];
  for (const one of batch) {
    if ("read" in one) deliveries.push(...(await one.read(ctx)));
    else {
      const event = events.get(`${one.numbered.conversationId}/${one.numbered.sequence}`);
      if (event) deliveries.push(...numberedDeliveries(event));
    }
  }
  return deliveries;
}
