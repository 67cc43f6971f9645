import { and, asc, eq } from "drizzle-orm";
import { isAppError } from "../../platform/errors/index.ts";
import type { Ctx, ModelConnection, TxCtx } from "../../ports/index.ts";
import { permissionsOf } from "../identity/index.ts";
import type { Provider, Purpose } from "./models.schema.ts";
import { modelConnections } from "./models.tables.ts";

export type ConnectionRow = typeof modelConnections.$inferSelect;

/** A tenant's connections, of one purpose where that is said, in the order in which they were made. */
export function connectionRows(ctx: TxCtx, purpose?: Purpose): Promise<ConnectionRow[]> {
  return ctx.tx
    .select()
    .from(modelConnections)
    .where(
      and(
        eq(modelConnections.tenantId, ctx.tenantId),
        purpose ? eq(modelConnections.purpose, purpose) : undefined,
      ),
    )
    .orderBy(asc(modelConnections.createdAt), asc(modelConnections.provider));
}

/** Those of providers that an administrator of the installation lets the tenant use: whose models are asked. */
export async function usableConnections(ctx: TxCtx, purpose?: Purpose): Promise<ConnectionRow[]> {
  const { modelProviders: allowed } = await permissionsOf(ctx);
  const rows = await connectionRows(ctx, purpose);
  return allowed === null ? rows : rows.filter(({ provider }) => allowed.includes(provider));
}

/** One connection by its key. */
export function thisConnection(ctx: TxCtx, { provider, purpose }: { provider: Provider; purpose: Purpose }) {
  return and(
    eq(modelConnections.tenantId, ctx.tenantId),
    eq(modelConnections.purpose, purpose),
    eq(modelConnections.provider, provider),
  );
}

/** What keys are sealed for; one that was sealed for anything else does not open as one. */
const sealPurpose = "model-key";

export function sealKey(ctx: Pick<Ctx, "vault" | "tenantId">, apiKey: string): string {
  return ctx.vault.seal(ctx.tenantId, sealPurpose, apiKey);
}

/** How the connection's model is asked; null when its key does not open, because the secret was lost. */
export function openConnection(
  ctx: Pick<Ctx, "vault" | "tenantId">,
  { provider, baseUrl, model, sealedKey }: ConnectionRow,
): ModelConnection | null {
  try {
    return { provider, baseUrl, model, apiKey: ctx.vault.open(ctx.tenantId, sealPurpose, sealedKey) };
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}
