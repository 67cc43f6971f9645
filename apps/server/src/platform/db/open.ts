import { EventEmitter } from "node:events";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import pg from "pg";
import { type EmbeddedDatabase, startEmbedded } from "./embedded/index.ts";
import { systemDatabase, type TenantTransaction, withTenant } from "./tenancy.ts";

export type Database = NodePgDatabase;

/** One database, embedded or PostgreSQL: the same type, the same SQL, the same results. */
export interface Db {
  readonly embedded: boolean;
  /** Present for PostgreSQL: where job queue and listeners open connections of their own. */
  readonly url: string | null;
  readonly pool: pg.Pool;
  /** Notifications of the pooled connections by channel; the embedded database listens here. */
  readonly notifications: EventEmitter;
  /** Every tenant query runs inside this. */
  withTenant<Result>(tenantId: string, work: (tx: TenantTransaction) => Promise<Result>): Promise<Result>;
  /** For global tables and the few named system queries only. */
  system(): Database;
  /** Embedded only: the data directory as a tar file. */
  dump(): Promise<Uint8Array>;
  close(): Promise<void>;
}

export type DbOptions = { url: string; poolSize?: number } | { directory: string | null; template?: string };

/** Opens PostgreSQL by `url`, or the embedded database in `directory` (null: in memory). */
export async function openDb(options: DbOptions): Promise<Db> {
  let embedded: EmbeddedDatabase | null = null;
  let pool: pg.Pool;
  if ("url" in options) {
    pool = new pg.Pool({
      connectionString: options.url,
      max: options.poolSize ?? 10,
      connectionTimeoutMillis: 10_000,
    });
  } else {
    const started = await startEmbedded(options);
    embedded = started;
    pool = new pg.Pool({
      stream: () => started.connection(),
      user: "postgres",
      database: "postgres",
      max: 1,
      idleTimeoutMillis: 0,
      connectionTimeoutMillis: 30_000,
    });
  }
  keepConnectionsAfterErrors(pool);
  const notifications = new EventEmitter().setMaxListeners(0);
  pool.on("error", () => {}); // an idle connection was lost: the pool opens another when asked
  pool.on("connect", (client) => {
    client.on("notification", (message) => notifications.emit(message.channel, message.payload ?? ""));
  });
  const root = drizzle(pool);
  return {
    embedded: embedded !== null,
    url: "url" in options ? options.url : null,
    pool,
    notifications,
    withTenant: (tenantId, work) => withTenant(pool, tenantId, work),
    system: () => systemDatabase(root),
    async dump() {
      if (!embedded) throw new Error("Only the embedded database can be dumped here; use pg_dump.");
      return embedded.dump();
    },
    async close() {
      await pool.end();
      await embedded?.close();
    },
  };
}

/**
 * `pool.query` closes its connection on every SQL error; connecting and releasing does not. Replaced
 * here because Drizzle calls it, and because the embedded connection is too dear to lose.
 */
function keepConnectionsAfterErrors(pool: pg.Pool): void {
  const query = async (...args: [string | pg.QueryConfig, unknown[]?]) => {
    const client = await pool.connect();
    try {
      return await client.query(...args);
    } finally {
      client.release();
    }
  };
  Object.assign(pool, { query });
}
