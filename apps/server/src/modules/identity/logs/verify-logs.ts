import { and, asc, count, eq, gt, isNull, lte, max, min } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import type { Verification } from "../audit.schema.ts";
import { assertCan } from "../identity.policy.ts";
import { auditLog } from "../identity.tables.ts";
import { logHeads } from "../security.tables.ts";
import { type Head, hashOf, type LogName, openHead, tables, thisHead } from "./chain.ts";

/** Rows that are read at once: each batch is a transaction of its own, so that others get their turn. */
const batchSize = 2_000;

/** Whether the tenant's logs are as they were written. */
export async function verifyLogs(
  ctx: Ctx,
): Promise<{ auditLog: Verification; securityEvents: Verification }> {
  assertCan(ctx.actor, "read audit log");
  return {
    auditLog: await verifyLog(ctx, "audit_log"),
    securityEvents: await verifyLog(ctx, "security_events"),
  };
}

/** Goes through one of the tenant's logs from its first number to its last, and says what is wrong first. */
async function verifyLog(ctx: Ctx, log: LogName): Promise<Verification> {
  const { head, unnumbered, fault: atOnce } = await inTx(ctx, (ctx) => beginning(ctx, log));
  if (atOnce) return { intact: false, entries: 0, unnumbered, fault: atOnce };
  let last: Head = { sequence: 0, hash: "" };
  let fault: Verification["fault"] = null;
  while (!fault && last.sequence < head.sequence) {
    const rows = await inTx(ctx, (ctx) => readRows(ctx, log, last.sequence, head.sequence));
    if (rows.length === 0) fault = { sequence: last.sequence + 1, reason: "cut off" };
    for (const { hash, ...row } of rows) {
      const sequence = last.sequence + 1;
      if (row.sequence !== sequence) fault = { sequence, reason: "missing" };
      else if (hash !== hashOf(last.hash, row)) fault = { sequence, reason: "changed" };
      if (fault) break;
      last = { sequence, hash: hash ?? "" };
    }
  }
  if (!fault && last.hash !== head.hash) fault = { sequence: head.sequence, reason: "changed" };
  return { intact: fault === null, entries: last.sequence, unnumbered, fault };
}

/** The log's sealed head, and what can be said without going through the log. */
async function beginning(ctx: TxCtx, log: LogName) {
  const [sealed] = await ctx.tx.select().from(logHeads).where(thisHead(ctx, log));
  const { last, firstAt } = await numbersOf(ctx, log);
  const { unnumbered, latestAt } = await unnumberedOf(ctx, log);
  const none: Head = { sequence: 0, hash: "" };
  const head = sealed ? openHead(ctx, log, sealed.sealedHead) : last === 0 ? none : null;
  const fault = (sequence: number, reason: NonNullable<Verification["fault"]>["reason"]) => ({
    head: none,
    unnumbered,
    fault: { sequence, reason },
  });
  if (!head) return fault(last, "unsealed");
  if (last > head.sequence) return fault(head.sequence + 1, "added");
  if (latestAt && firstAt && latestAt > firstAt) return fault(0, "added");
  return { head, unnumbered, fault: null };
}

async function numbersOf(ctx: TxCtx, log: LogName): Promise<{ last: number; firstAt: Date | null }> {
  const table = tables[log];
  const ofTenant = eq(table.tenantId, ctx.tenantId);
  const [ends] = await ctx.tx
    .select({ first: min(table.sequence), last: max(table.sequence) })
    .from(table)
    .where(ofTenant);
  if (!ends?.first || !ends.last) return { last: 0, firstAt: null };
  const [first] = await ctx.tx
    .select({ at: table.createdAt })
    .from(table)
    .where(and(ofTenant, eq(table.sequence, ends.first)));
  return { last: ends.last, firstAt: first?.at ?? null };
}

/** Only the audit log is older than the numbers. */
async function unnumberedOf(
  ctx: TxCtx,
  log: LogName,
): Promise<{ unnumbered: number; latestAt: Date | null }> {
  if (log !== "audit_log") return { unnumbered: 0, latestAt: null };
  const [row] = await ctx.tx
    .select({ unnumbered: count(), latestAt: max(auditLog.createdAt) })
    .from(auditLog)
    .where(and(eq(auditLog.tenantId, ctx.tenantId), isNull(auditLog.sequence)));
  return row ?? { unnumbered: 0, latestAt: null };
}

async function readRows(ctx: TxCtx, log: LogName, after: number, until: number) {
  const table = tables[log];
  return ctx.tx
    .select()
    .from(table)
    .where(and(eq(table.tenantId, ctx.tenantId), gt(table.sequence, after), lte(table.sequence, until)))
    .orderBy(asc(table.sequence))
    .limit(batchSize);
}
