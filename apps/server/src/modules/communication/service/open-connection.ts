import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { type ConnectionRow, findConnection, thisKind, unseal } from "../communication.queries.ts";
import { communicationConnections } from "../communication.tables.ts";
import type { ConnectionKind } from "../communication.types.ts";
import { kinds } from "../kinds/index.ts";
import type { ClosedConnection, Connection, Kind, Settings } from "../kinds/kind.ts";

export const notConnected = {
  unreadable:
    "The saved credentials cannot be read, because the server's secret has changed. Connect it again.",
};

/** The kind of that name. Throws UNAVAILABLE for one that nothing speaks to yet. */
export function theKind(name: ConnectionKind): Kind<Settings, unknown> {
  const kind = kinds[name];
  if (kind) return kind;
  throw new AppError("UNAVAILABLE", `This version cannot connect ${name}.`);
}

/** A row with its credentials open. Throws CONFLICT where they do not open: somebody must enter them again. */
export function usable(ctx: Pick<Ctx, "vault" | "tenantId">, row: ConnectionRow): ClosedConnection {
  const connection = unseal(ctx, row);
  if (connection) return connection;
  throw new AppError("CONFLICT", notConnected.unreadable);
}

/**
 * The tenant's connection of a kind, with its credentials, for whoever speaks to the provider; null where there is none.
 * Throws CONFLICT where the credentials do not open. Called in a transaction; the provider is asked outside it.
 */
export async function connectionOf<Kept extends Settings, Credentials>(
  ctx: TxCtx,
  kind: Kind<Kept, Credentials>,
): Promise<Connection<Kept, Credentials> | null> {
  const row = await findConnection(ctx, kind.kind);
  return row ? kind.open(usable(ctx, row)) : null;
}

/** How a connection fared: that it works, or why it does not, in words for whoever connected it. */
export type ConnectionReport = { works: true } | { works: false; error: string };

/**
 * Keeps how a connection fared, where that is news. What is said of credentials that were replaced or removed meanwhile
 * changes nothing.
 */
export async function reportConnection(
  ctx: Ctx,
  { kind, updatedAt }: Pick<Connection<unknown, unknown>, "kind" | "updatedAt">,
  report: ConnectionReport,
): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const row = await findConnection(ctx, kind);
    const lastError = report.works ? null : report.error.slice(0, 500);
    const status = report.works ? "connected" : "failing";
    if (!row || (row.status === status && row.lastError === lastError)) return;
    const [changed] = await ctx.tx
      .update(communicationConnections)
      .set({ status, lastError, lastErrorAt: report.works ? null : ctx.now() })
      .where(and(thisKind(ctx, kind), eq(communicationConnections.updatedAt, updatedAt)))
      .returning({ kind: communicationConnections.kind });
    if (!changed) return;
    await recordAudit(ctx, {
      action: report.works ? "communication.recovered" : "communication.failing",
      subjectType: "connection",
      subjectId: kind,
      before: { status: row.status, lastError: row.lastError },
      after: { status, lastError },
    });
  });
}
