import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import type { Db } from "../db/index.ts";
import { newId } from "../ids/index.ts";
import { createLog } from "../log/index.ts";
import { createJobs, defineQueue, type Job, type Jobs } from "./index.ts";

const schema = z.object({ n: z.number().int() });
const kept = defineQueue({ name: "kept", schema });
const failing = defineQueue({ name: "failing", schema, retryLimit: 1, retryDelaySeconds: 0 });
const abandoned = defineQueue({ name: "abandoned", schema, retryDelaySeconds: 0 });
const shared = defineQueue({ name: "shared", schema });
const queues = [kept, failing, abandoned, shared];

const log = createLog("silent");
const patiently = { timeout: 15_000 };
const tenant = newId();
let db: Db;
let jobs: Jobs;
let others: Jobs;

beforeAll(async () => {
  db = await openTestDb();
  jobs = await createJobs(db, log, queues, { superviseSeconds: 1 });
  others = await createJobs(db, log, queues, { superviseSeconds: 1 });
});
afterAll(async () => {
  await jobs.stop();
  await others.stop();
  await db.close();
});

type Data = z.infer<typeof schema>;

/** Collects what a handler is given; `first(count)` waits until so much has come. */
function collect<Value>() {
  const values: Value[] = [];
  const waiting: { count: number; resolve: (values: Value[]) => void }[] = [];
  return {
    values,
    add(value: Value) {
      values.push(value);
      for (const { count, resolve } of waiting) if (values.length >= count) resolve(values);
    },
    first: (count: number) =>
      new Promise<Value[]>((resolve) => {
        if (values.length >= count) resolve(values);
        else waiting.push({ count, resolve });
      }),
  };
}

async function waitingJobs(name: string): Promise<unknown[]> {
  const { rows } = await db
    .system()
    .execute(sql`select data from jobs.job where name = ${name} and state < 'active' order by created_on`);
  return rows.map((row) => row.data);
}

test("a job exists if and only if its transaction commits", async () => {
  await db.withTenant(tenant, () => jobs.enqueue(kept, { n: 1 }));
  const failed = db.withTenant(tenant, async () => {
    await jobs.enqueue(kept, { n: 2 });
    throw new Error("not after all");
  });
  await expect(failed).rejects.toThrow("not after all");
  expect(await waitingJobs("kept")).toEqual([{ n: 1 }]);
});

test("enqueueing leaves the transaction to its tenant", async () => {
  await db.withTenant(tenant, async (tx) => {
    await jobs.enqueue(kept, { n: 3 });
    const { rows } = await tx.execute(
      sql`select current_user as role, current_setting('app.tenant_id') as id`,
    );
    expect(rows).toEqual([{ role: "parlance_app", id: tenant }]);
  });
});

test("wrong data is refused when it is enqueued, and the transaction goes on", async () => {
  await db.withTenant(tenant, async (tx) => {
    await expect(jobs.enqueue(kept, { n: 0.5 })).rejects.toThrow(z.ZodError);
    await tx.execute(sql`select 1`);
  });
});

test("a queue that is not in the list is refused", async () => {
  const unknown = defineQueue({ name: "unknown", schema });
  const enqueued = db.withTenant(tenant, () => jobs.enqueue(unknown, { n: 1 }));
  await expect(enqueued).rejects.toThrow("The queue unknown is not in the list of queues.");
  await expect(jobs.work(unknown, async () => {})).rejects.toThrow("not in the list");
});

test("enqueueing outside a transaction is refused", async () => {
  await expect(jobs.enqueue(kept, { n: 1 })).rejects.toThrow("needs an open transaction");
});

test("a failing job is tried as often as its queue says, and the last try knows it", async () => {
  const tries = collect<boolean>();
  await jobs.work(failing, async ({ lastTry }) => {
    tries.add(lastTry);
    throw new Error("again");
  });
  await db.withTenant(tenant, () => jobs.enqueue(failing, { n: 1 }));
  await tries.first(2);
  await expect
    .poll(
      async () => (await db.system().execute(sql`select state from jobs.job where name = 'failing'`)).rows,
      patiently,
    )
    .toEqual([{ state: "failed" }]);
  expect(tries.values).toEqual([false, true]);
});

test("the job of a worker that fell silent is done by another", async () => {
  const taken = collect<Job<Data>>();
  let letGo = () => {};
  const silent = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await jobs.work(abandoned, async (job) => {
    taken.add(job);
    await silent; // stands for a process that died: this one never reports back
  });
  await db.withTenant(tenant, () => jobs.enqueue(abandoned, { n: 7 }));
  const [first] = await taken.first(1);

  const done = collect<Job<Data>>();
  await others.work(abandoned, async (job) => done.add(job));
  await db
    .system()
    .execute(sql`update jobs.job set heartbeat_on = now() - interval '1 minute' where name = 'abandoned'`);
  const [second] = await done.first(1);
  expect(second).toMatchObject({ id: first?.id, data: { n: 7 } });
  letGo();
});

test("two processes share a queue's jobs and do none twice", async () => {
  const done = collect<{ by: string; n: number }>();
  for (const [by, instance] of Object.entries({ jobs, others })) {
    await instance.work(shared, async ({ data }) => done.add({ by, n: data.n }), { concurrency: 2 });
  }
  await db.withTenant(tenant, async () => {
    for (let n = 0; n < 40; n++) await jobs.enqueue(shared, { n });
  });
  await done.first(40);
  await expect.poll(() => waitingJobs("shared"), patiently).toEqual([]);
  expect(done.values.map(({ n }) => n).sort((a, b) => a - b)).toEqual([...Array(40).keys()]);
});
