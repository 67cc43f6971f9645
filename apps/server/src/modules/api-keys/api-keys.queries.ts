import { and, count, desc, eq, isNull } from "drizzle-orm";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { bots } from "../bots/bots.tables.ts";
import { namesOf, searchMembers } from "../identity/index.ts";
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
  const makers = await activeMakers(ctx, rows);
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
    status: shownStatus(row, makers, ctx.now()),
    createdBy: row.createdBy ? { id: row.createdBy, name: people.get(row.createdBy) ?? "" } : null,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
    revokedAt: row.revokedAt,
    previousUntil: row.previousUntil && row.previousUntil > ctx.now() ? row.previousUntil : null,
  }));
}

/** Those of the keys' makers who may work in the tenant. */
async function activeMakers(ctx: TxCtx, rows: ApiKeyRow[]): Promise<Set<string>> {
  const userIds = [...new Set(rows.flatMap(({ createdBy }) => (createdBy ? [createdBy] : [])))];
  if (userIds.length === 0) return new Set();
  const filter = { limit: userIds.length, offset: 0, userIds, status: "active" } as const;
  const { rows: active } = await searchMembers(ctx, filter);
  return new Set(active.map(({ userId }) => userId));
}

function shownStatus(row: ApiKeyRow, makers: Set<string>, now: Date): ApiKey["status"] {
  const status = statusOf(row, now);
  return status === "active" && row.createdBy && !makers.has(row.createdBy) ? "stopped" : status;
}

export function statusOf(
  row: Pick<ApiKeyRow, "revokedAt" | "expiresAt">,
  now: Date,
): "active" | "expired" | "revoked" {
  if (row.revokedAt) return "revoked";
  return row.expiresAt && row.expiresAt <= now ? "expired" : "active";
}
