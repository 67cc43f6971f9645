import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import pg from "pg";
import { databasePrefix } from "./database.ts";

/**
 * Begins a run of tests and clears up after it: what servers that were shared to the end, or died, left in the
 * temporary folder and on the PostgreSQL server.
 */
export default function setup(): () => Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "parlance-tests-"));
  process.env.TEST_RUN = basename(directory).replace("parlance-tests-", "").toLowerCase();
  process.env.TEST_DIRECTORY = directory;
  return async () => {
    rmSync(directory, { recursive: true, force: true });
    if (process.env.TEST_DATABASE_URL) await dropDatabases(process.env.TEST_DATABASE_URL);
  };
}

async function dropDatabases(server: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  const left = await client.query<{ datname: string }>(
    "select datname from pg_database where starts_with(datname, $1)",
    [databasePrefix()],
  );
  for (const { datname } of left.rows) await client.query(`drop database "${datname}" with (force)`);
  await client.end();
}
