import { and, eq, lt } from "drizzle-orm";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { ssoAttempts, ssoConnections } from "./sso.tables.ts";

export type ConnectionRow = typeof ssoConnections.$inferSelect;

/** The tenant's connection, or null. */
export async function findConnection(
  ctx: TxCtx,
  { lock = false }: { lock?: boolean } = {},
): Promise<ConnectionRow | null> {
  const query = ctx.tx.select().from(ssoConnections).where(eq(ssoConnections.tenantId, ctx.tenantId));
  const [row] = await (lock ? query.for("update") : query);
  return row ?? null;
}

/** The tenant's connection; throws NOT_FOUND. */
export async function getConnection(ctx: TxCtx, options: { lock?: boolean } = {}): Promise<ConnectionRow> {
  const row = await findConnection(ctx, options);
  if (!row) throw notFound("A single sign-on connection");
  return row;
}

/** Whether people can sign in by it now. */
export function isOn(row: Pick<ConnectionRow, "enabled" | "domainVerifiedAt">): boolean {
  return row.enabled && row.domainVerifiedAt !== null;
}

/** By what people's accounts know the connection. */
export function providerIdOf({ id }: Pick<ConnectionRow, "id">): string {
  return `sso:${id}`;
}

export async function putConnection(
  ctx: TxCtx,
  values: Omit<typeof ssoConnections.$inferInsert, "tenantId">,
): Promise<ConnectionRow> {
  const [row] = await ctx.tx
    .insert(ssoConnections)
    .values({ tenantId: ctx.tenantId, ...values })
    .onConflictDoUpdate({ target: ssoConnections.tenantId, set: values })
    .returning();
  if (!row) throw new Error("The connection was not written.");
  return row;
}

/** Changes the connection that was read, unless another provider or domain took its place meanwhile. */
export async function changeConnection(
  ctx: TxCtx,
  { id, domain }: Pick<ConnectionRow, "id" | "domain">,
  set: Partial<Omit<ConnectionRow, "tenantId" | "id">>,
): Promise<boolean> {
  const changed = await ctx.tx
    .update(ssoConnections)
    .set(set)
    .where(
      and(
        eq(ssoConnections.tenantId, ctx.tenantId),
        eq(ssoConnections.id, id),
        eq(ssoConnections.domain, domain),
      ),
    )
    .returning({ id: ssoConnections.id });
  return changed.length > 0;
}

export async function removeConnection(ctx: TxCtx): Promise<void> {
  await ctx.tx.delete(ssoConnections).where(eq(ssoConnections.tenantId, ctx.tenantId));
}

/** Removes attempts that can be used for nothing any more. */
export async function tidyAttempts(ctx: TxCtx): Promise<void> {
  await ctx.tx
    .delete(ssoAttempts)
    .where(and(eq(ssoAttempts.tenantId, ctx.tenantId), lt(ssoAttempts.expiresAt, ctx.now())));
}
