import { type SQL, sql } from "drizzle-orm";
import type { z } from "zod";
import { steady, type TenantTransaction } from "../db/index.ts";
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
  readonly jobOf: (happened: Happened) => ((jobs: Jobs) => Promise<void>) | null;
  /** What must be true in the database for the job to be needed; null where it always is. */
  readonly conditionOf: (happened: Happened) => SQL | null;
}

interface Happened {
  tenantId: string;
  data: Record<string, unknown>;
}

/**
 * Declares that `queue` follows `event`, but where `toJob` is null. `onlyIf` is a condition of SQL's, asked in the event's
 * own transaction, to spare a job that would find nothing to do. The emitter never learns who follows it.
 */
export function follow<Data extends Record<string, unknown>, Job extends object>(
  event: DomainEvent<Data>,
  queue: Queue<Job>,
  toJob: (tenantId: string, data: Data) => Job | null,
  onlyIf?: (tenantId: string, data: Data) => SQL,
): Follower {
  return {
    event: event.name,
    jobOf({ tenantId, data }) {
      const job = toJob(tenantId, event.schema.parse(data));
      return job && ((jobs) => jobs.enqueue(queue, job));
    },
    conditionOf: ({ tenantId, data }) => onlyIf?.(tenantId, event.schema.parse(data)) ?? null,
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
  const happened = { tenantId: ctx.tenantId, data: parsed };
  const possible = ctx.followers.flatMap((follower) => {
    const enqueue = follower.event === event.name ? follower.jobOf(happened) : null;
    return enqueue ? { enqueue, condition: follower.conditionOf(happened) } : [];
  });
  const holds = await whichHold(
    ctx.tx,
    possible.map(({ condition }) => condition),
  );
  for (const [index, { enqueue }] of possible.entries()) if (holds[index]) await enqueue(ctx.jobs);
  ctx.events.announce({ tenantId: ctx.tenantId, topic: event.name, data: parsed });
}

/** Asks all conditions in one statement, and none where there are none; no condition holds. */
async function whichHold(tx: TenantTransaction, conditions: readonly (SQL | null)[]): Promise<boolean[]> {
  const asked = conditions.filter((condition) => condition !== null);
  if (asked.length === 0) return conditions.map(() => true);
  const [row] = await tx
    .select({ holds: sql<boolean[]>`array[${sql.join(asked, sql`, `)}]` })
    .from(sql`(values (0)) as once`)
    .prepare(steady)
    .execute();
  const answers = [...(row?.holds ?? [])];
  return conditions.map((condition) => condition === null || answers.shift() === true);
}
