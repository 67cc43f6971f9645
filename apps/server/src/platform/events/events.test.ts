import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { openTestDb } from "../../../../../tests/harness/database.ts";
import { type Db, inSavepoint } from "../db/index.ts";
import { newId } from "../ids/index.ts";
import { createJobs, defineQueue, type Jobs } from "../jobs/index.ts";
import { createLog } from "../log/index.ts";
import { createEventBus, defineEvent, type EventBus, emit, follow, type Notice, notices } from "./index.ts";

const log = createLog("silent");
const counted = defineEvent("counted", z.object({ n: z.number() }));
const queue = defineQueue({ name: "followers", schema: z.object({ tenantId: z.uuid(), n: z.number() }) });
const followers = [
  follow(counted, queue, (tenantId, { n }) => ({ tenantId, n })),
  // one that looks where the event happened, as the application's role, and has nothing to do but for 7
  follow(
    counted,
    queue,
    (tenantId, { n }) => ({ tenantId, n: n * 10 }),
    (_tenantId, { n }) => sql`${n}::int = 7 and current_user = 'parlance_app'`,
  ),
];

let db: Db;
let jobs: Jobs;
let bus: EventBus;
/** A second process where there can be one: the embedded database has one process, and so one bus. */
let other: EventBus;

beforeAll(async () => {
  db = await openTestDb();
  jobs = await createJobs(db, log, [queue]);
  bus = await createEventBus(db, log);
  other = db.embedded ? bus : await createEventBus(db, log);
});
afterAll(async () => {
  await bus.close();
  await other.close();
  await jobs.stop();
  await db.close();
});

/** Hears a topic; `until(n)` waits for the n-th notice. */
function hear(on: EventBus, tenantId: string, topic = counted.name) {
  const heard: unknown[] = [];
  let wake = () => {};
  const stop = on.subscribe(tenantId, topic, (notice) => {
    heard.push(notice.data);
    wake();
  });
  return {
    heard,
    stop,
    async until(count: number) {
      while (heard.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      return heard;
    },
  };
}

const notice = (tenantId: string, n: number): Notice => ({ tenantId, topic: counted.name, data: { n } });

test("what is announced after all was broadcast is heard after it in every process", async () => {
  const tenant = newId();
  const there = hear(other, tenant);
  for (let n = 1; n <= 200; n++) bus.broadcast(notice(tenant, n));
  await bus.broadcasted();
  await db.withTenant(tenant, async () => bus.announce(notice(tenant, 201)));
  expect(await there.until(201)).toEqual(Array.from({ length: 201 }, (_, at) => ({ n: at + 1 })));
  there.stop();
});

test("an announcement is heard in every process after the commit, and not after a rollback", async () => {
  const tenant = newId();
  const [here, there] = [hear(bus, tenant), hear(other, tenant)];
  const rolledBack = db.withTenant(tenant, async () => {
    bus.announce(notice(tenant, 1));
    throw new Error("not after all");
  });
  await expect(rolledBack).rejects.toThrow("not after all");
  await db.withTenant(tenant, async (tx) => {
    bus.announce(notice(tenant, 2));
    await tx.execute(sql`select 1`);
    expect(here.heard).toEqual([]);
  });
  expect(await here.until(1)).toEqual([{ n: 2 }]);
  expect(await there.until(1)).toEqual([{ n: 2 }]);
});

test("what was announced in a savepoint that was undone is heard by nobody", async () => {
  const tenant = newId();
  const here = hear(bus, tenant);
  await db.withTenant(tenant, async () => {
    bus.announce(notice(tenant, 1));
    const undone = inSavepoint(async () => {
      bus.announce(notice(tenant, 2));
      throw new Error("not after all");
    });
    await expect(undone).rejects.toThrow("not after all");
    await inSavepoint(async () => bus.announce(notice(tenant, 3)));
  });
  expect(await here.until(2)).toEqual([{ n: 1 }, { n: 3 }]);
  expect(() => bus.announce(notice(tenant, 4))).toThrow("needs an open transaction");
});

test("announcements keep their order", async () => {
  const tenant = newId();
  const there = hear(other, tenant);
  const order = Array.from({ length: 50 }, (_, n) => ({ n }));
  for (const { n } of order) await db.withTenant(tenant, async () => bus.announce(notice(tenant, n)));
  expect(await there.until(50)).toEqual(order);
});

test("a broadcast is heard at once here, and by other processes once", async () => {
  const tenant = newId();
  const [here, there] = [hear(bus, tenant), hear(other, tenant)];
  bus.broadcast(notice(tenant, 1));
  expect(here.heard).toEqual([{ n: 1 }]);
  expect(await there.until(1)).toEqual([{ n: 1 }]);
  // the announcement comes after the broadcast's echo, which must not be heard twice here
  await db.withTenant(tenant, async () => bus.announce(notice(tenant, 2)));
  expect(await here.until(2)).toEqual([{ n: 1 }, { n: 2 }]);
});

test("another tenant, another topic and a stopped listener hear nothing", async () => {
  const [tenant, stranger] = [newId(), newId()];
  const foreign = hear(bus, stranger);
  const elsewhere = hear(bus, tenant, "something else");
  const stopped = hear(bus, tenant);
  const listening = hear(bus, tenant);
  stopped.stop();
  await db.withTenant(tenant, async () => bus.announce(notice(tenant, 1)));
  await listening.until(1);
  expect([foreign.heard, elsewhere.heard, stopped.heard]).toEqual([[], [], []]);
});

test("a listener that throws and a text that is no notice leave the others alone", async () => {
  const tenant = newId();
  bus.subscribe(tenant, counted.name, () => {
    throw new Error("a listener's own bug");
  });
  const listening = hear(bus, tenant);
  for (const text of ["no JSON", "{}", "", "null"]) {
    await db.system().execute(sql`select pg_notify('parlance_events', ${text})`);
  }
  await db.withTenant(tenant, async () => bus.announce(notice(tenant, 1)));
  expect(await listening.until(1)).toEqual([{ n: 1 }]);
});

test("a notice that is too large is refused where it is made", async () => {
  const tenant = newId();
  const large = { tenantId: tenant, topic: "large", data: { text: "é".repeat(4_000) } };
  await expect(db.withTenant(tenant, async () => bus.announce(large))).rejects.toThrow("large is too large");
  expect(() => bus.broadcast(large)).toThrow("large is too large");
});

test("an event's followers get their jobs in its transaction", async () => {
  const tenant = newId();
  const jobsOf = async () =>
    (
      await db
        .system()
        .execute(sql`select data from jobs.job where name = 'followers' order by (data->>'n')::int`)
    ).rows;
  const context = { tenantId: tenant, events: bus, jobs, followers };
  const rolledBack = db.withTenant(tenant, async (tx) => {
    await emit({ ...context, tx }, counted, { n: 1 });
    throw new Error("not after all");
  });
  await expect(rolledBack).rejects.toThrow("not after all");
  expect(await jobsOf()).toEqual([]);
  await db.withTenant(tenant, (tx) => emit({ ...context, tx }, counted, { n: 2 }));
  expect(await jobsOf()).toEqual([{ data: { tenantId: tenant, n: 2 } }]);
  await db.withTenant(tenant, async (tx) => {
    await emit({ ...context, tx }, counted, { n: 7 });
    expect((await tx.execute(sql`select current_user as role`)).rows).toEqual([{ role: "parlance_app" }]);
  });
  expect((await jobsOf()).slice(1)).toEqual([
    { data: { tenantId: tenant, n: 7 } },
    { data: { tenantId: tenant, n: 70 } },
  ]);
});

/** A bus that counts its subscriptions. */
function counting() {
  let open = 0;
  const wrapped: EventBus = {
    ...bus,
    subscribe(...args) {
      open++;
      const stop = bus.subscribe(...args);
      let stopped = false;
      return () => {
        if (!stopped) open--;
        stopped = true;
        stop();
      };
    },
  };
  return { bus: wrapped, open: () => open };
}

test("a stream of notices gives what came before it was read, in order, and ends on abort", async () => {
  const tenant = newId();
  const controller = new AbortController();
  const counter = counting();
  const stream = notices(counter.bus, tenant, counted, controller.signal);
  for (const n of [1, 2, 3]) bus.broadcast(notice(tenant, n));
  const read: number[] = [];
  for await (const { n } of stream) {
    read.push(n);
    if (n === 3) setImmediate(() => controller.abort()); // while the stream waits for a fourth
  }
  expect(read).toEqual([1, 2, 3]);
  expect(counter.open()).toBe(0);
});

test("a stream that is left, never read, or aborted before it began holds no subscription", async () => {
  const tenant = newId();
  const counter = counting();
  const left = notices(counter.bus, tenant, counted, new AbortController().signal);
  bus.broadcast(notice(tenant, 1));
  for await (const _ of left) break;
  expect(counter.open()).toBe(0);

  const controller = new AbortController();
  notices(counter.bus, tenant, counted, controller.signal);
  expect(counter.open()).toBe(1);
  controller.abort();
  expect(counter.open()).toBe(0);

  const never = notices(counter.bus, tenant, counted, AbortSignal.abort());
  expect(counter.open()).toBe(0);
  for await (const _ of never) expect.unreachable();
});

test("a reader that falls behind is told instead of missing any", async () => {
  const tenant = newId();
  const stream = notices(bus, tenant, counted, new AbortController().signal);
  for (let n = 0; n < 1_001; n++) bus.broadcast(notice(tenant, n));
  let read = 0;
  const reading = (async () => {
    for await (const { n } of stream) expect(n).toBe(read++);
  })();
  await expect(reading).rejects.toThrow("A listener of counted fell behind.");
  expect(read).toBe(1_000);
});

test.skipIf(!process.env.TEST_DATABASE_URL)("a lost listening connection is opened again", async () => {
  if (!db.url) throw new Error("This needs PostgreSQL.");
  const tenant = newId();
  const listening = hear(bus, tenant);
  const listeners = async () => {
    const { rows } = await db
      .system()
      .execute<{ pid: number }>(
        sql`select pid from pg_stat_activity where datname = current_database() and query = 'listen parlance_events'`,
      );
    return rows.map(({ pid }) => pid).sort();
  };
  const before = await listeners();
  expect(before.length).toBe(2);
  const admin = new pg.Client({ connectionString: db.url });
  await admin.connect();
  await admin.query("select pg_terminate_backend(pid) from unnest($1::int[]) pid", [before]);
  await admin.end();
  await expect
    .poll(async () => (await listeners()).filter((pid) => !before.includes(pid)).length, { timeout: 10_000 })
    .toBe(2);
  await db.withTenant(tenant, async () => bus.announce(notice(tenant, 1)));
  expect(await listening.until(1)).toEqual([{ n: 1 }]);
});
