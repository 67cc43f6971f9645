import { and, eq, isNull } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { recordAudit, withdrawName } from "../../identity/index.ts";
import { apiKeys } from "../api-keys.tables.ts";

/**
 * Revokes every key that somebody made, in the transaction that ends their membership: who knows a key's secret and may
 * not work here any more must not go on by it. Gives how many it were.
 */
export async function revokeApiKeysOf(ctx: TxCtx, userId: string): Promise<number> {
  const rows = await ctx.tx
    .update(apiKeys)
    .set({ revokedAt: ctx.now(), previousSecretHash: null, previousUntil: null, updatedAt: ctx.now() })
    .where(and(eq(apiKeys.tenantId, ctx.tenantId), eq(apiKeys.createdBy, userId), isNull(apiKeys.revokedAt)))
    .returning();
  for (const { id, publicPart, name } of rows) {
    await withdrawName(ctx, "api_key", publicPart);
    await recordAudit(ctx, {
      action: "api_key.revoked",
      subjectType: "api_key",
      subjectId: id,
      before: { name, publicPart },
      after: { reason: "its maker's membership ended" },
    });
  }
  return rows.length;
}
