import { AsyncLocalStorage } from "node:async_hooks";
import type { ExtractTablesWithRelations } from "drizzle-orm";
import { NodePgTransaction } from "drizzle-orm/node-postgres/session";
import { PgDialect } from "drizzle-orm/pg-core";
import pg from "pg";
import type { Database } from "./open.ts";
import { SteadySession } from "./steady.ts";

declare const ofTenant: unique symbol;

/** A transaction that runs as the application role with its tenant set: the only way to a tenant's rows. */
export type TenantTransaction = Parameters<Parameters<Database["transaction"]>[0]>[0] & {
  readonly [ofTenant]: true;
};

interface Current {
  tenantId: string;
  tx: TenantTransaction;
  client: pg.ClientBase;
  asSystem: boolean;
  /** What `beforeCommit` was given. */
  last: (() => Promise<void>)[];
  /** What `notifyAtCommit` was given, as calls of `pg_notify`. */
  notifications: string[];
}

/**
 * Which transaction is open here. It is a guard, not a way to pass the transaction: verbs get that in
 * their context. The embedded database has one connection, so a second one asked for inside a
 * transaction would wait for ever; with this the mistake is an error in both modes.
 */
const current = new AsyncLocalStorage<Current | undefined>();

function isTenantTransaction(
  _tx: Parameters<Parameters<Database["transaction"]>[0]>[0],
): _tx is TenantTransaction {
  return true; // called after role and tenant are set, nowhere else
}

type NoSchema = Record<string, never>;
type NoRelations = ExtractTablesWithRelations<NoSchema>;
const dialect = new PgDialect();
const quoted = (text: string) => pg.escapeLiteral(text);

/**
 * Runs `work` in one transaction as the application role, with the tenant set for row-level security. Where it begins
 * and where it ends is one statement to the database each, because everybody waits for these.
 */
export async function withTenant<Result>(
  pool: pg.Pool,
  tenantId: string,
  work: (tx: TenantTransaction) => Promise<Result>,
): Promise<Result> {
  if (current.getStore()) {
    throw new Error("A transaction is open already: pass its context on instead of opening a second one.");
  }
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query(
      `begin; select set_config('role', 'parlance_app', true), set_config('app.tenant_id', ${quoted(tenantId)}, true)`,
    );
    const session = new SteadySession(client, dialect);
    const tx = new NodePgTransaction<NoSchema, NoRelations>(dialect, session, undefined);
    if (!isTenantTransaction(tx)) throw new Error("unreachable");
    const store: Current = { tenantId, tx, client, asSystem: false, last: [], notifications: [] };
    const result = await current.run(store, async () => {
      const result = await work(tx);
      for (const step of store.last) await step();
      return result;
    });
    await commit(client, store.notifications);
    return result;
  } catch (error) {
    await client.query("rollback").catch((failure: Error) => {
      broken = failure; // its transaction may be open still: nobody else gets this connection
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/**
 * Throws where the database rolled back instead, as it does, without an error, after a failed statement whose error
 * somebody kept to themselves: nothing may be acknowledged that is not there.
 */
async function commit(client: pg.ClientBase, notifications: string[]): Promise<void> {
  if (notifications.length > 0) {
    await client.query(`select ${notifications.join(", ")}; commit`); // the first is refused then
    return;
  }
  const { command } = await client.query("commit");
  if (command !== "COMMIT")
    throw new Error("The transaction was rolled back: one of its statements had failed.");
}

/** Notifies whoever listens on the channel when the open transaction commits; nobody if it rolls back. */
export function notifyAtCommit(channel: string, payload: string): void {
  const store = current.getStore();
  if (!store) throw new Error("notifyAtCommit needs an open transaction.");
  store.notifications.push(`pg_notify(${quoted(channel)}, ${quoted(payload)})`);
}

/** Runs `work` in a savepoint of the open transaction: when it throws, what it wrote and notified is undone. */
export async function inSavepoint<Result>(work: () => Promise<Result>): Promise<Result> {
  const store = current.getStore();
  if (!store) throw new Error("inSavepoint needs an open transaction.");
  const { length } = store.notifications;
  try {
    return await store.tx.transaction(work);
  } catch (error) {
    store.notifications.length = length;
    throw error;
  }
}

/**
 * Runs `work` as the last thing of the open transaction, in its role and tenant; when it throws, nothing is
 * committed. For rows that all transactions of a tenant compete for: a lock that is taken last is held shortly
 * and waits in no circle.
 */
export function beforeCommit(work: () => Promise<void>): void {
  const store = current.getStore();
  if (!store) throw new Error("beforeCommit needs an open transaction.");
  store.last.push(work);
}

/** The database without a tenant, for the few named system queries. Throws inside a tenant's transaction. */
export function systemDatabase(root: Database): Database {
  if (current.getStore()) {
    throw new Error("The system's database was asked for inside a tenant's transaction.");
  }
  return root;
}

/**
 * Lifts the application role for `work` inside the same transaction, so that a job or a directory
 * entry commits or fails with the tenant's rows. The role is set again whatever happens. Await it
 * before any other statement of the transaction: one that runs beside it would run without the role.
 */
export async function asSystem<Result>(work: (tx: TenantTransaction) => Promise<Result>): Promise<Result> {
  const store = current.getStore();
  if (!store) throw new Error("asSystem needs an open transaction.");
  const { tx } = store;
  if (store.asSystem) return work(tx);
  const takeRole = () => store.client.query(takeBack);
  await store.client.query(lift);
  try {
    const result = await current.run({ ...store, asSystem: true }, () => work(tx));
    await takeRole();
    return result;
  } catch (error) {
    // After a failed statement Postgres refuses this one too, and every other until the transaction
    // or its savepoint ends, which takes the role back as well.
    await takeRole().catch(() => {});
    throw error;
  }
}

const lift = "select set_config('role', 'none', true)";
const takeBack = "select set_config('role', 'parlance_app', true)";

/**
 * The one statement of another library that is sent with each message: as by `asSystem`, but with the role lifted and set
 * again in the same round trip. Its parameters are texts, or null. What fails ends the transaction or its savepoint, and the
 * role with it.
 */
export async function statementAsSystem(
  text: string,
  values: readonly (string | null)[],
): Promise<Record<string, unknown>[]> {
  const store = current.getStore();
  if (!store) throw new Error("statementAsSystem needs an open transaction.");
  const whole = text.replace(/\$(\d+)/g, (_, number: string) => {
    const value = values[Number(number) - 1];
    if (value === undefined) throw new Error(`The statement has no parameter ${number}.`);
    return value === null ? "null" : quoted(value);
  });
  if (store.asSystem) return (await store.client.query<Record<string, unknown>>(whole)).rows;
  const answers: unknown = await store.client.query(`${lift};${whole};${takeBack}`);
  return Array.isArray(answers) ? (answers[1]?.rows ?? []) : []; // one result of each statement
}

/** The open transaction, for the job queue's adapter on the one embedded connection. */
export function currentTransaction(): TenantTransaction | undefined {
  return current.getStore()?.tx;
}

/** Runs `work` as if no transaction were open: for timers and listeners started inside one. */
export function outsideTransaction<Result>(work: () => Result): Result {
  return current.run(undefined, work);
}
