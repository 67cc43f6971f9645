import { openDb } from "../../index.ts";

/*
 * A process of its own that owns the data directory of its argument, for tests that kill it. It prints
 * the rows that it finds in the table `kept` as JSON, then adds rows without end and prints a row's
 * number once its commit is acknowledged: what is printed must never be lost.
 */
const [directory] = process.argv.slice(2);
if (!directory) throw new Error("Say which directory.");
const db = await openDb({ directory });
await db.pool.query("create table if not exists kept (number int primary key, length int, value text)");
await db.pool.query("reindex table kept"); // fails where index and table disagree on a unique number
const { rows } = await db.pool.query<{ number: number }>(
  "select number, length(value) = length as whole from kept order by number",
);
process.stdout.write(`${JSON.stringify(rows)}\n`);
for (let number = rows.length; ; number++) {
  const length = (number * 37) % 9_000;
  await db.pool.query("insert into kept values ($1, $2, repeat('x', $2))", [number, length]);
  process.stdout.write(`${number}\n`);
}
