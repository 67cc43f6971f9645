import { and, asc, count, desc, eq, inArray } from "drizzle-orm";
import { isAppError } from "../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../ports/index.ts";
import { communicationConnections, communicationMessages } from "./communication.tables.ts";
import type { ConnectionKind, MessageStatus } from "./communication.types.ts";
import type { ClosedConnection } from "./kinds/kind.ts";

export type ConnectionRow = typeof communicationConnections.$inferSelect;
export type MessageRow = typeof communicationMessages.$inferSelect;

export function connectionRows(ctx: TxCtx): Promise<ConnectionRow[]> {
  return ctx.tx
    .select()
    .from(communicationConnections)
    .where(eq(communicationConnections.tenantId, ctx.tenantId))
    .orderBy(asc(communicationConnections.kind));
}

/** One connection by its key. */
export function thisKind(ctx: TxCtx, kind: ConnectionKind) {
  return and(eq(communicationConnections.tenantId, ctx.tenantId), eq(communicationConnections.kind, kind));
}

/** Of a connection that the caller will change or remove: its row is locked. */
export async function findConnection(
  ctx: TxCtx,
  kind: ConnectionKind,
  { lock = false }: { lock?: boolean } = {},
): Promise<ConnectionRow | null> {
  const query = ctx.tx.select().from(communicationConnections).where(thisKind(ctx, kind));
  const [row] = lock ? await query.for("update") : await query;
  return row ?? null;
}

const sealPurpose = "communication-credentials";

export function sealCredentials(ctx: Pick<Ctx, "vault" | "tenantId">, credentials: unknown): string {
  return ctx.vault.seal(ctx.tenantId, sealPurpose, JSON.stringify(credentials));
}

/** With its credentials open; null where they do not open, because the server's secret was lost. */
export function unseal(
  ctx: Pick<Ctx, "vault" | "tenantId">,
  { kind, name, settings, sealedCredentials, updatedAt }: ConnectionRow,
): ClosedConnection | null {
  try {
    const credentials: unknown = JSON.parse(ctx.vault.open(ctx.tenantId, sealPurpose, sealedCredentials));
    return { kind, name, settings, credentials, updatedAt };
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

/** A page of what was sent, the newest first, and how much there is. */
export async function pageOfMessages(
  ctx: TxCtx,
  filter: {
    page: number;
    pageSize: number;
    kind?: ConnectionKind | undefined;
    status?: MessageStatus[] | undefined;
  },
): Promise<{ rows: MessageRow[]; total: number }> {
  const where = and(
    eq(communicationMessages.tenantId, ctx.tenantId),
    filter.kind ? eq(communicationMessages.kind, filter.kind) : undefined,
    filter.status ? inArray(communicationMessages.status, filter.status) : undefined,
  );
  const [totals] = await ctx.tx.select({ n: count() }).from(communicationMessages).where(where);
  const rows = await ctx.tx
    .select()
    .from(communicationMessages)
    .where(where)
    .orderBy(desc(communicationMessages.createdAt), desc(communicationMessages.id))
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize);
  return { rows, total: totals?.n ?? 0 };
}
