import { sql } from "drizzle-orm";
import type { Db } from "../db/index.ts";
import type { Log } from "../log/index.ts";

/** Milliseconds between two looks. */
const pause = 2_000;

/**
 * Calls `wake` with each of these queues that has a job whose time has come, every 2 seconds. Retries and jobs for later
 * are announced by nobody, and each queue's workers looking for themselves would be dozens of statements where this is one.
 */
export function wakeDue(
  db: Db,
  { queues, wake, log }: { queues: () => string[]; wake: (queue: string) => void; log: Log },
): { stop(): Promise<void> } {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let look: Promise<void> = Promise.resolve();

  async function lookOnce(): Promise<void> {
    const names = queues();
    if (names.length > 0) for (const name of await dueQueues(db, names)) if (!stopped) wake(name);
  }
  function next(): void {
    timer = setTimeout(() => {
      look = lookOnce()
        .catch((error: unknown) => log.error({ error }, "jobs whose time has come could not be looked for"))
        .then(() => {
          if (!stopped) next();
        });
    }, pause);
  }
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await look;
    },
  };
}

/** Named system query: jobs are of no tenant until they are taken. One probe of an index for each queue. */
async function dueQueues(db: Db, names: readonly string[]): Promise<string[]> {
  const { rows } = await db.system().execute<{ name: string }>(sql`
    select name from unnest(${sql.param(names)}::text[]) as queue (name)
    where exists (
      select from jobs.job
      where job.name = queue.name and state < 'active' and not blocked and start_after <= jobs.job_now()
    )`);
  return rows.map(({ name }) => name);
}
