import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { fromDrizzle, PgBoss } from "pg-boss";
import {
  asSystem,
  containing,
  currentTransaction,
  type Db,
  outsideTransaction,
  statementAsSystem,
} from "../db/index.ts";
import type { Log } from "../log/index.ts";
import type { AnyQueue, Queue } from "./queue.ts";
import { wakeDue } from "./wake-due.ts";

export interface Job<Data> {
  id: string;
  data: Data;
  /** True on the last try: after it the work is given up, so its owner must be told now. */
  lastTry: boolean;
  signal: AbortSignal;
}

export interface Jobs {
  /** Puts a job on its queue inside the open tenant transaction: it exists if and only if that commits. */
  enqueue<Data extends object>(
    queue: Queue<Data>,
    data: Data,
    options?: { afterSeconds?: number },
  ): Promise<void>;
  /** Puts a job on its queue by itself, where there is no tenant and no transaction. Throws inside of one. */
  enqueueAlone<Data extends object>(queue: Queue<Data>, data: Data): Promise<void>;
  /** As `enqueue`, for a job that was put aside and is known by its queue's name; its data was checked when it was made. */
  enqueueNamed(queue: string, data: object): Promise<void>;
  /** Removes every job, done or not, in whose data the text stands: nothing is kept of a tenant that was deleted. */
  forget(text: string): Promise<void>;
  /** Handles a queue's jobs in this process, `concurrency` at a time. */
  work<Data extends object>(
    queue: Queue<Data>,
    handler: (job: Job<Data>) => Promise<void>,
    options?: { concurrency?: number },
  ): Promise<void>;
  /** Runs a queue's job at the times of a cron expression (UTC), once over all processes. */
  schedule<Data extends object>(queue: Queue<Data>, cron: string, data: Data): Promise<void>;
  /** Throws when the queue's tables cannot be reached. */
  check(): Promise<void>;
  stop(): Promise<void>;
}

/** Milliseconds that running jobs get to end before they are left to be tried again. */
const stopTimeout = 5_000;

/** One job at a time. New ones are announced and others are woken for, so that a worker's own look is for lost calls. */
const worker = {
  includeMetadata: true as const,
  batchSize: 1,
  pollingIntervalSeconds: 60,
  notifyPollingIntervalSeconds: 60,
};

/** Seconds of a worker's silence after which its job is another's. */
const heartbeatSeconds = 30;

/**
 * pg-boss in the product's own database, embedded or PostgreSQL: no other service, one transaction.
 * `queues` are all that exist: they are made here and not on first use, because that may be inside a
 * tenant's transaction, which is no place for it. `superviseSeconds` is how often silent workers are
 * looked for.
 */
export async function createJobs(
  db: Db,
  log: Log,
  queues: readonly AnyQueue[],
  { superviseSeconds = 15 }: { superviseSeconds?: number } = {},
): Promise<Jobs> {
  const boss = new PgBoss({
    ...(db.url ? { connectionString: db.url, max: 4 } : { db: embeddedAdapter(db), backend: "pglite" }),
    useListenNotify: true,
    schema: "jobs",
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
  });
  boss.on("error", (error) => log.error({ error }, "the job queue reported an error"));
  await outsideTransaction(async () => {
    await boss.start();
    for (const queue of queues) {
      await boss.createQueue(queue.name, {
        retryLimit: queue.retryLimit,
        retryDelay: queue.retryDelaySeconds,
        retryBackoff: true,
        expireInSeconds: queue.expireSeconds,
        heartbeatSeconds, // a worker that died is noticed by its silence, not at expiry
        notify: true,
      });
    }
  });

  const names = new Set(queues.map((queue) => queue.name));
  const assertKnown = (queue: AnyQueue) => {
    if (!names.has(queue.name)) throw new Error(`The queue ${queue.name} is not in the list of queues.`);
  };

  const send = async (name: string, data: object, options: { afterSeconds?: number } = {}) => {
    const id = await boss.send(name, data, {
      db: inOpenTransaction,
      ...(options.afterSeconds ? { startAfter: options.afterSeconds } : {}),
    });
    if (!id) throw new Error(`A job for ${name} was not accepted.`);
  };

  const workers = new Map<string, string[]>();
  const due = outsideTransaction(() =>
    wakeDue(db, {
      queues: () => [...workers.keys()],
      wake(queue) {
        for (const id of workers.get(queue) ?? []) boss.notifyWorker(id);
      },
      log,
    }),
  );
  let stopping: Promise<void> | null = null;
  return {
    async enqueue(queue, data, options = {}) {
      assertKnown(queue);
      await send(queue.name, queue.schema.parse(data), options);
    },
    async enqueueNamed(queue, data) {
      if (!names.has(queue)) throw new Error(`The queue ${queue} is not in the list of queues.`);
      await send(queue, data);
    },
    async forget(text) {
      await db.pool.query("delete from jobs.job where data::text like $1", [containing(text)]);
    },
    async enqueueAlone(queue, data) {
      assertKnown(queue);
      if (currentTransaction())
        throw new Error("Inside a transaction a job is queued by `enqueue`, with it.");
      const id = await boss.send(queue.name, queue.schema.parse(data));
      if (!id) throw new Error(`A job for ${queue.name} was not accepted.`);
    },
    async work(queue, handler, options = {}) {
      assertKnown(queue);
      for (let slot = 0; slot < (options.concurrency ?? 1); slot++) {
        let workerId: string | null = null;
        workerId = await boss.work(queue.name, worker, async (jobs) => {
          // look for the next job right after this one: pg-boss would wait for its poll
          if (workerId) boss.notifyWorker(workerId);
          for (const job of jobs) {
            await handler({
              id: job.id,
              data: queue.schema.parse(job.data),
              lastTry: job.retryCount >= job.retryLimit,
              signal: job.signal,
            });
          }
        });
        workers.set(queue.name, [...(workers.get(queue.name) ?? []), workerId]);
      }
    },
    async schedule(queue, cron, data) {
      assertKnown(queue);
      await boss.schedule(queue.name, cron, queue.schema.parse(data), { tz: "UTC" });
    },
    async check() {
      await boss.getQueues();
    },
    stop() {
      stopping ??= due.stop().then(async () => {
        const ended = Promise.all([...workers.keys()].map((queue) => boss.offWork(queue, { wait: true })));
        await Promise.race([ended, sleep(stopTimeout, undefined, { ref: false })]);
        // not gracefully: pg-boss would look only every half second whether they ended
        await boss.stop({ graceful: false });
      });
      return stopping;
    },
  };
}

/** pg-boss's sending, which is one statement with one text, within the tenant's transaction. */
const inOpenTransaction = {
  executeSql: async (text: string, values: unknown[] = []) => ({
    rows: await statementAsSystem(text, values.map(asText)),
  }),
};

function asText(value: unknown): string | null {
  if (value === null || typeof value === "string") return value;
  throw new Error("A parameter of the job queue is no text.");
}

/**
 * pg-boss on the one embedded connection. Inside a transaction its statements join that, because a
 * second connection does not exist to wait for.
 */
function embeddedAdapter(db: Db): ReturnType<typeof fromDrizzle> {
  return {
    async executeSql(text, values) {
      if (currentTransaction()) {
        return asSystem((tx) => fromDrizzle(tx, sql).executeSql(text, values));
      }
      const client = await db.pool.connect();
      try {
        const result: unknown = await client.query(text, values);
        return { rows: rowsOf(result) };
      } catch (error) {
        await client.query("rollback").catch(() => {}); // pg-boss sends begin … commit as one text
        throw error;
      } finally {
        client.release();
      }
    },
    async listen(channel, onNotification, onReconnect) {
      db.notifications.on(channel, onNotification);
      await db.pool.query(`listen "${channel}"`);
      onReconnect();
      return {
        async close() {
          db.notifications.off(channel, onNotification);
        },
      };
    },
  };
}

/** A text of several statements answers with a list of results. */
function rowsOf(result: unknown): unknown[] {
  if (Array.isArray(result)) return result.flatMap(rowsOf);
  if (typeof result === "object" && result !== null && "rows" in result && Array.isArray(result.rows)) {
    return result.rows;
  }
  return [];
}
