import { sql } from "drizzle-orm";
import type { Db } from "../../../apps/server/src/platform/db/index.ts";
import { readTables } from "../rows.ts";

/** Keeps all rows as they are now, and notes in which tables something is written from then on. */
export async function createUndo(db: Db) {
  const tables = (await readTables(db)).map(({ name }) => name);
  await db.system().execute(sql`create schema kept`);
  await db.system().execute(sql`create table kept.touched (name text primary key)`);
  await db.system().execute(sql`
    create function kept.touch() returns trigger language plpgsql security definer as $$
    begin insert into kept.touched values (tg_table_name) on conflict do nothing; return null; end $$`);
  for (const name of tables) {
    const table = sql.identifier(name);
    await db.system().execute(sql`create table kept.${table} as table public.${table}`);
    await db.system().execute(sql`
      create trigger touch after insert or update or delete or truncate on public.${table}
      for each statement execute function kept.touch()`);
  }

  /** The tables in which something was written since the last undo. */
  async function touched(): Promise<string[]> {
    const { rows } = await db
      .system()
      .execute<{ name: string }>(sql`select name from kept.touched order by 1`);
    return rows.map(({ name }) => name);
  }

  return {
    touched,
    /** Puts all rows back as they were kept. */
    async undo(): Promise<void> {
      const names = await touched();
      if (names.length === 0) return;
      await db.system().transaction(async (tx) => {
        await tx.execute(sql`set local session_replication_role = replica`); // no triggers, no order of keys
        for (const name of names) {
          const table = sql.identifier(name);
          await tx.execute(sql`delete from public.${table}`);
          await tx.execute(
            sql`insert into public.${table} overriding system value select * from kept.${table}`,
          );
        }
        await tx.execute(sql`delete from kept.touched`);
      });
    },
  };
}

export type Undo = Awaited<ReturnType<typeof createUndo>>;
