import { and, count, eq, gte, lt, sql } from "drizzle-orm";
import type { TxCtx } from "../../ports/index.ts";
import { type Audience, isOfAudience } from "./audience.ts";
import { conversations, escalations } from "./conversations.tables.ts";

/** How often a person was asked for from `from` to `split`, and from there to `to`. */
export async function countHandOffs(
  ctx: TxCtx,
  scope: { botId: string | null; audience: Audience; from: Date; split: Date; to: Date },
): Promise<{ before: number; after: number }> {
  const isAfter = gte(escalations.createdAt, scope.split);
  const [row] = await ctx.tx
    .select({ all: count(), after: sql<number>`count(*) filter (where ${isAfter})::int` })
    .from(escalations)
    .innerJoin(
      conversations,
      and(
        eq(conversations.tenantId, escalations.tenantId),
        eq(conversations.id, escalations.conversationId),
        scope.botId === null ? undefined : eq(conversations.botId, scope.botId),
        isOfAudience(scope.audience),
      ),
    )
    .where(
      and(
        eq(escalations.tenantId, ctx.tenantId),
        gte(escalations.createdAt, scope.from),
        lt(escalations.createdAt, scope.to),
      ),
    );
  const { all = 0, after = 0 } = row ?? {};
  return { before: all - after, after };
}
