import { sql } from "drizzle-orm";
import type { TestServer } from "./server.ts";

/** The furthest that the clock is put forward at once. Jobs of later are meant for another day. */
const furthest = 60;

/**
 * Lets a server's jobs wait for nothing: whoever waits for them calls `skip` while they wait. Where the next job is due later
 * (a retry, the next look at a site), the server's clock is put forward to that moment and the job is due at once. Its clock
 * goes on from there; for each who begins here it is right again.
 */
export function skipWaits({ services }: Pick<TestServer, "services">): { skip(): Promise<void> } {
  const clock = clocks.get(services) ?? services.now;
  clocks.set(services, clock);
  services.now = clock;
  let ahead = 0;
  return {
    async skip() {
      const { rows } = await services.db.system().execute<{ seconds: number }>(sql`
        select extract(epoch from min(start_after) - jobs.job_now())::float8 as seconds from jobs.job
        where state < 'active' and start_after > jobs.job_now()
          and start_after < jobs.job_now() + ${furthest} * interval '1 second'`);
      const seconds = rows[0]?.seconds ?? null;
      if (seconds === null) return;
      ahead += Math.ceil(seconds * 1000);
      services.now = () => new Date(clock().getTime() + ahead); // before the job may run
      await services.db.system().execute(sql`
        with due as (
          update jobs.job set start_after = jobs.job_now()
          where state < 'active' and start_after > jobs.job_now()
            and start_after <= jobs.job_now() + ${seconds} * interval '1 second'
          returning name
        )
        select pg_notify(${channel}, name) from due`);
    },
  };
}

/** What a server's clock was before it was first put forward. */
const clocks = new WeakMap<TestServer["services"], TestServer["services"]["now"]>();

/** Where pg-boss hears of new jobs of the schema `jobs`. */
const channel = sql`'pgboss_' || left(encode(sha224('jobs'::bytea), 'hex'), 24)`;
