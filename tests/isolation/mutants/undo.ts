import { sql } from "drizzle-orm";
import type { Db } from "../../../apps/server/src/platform/db/index.ts";
import { readTables } from "../rows.ts";

/** Keeps all rows as they are now, and notes in which tables something is written from then on. */
export async function createUndo(db: Db) {
  const system = db.system();
  await system.execute(sql`create schema kept`);
  await system.execute(sql`create table kept.touched (name text primary key)`);
  await system.execute(sql`
    create function kept.touch() returns trigger language plpgsql security definer as $$
    begin insert into kept.touched values (tg_table_name) on conflict do nothing; return null; end $$`);
  for (const { name } of await readTables(db)) {
    const table = sql.identifier(name);
    await system.execute(sql`create table kept.${table} as table public.${table}`);
    await system.execute(sql`
      create trigger touch after insert or update or delete on public.${table}
      for each statement execute function kept.touch()`);
  }
  async function touched(): Promise<ReadonlySet<string>> {
    const { rows } = await system.execute<{ name: string }>(sql`select name from kept.touched`);
    return new Set(rows.map(({ name }) => name));
  }

  return {
    /** The tables in which something was written since the last undo. */
    touched,
    /** Puts all rows back as they were kept. */
    async undo(): Promise<void> {
      const tables = await touched();
      if (tables.size === 0) return;
      await system.transaction(async (tx) => {
        await tx.execute(sql`set local session_replication_role = replica`); // no triggers, no order of keys
        for (const name of tables) {
          const table = sql.identifier(name);
          await tx.execute(sql`delete from public.${table}`);
          await tx.execute(sql`insert into public.${table} select * from kept.${table}`);
        }
        await tx.execute(sql`delete from kept.touched`);
      });
    },
  };
}
