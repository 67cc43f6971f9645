import { and, count, desc, eq, isNull } from "drizzle-orm";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { bots } from "../bots/bots.tables.ts";
import { namesOf } from "../identity/index.ts";
import type { ApiKey } from "./api-keys.schema.ts";
import { apiKeys } from "./api-keys.tables.ts";
import { prefixOf } from "./key-format.ts";

export type ApiKeyRow = typeof apiKeys.$inferSelect;

/** Keys that a list shows at most: every active one, and the latest of the others. */
const listLength = 200;

export async function findApiKey(ctx: TxCtx, id: string): Promise<ApiKeyRow> {
  const [row] = await ctx.tx
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, ctx.tenantId), eq(apiKeys.id, id)))
    .for("update");
  if (!row) throw notFound("The API key");
  return row;
}

export async function countKeys(ctx: TxCtx): Promise<number> {
  const [row] = await ctx.tx
    .select({ n: count() })
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, ctx.tenantId), isNull(apiKeys.revokedAt)));
  return row?.n ?? 0;
}

/** Newest first; those that were revoked after all others. */
export async function listKeyRows(ctx: TxCtx): Promise<ApiKeyRow[]> {
  return ctx.tx
    .select()
    .from(apiKeys)
    .where(eq(apiKeys.tenantId, ctx.tenantId))
    .orderBy(desc(isNull(apiKeys.revokedAt)), desc(apiKeys.createdAt), desc(apiKeys.id))
    .limit(listLength);
}

/** What callers see of keys: never a hash. */
export async function describeKeys(ctx: TxCtx, rows: ApiKeyRow[]): Promise<ApiKey[]> {
  const people = await namesOf(
    ctx,
    rows.map((row) => row.createdBy),
  );
  const named = rows.some((row) => row.botId)
    ? await ctx.tx.select({ id: bots.id, name: bots.name }).from(bots).where(eq(bots.tenantId, ctx.tenantId))
    : [];
  const botNames = new Map(named.map((bot) => [bot.id, bot.name]));
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: prefixOf(row.publicPart),
    permissions: row.permissions,
    bot: row.botId ? { id: row.botId, name: botNames.get(row.botId) ?? "" } : null,
    status: statusOf(row, ctx.now()),
    createdBy: row.createdBy ? { id: row.createdBy, name: people.get(row.createdBy) ?? "" } : null,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
    revokedAt: row.revokedAt,
    previousUntil: row.previousUntil && row.previousUntil > ctx.now() ? row.previousUntil : null,
  }));
}

export function statusOf(row: Pick<ApiKeyRow, "revokedAt" | "expiresAt">, now: Date): ApiKey["status"] {
  if (row.revokedAt) return "revoked";
  return row.expiresAt && row.expiresAt <= now ? "expired" : "active";
}
