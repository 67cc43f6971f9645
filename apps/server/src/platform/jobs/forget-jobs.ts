import { sql } from "drizzle-orm";
import { asSystem } from "../db/index.ts";

/**
 * Takes what was said out of the jobs that name one of these ids: done ones are only kept as a history, and go; of those
 * that wait or run, the `reason` that they carry is replaced. In the caller's transaction. Named system query.
 */
export async function forgetJobsOf(ids: string[], replacement: string): Promise<void> {
  await asSystem(async (tx) => {
    for (const id of ids) {
      const named = sql`strpos(data::text, ${id}) > 0`;
      await tx.execute(
        sql`delete from jobs.job where state in ('completed', 'cancelled', 'failed') and ${named}`,
      );
      await tx.execute(sql`
        update jobs.job set data = jsonb_set(data, '{reason}', to_jsonb(${replacement}::text))
        where ${named} and data->>'reason' is not null`);
    }
  });
}
