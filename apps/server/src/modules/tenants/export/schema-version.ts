import { sql } from "drizzle-orm";
import type { Db } from "../../../platform/db/index.ts";

/** Which migrations the database has: how many, and the hash of the last. Named system query. */
export async function schemaVersion(db: Db): Promise<{ migrations: number; hash: string }> {
  const { rows } = await db.system().execute<{ migrations: number; hash: string }>(sql`
    select count(*)::int as migrations, (array_agg(hash order by id desc))[1] as hash
    from drizzle.__drizzle_migrations`);
  return { migrations: rows[0]?.migrations ?? 0, hash: rows[0]?.hash ?? "" };
}
