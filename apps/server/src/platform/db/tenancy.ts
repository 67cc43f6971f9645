import { AsyncLocalStorage } from "node:async_hooks";
import { sql } from "drizzle-orm";
import type { Database } from "./open.ts";

declare const ofTenant: unique symbol;

/** A transaction that runs as the application role with its tenant set: the only way to a tenant's rows. */
export type TenantTransaction = Parameters<Parameters<Database["transaction"]>[0]>[0] & {
  readonly [ofTenant]: true;
};

interface Current {
  tenantId: string;
  tx: TenantTransaction;
  asSystem: boolean;
  /** What `beforeCommit` was given. */
  last: (() => Promise<void>)[];
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

/** Runs `work` in one transaction as the application role, with the tenant set for row-level security. */
export async function withTenant<Result>(
  root: Database,
  tenantId: string,
  work: (tx: TenantTransaction) => Promise<Result>,
): Promise<Result> {
  if (current.getStore()) {
    throw new Error("A transaction is open already: pass its context on instead of opening a second one.");
  }
  return root.transaction(async (tx) => {
    await tx.execute(
      sql`select set_config('role', 'parlance_app', true), set_config('app.tenant_id', ${tenantId}, true)`,
    );
    if (!isTenantTransaction(tx)) throw new Error("unreachable");
    const last: Current["last"] = [];
    return current.run({ tenantId, tx, asSystem: false, last }, async () => {
      const result = await work(tx);
      for (const step of last) await step();
      return result;
    });
  });
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
  const takeRole = () => tx.execute(sql`select set_config('role', 'parlance_app', true)`);
  await tx.execute(sql`select set_config('role', 'none', true)`);
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

/** The open transaction, for the job queue's adapter on the one embedded connection. */
export function currentTransaction(): TenantTransaction | undefined {
  return current.getStore()?.tx;
}

/** Runs `work` as if no transaction were open: for timers and listeners started inside one. */
export function outsideTransaction<Result>(work: () => Result): Result {
  return current.run(undefined, work);
}
