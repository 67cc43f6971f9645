import type { z } from "zod";
import { asSystem, type TenantTransaction } from "../db/index.ts";
import type { Jobs, Queue } from "../jobs/index.ts";
import type { EventBus } from "./event-bus.ts";

/** Something that happened in the domain. Its name is also the topic that live listeners subscribe to. */
export interface DomainEvent<Data extends Record<string, unknown>> {
  readonly name: string;
  readonly schema: z.ZodType<Data>;
}

export function defineEvent<Data extends Record<string, unknown>>(
  name: string,
  schema: z.ZodType<Data>,
): DomainEvent<Data> {
  return { name, schema };
}

/** A queue that gets a job for each event of a name: durable, in the event's own transaction. */
export interface Follower {
  readonly event: string;
  /** What enqueues the job that the event leads to; null where it leads to none. */
  readonly jobOf: (happened: Happened) => Promise<((jobs: Jobs) => Promise<void>) | null>;
}

interface Happened {
  tx: TenantTransaction;
  tenantId: string;
  data: Record<string, unknown>;
}

/**
 * Declares that `queue` follows `event`, but where `toJob` is null. `toJob` may look into the event's own transaction,
 * to spare a job that would find nothing to do. The emitter never learns who follows it.
 */
export function follow<Data extends Record<string, unknown>, Job extends object>(
  event: DomainEvent<Data>,
  queue: Queue<Job>,
  toJob: (tenantId: string, data: Data, tx: TenantTransaction) => Job | null | Promise<Job | null>,
): Follower {
  return {
    event: event.name,
    async jobOf({ tx, tenantId, data }) {
      const job = await toJob(tenantId, event.schema.parse(data), tx);
      return job && ((jobs) => jobs.enqueue(queue, job));
    },
  };
}

/**
 * Records that something happened: followers get their jobs in this transaction, live listeners of all
 * processes hear of it after the commit.
 */
export async function emit<Data extends Record<string, unknown>>(
  ctx: {
    tx: TenantTransaction;
    tenantId: string;
    events: EventBus;
    jobs: Jobs;
    followers: readonly Follower[];
  },
  event: DomainEvent<Data>,
  data: Data,
): Promise<void> {
  const parsed = event.schema.parse(data);
  const enqueues: ((jobs: Jobs) => Promise<void>)[] = [];
  for (const follower of ctx.followers) {
    if (follower.event !== event.name) continue;
    const enqueue = await follower.jobOf({ tx: ctx.tx, tenantId: ctx.tenantId, data: parsed });
    if (enqueue) enqueues.push(enqueue);
  }
  if (enqueues.length > 0) {
    // the role is lifted once for all of them, not for each: messages wait for every statement
    await asSystem(async () => {
      for (const enqueue of enqueues) await enqueue(ctx.jobs);
    });
  }
  await ctx.events.announce(ctx.tx, { tenantId: ctx.tenantId, topic: event.name, data: parsed });
}
