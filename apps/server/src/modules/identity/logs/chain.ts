import { and, eq, max } from "drizzle-orm";
import { z } from "zod";
import { sha256Hex } from "../../../platform/crypto/index.ts";
import { beforeCommit, type TenantTransaction } from "../../../platform/db/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { auditLog } from "../identity.tables.ts";
import { logHeads, securityEvents } from "../security.tables.ts";

/*
 * Each tenant's rows of a log are numbered without a gap, and each carries a hash over itself and the hash before
 * it. Number and hash of the last one stand sealed in `log_heads`. So a row that was changed, removed or put in
 * is seen, also at the end, and also when whoever did it may write to the database: they lack the server's key.
 * `verifyLogs` (verify-logs.ts) looks.
 */

export const tables = { audit_log: auditLog, security_events: securityEvents };
export type LogName = keyof typeof tables;

/** A row as it stands in its log, without what the chain adds. */
export type Entry<Name extends LogName> = Omit<(typeof tables)[Name]["$inferInsert"], "sequence" | "hash">;

const headSchema = z.object({ sequence: z.number().int(), hash: z.string() });
export type Head = z.infer<typeof headSchema>;

type AuditRow = Entry<"audit_log">;
type SecurityRow = Entry<"security_events">;

interface Waiting {
  audit: AuditRow[];
  security: SecurityRow[];
}

const waiting = new WeakMap<TenantTransaction, Waiting>();

/** Adds a row to the tenant's audit log when the transaction ends. */
export function appendAudit(ctx: TxCtx, row: AuditRow): void {
  waitingOf(ctx).audit.push(row);
}

/** Adds a row to the tenant's security events when the transaction ends. */
export function appendSecurityEvent(ctx: TxCtx, row: SecurityRow): void {
  waitingOf(ctx).security.push(row);
}

/**
 * Rows are written as the last thing of their transaction: what is numbered without gaps is written by one
 * transaction after the other, and nobody shall wait for that longer than for a commit.
 */
function waitingOf(ctx: TxCtx): Waiting {
  const known = waiting.get(ctx.tx);
  if (known) return known;
  const rows: Waiting = { audit: [], security: [] };
  waiting.set(ctx.tx, rows);
  beforeCommit(async () => {
    waiting.delete(ctx.tx);
    // always in this order, so that no two transactions wait for each other
    if (rows.audit.length > 0) {
      await ctx.tx.insert(auditLog).values(await chain(ctx, "audit_log", rows.audit));
    }
    if (rows.security.length > 0) {
      await ctx.tx.insert(securityEvents).values(await chain(ctx, "security_events", rows.security));
    }
  });
  return rows;
}

/** The entries with their numbers and hashes; the log's head is moved on to the last of them. */
async function chain<Row extends object>(ctx: TxCtx, log: LogName, entries: Row[]) {
  let head = await lockHead(ctx, log);
  const rows = entries.map((entry) => {
    const sequence = head.sequence + 1;
    head = { sequence, hash: hashOf(head.hash, { ...entry, sequence }) };
    return { ...entry, ...head };
  });
  await ctx.tx
    .update(logHeads)
    .set({ sealedHead: sealHead(ctx, log, head) })
    .where(thisHead(ctx, log));
  return rows;
}

/** The log's head, locked until the transaction ends. */
async function lockHead(ctx: TxCtx, log: LogName): Promise<Head> {
  const { tenantId } = ctx;
  await ctx.tx
    .insert(logHeads)
    .values({ tenantId, log, sealedHead: sealHead(ctx, log, { sequence: 0, hash: "" }) })
    .onConflictDoNothing();
  const [row] = await ctx.tx.select().from(logHeads).where(thisHead(ctx, log)).for("update");
  const head = row && openHead(ctx, log, row.sealedHead);
  const last = head?.sequence ? null : await lastNumber(ctx, log);
  // A head that somebody removed or wrote themselves: the log goes on, and the break stays to be seen.
  if (last) return { sequence: last, hash: "" };
  return head ?? { sequence: 0, hash: "" };
}

async function lastNumber(ctx: TxCtx, log: LogName): Promise<number | null> {
  const table = tables[log];
  const [last] = await ctx.tx
    .select({ sequence: max(table.sequence) })
    .from(table)
    .where(eq(table.tenantId, ctx.tenantId));
  return last?.sequence ?? null;
}

export const thisHead = ({ tenantId }: TxCtx, log: LogName) =>
  and(eq(logHeads.tenantId, tenantId), eq(logHeads.log, log));

export function sealHead(ctx: TxCtx, log: LogName, head: Head): string {
  return ctx.vault.seal(ctx.tenantId, `head of ${log}`, JSON.stringify(head));
}

/** Null for what no known secret sealed. */
export function openHead(ctx: TxCtx, log: LogName, sealed: string): Head | null {
  try {
    return headSchema.parse(JSON.parse(ctx.vault.open(ctx.tenantId, `head of ${log}`, sealed)));
  } catch {
    return null;
  }
}

/** Over everything that stands in the row. What is absent and what is null count alike: a column holds both as null. */
export function hashOf(before: string, row: object): string {
  const filled = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
  return sha256Hex(`${before}\n${JSON.stringify(ordered(JSON.parse(JSON.stringify(filled))))}`);
}

/** The value with every object's keys in one order: `jsonb` keeps none. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(fields.map(([key, field]) => [key, ordered(field)]));
}
