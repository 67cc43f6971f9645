import type { z } from "zod";
import type { TenantTransaction } from "../db/index.ts";
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
  readonly enqueue: (jobs: Jobs, tenantId: string, data: Record<string, unknown>) => Promise<void>;
}

/** Declares that `queue` follows `event`, but where `toJob` is null. The emitter never learns who follows it. */
export function follow<Data extends Record<string, unknown>, Job extends object>(
  event: DomainEvent<Data>,
  queue: Queue<Job>,
  toJob: (tenantId: string, data: Data) => Job | null,
): Follower {
  return {
    event: event.name,
    async enqueue(jobs, tenantId, data) {
      const job = toJob(tenantId, event.schema.parse(data));
      if (job) await jobs.enqueue(queue, job);
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
  for (const follower of ctx.followers) {
    if (follower.event === event.name) await follower.enqueue(ctx.jobs, ctx.tenantId, parsed);
  }
  await ctx.events.announce(ctx.tx, { tenantId: ctx.tenantId, topic: event.name, data: parsed });
}
