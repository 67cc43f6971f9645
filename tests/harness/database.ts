import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { type Db, migrateDb, openDb } from "../../apps/server/src/platform/db/index.ts";

const migrations = fileURLToPath(new URL("../../apps/server/drizzle", import.meta.url));

/** Changes with the migrations, so that a stale template is never used. */
function schemaDigest(): string {
  const hash = createHash("sha256");
  for (const file of readdirSync(migrations).sort()) {
    if (file.endsWith(".sql")) hash.update(readFileSync(join(migrations, file)));
  }
  return hash.digest("hex").slice(0, 16);
}

/**
 * An empty, migrated database of a test file's own: embedded in memory by default, or a database on
 * the PostgreSQL server of TEST_DATABASE_URL. Both are copies of a template made once.
 */
export async function openTestDb(): Promise<Db> {
  const server = process.env.TEST_DATABASE_URL;
  return server ? openPostgres(server) : openEmbeddedTestDb();
}

/** The embedded one whatever TEST_DATABASE_URL says, for what is about it alone; `directory` keeps it on disk. */
export async function openEmbeddedTestDb(directory: string | null = null): Promise<Db> {
  return openDb({ directory, template: await embeddedTemplate() });
}

async function embeddedTemplate(): Promise<string> {
  const directory = join(tmpdir(), "parlance-test-templates");
  const template = join(directory, `${schemaDigest()}-slim.tar`);
  if (!existsSync(template)) {
    mkdirSync(directory, { recursive: true });
    const fresh = await openDb({ directory: null });
    await migrateDb(fresh);
    await dropTemplates(fresh);
    const partial = `${template}.${process.pid}`;
    writeFileSync(partial, await fresh.dump());
    renameSync(partial, template);
    await fresh.close();
  }
  return template;
}

/** PostgreSQL's own templates, from which nobody makes a database here: a third of what each test's database copies. */
async function dropTemplates(db: Db): Promise<void> {
  await db.pool.query("update pg_database set datistemplate = false where datname like 'template%'");
  for (const name of ["template0", "template1"]) await db.pool.query(`drop database ${name}`);
}

async function openPostgres(server: string): Promise<Db> {
  const template = `parlance_template_${schemaDigest()}`;
  const name = `${databasePrefix()}${crypto.randomUUID().replaceAll("-", "")}`;
  const admin = new pg.Client({ connectionString: server });
  await admin.connect();
  await admin.query("select pg_advisory_lock(7241002)");
  const known = await admin.query("select 1 from pg_database where datname = $1", [template]);
  if (known.rowCount === 0) {
    await admin.query(`create database ${template}_new`);
    const fresh = await openDb({ url: urlOf(server, `${template}_new`) });
    await migrateDb(fresh);
    await fresh.close();
    await admin.query(`alter database ${template}_new rename to ${template}`);
  }
  await admin.query(`create database ${name} template ${template}`);
  await admin.query("select pg_advisory_unlock(7241002)");
  await admin.end();
  const db = await openDb({ url: urlOf(server, name), poolSize: 6 });
  return {
    ...db,
    async close() {
      await db.close();
      const cleaner = new pg.Client({ connectionString: server });
      await cleaner.connect();
      await cleaner.query(`drop database if exists ${name} with (force)`);
      await cleaner.end();
    },
  };
}

/** What the names of a run's databases begin with; see left-overs.ts. */
export const databasePrefix = () => `parlance_test_${process.env.TEST_RUN ?? process.pid}_`;

function urlOf(server: string, database: string): string {
  const url = new URL(server);
  url.pathname = `/${database}`;
  url.searchParams.set("options", "-c synchronous_commit=off"); // no test outlives its server's machine
  return url.href;
}
