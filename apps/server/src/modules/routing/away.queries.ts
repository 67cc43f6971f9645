import { and, asc, eq, isNotNull, sql } from "drizzle-orm";
import type { TxCtx } from "../../ports/index.ts";
import { conversationEvents, conversations } from "../conversations/conversations.tables.ts";
import { agentPresence } from "../presence/presence.tables.ts";

/** Conversations that one sweep looks at; the next one goes on. */
const mostAtOnce = 500;

/** Since when it is as it is: it was given to somebody, or the customer answered them. Further messages do not count. */
const turnedAt = sql`(
  select max(${conversationEvents.createdAt}) from ${conversationEvents}
  where ${conversationEvents.tenantId} = ${conversations.tenantId}
    and ${conversationEvents.conversationId} = ${conversations.id}
    and ${conversationEvents.type} in ('status', 'assignment')
)`;

/** Conversations in which the customer waits for an agent who gave no sign for so many minutes: of all, or this one. */
export async function leftWaiting(
  ctx: TxCtx,
  { minutes, conversationId }: { minutes: number; conversationId?: string },
): Promise<{ conversationId: string; agentId: string }[]> {
  const before = new Date(ctx.now().getTime() - minutes * 60_000).toISOString();
  const rows = await ctx.tx
    .select({ conversationId: conversations.id, agentId: conversations.assigneeId })
    .from(conversations)
    .leftJoin(
      agentPresence,
      and(
        eq(agentPresence.tenantId, conversations.tenantId),
        eq(agentPresence.userId, conversations.assigneeId),
      ),
    )
    .where(
      and(
        eq(conversations.tenantId, ctx.tenantId),
        eq(conversations.status, "awaiting_agent"),
        isNotNull(conversations.assigneeId),
        conversationId === undefined ? undefined : eq(conversations.id, conversationId),
        sql`greatest(${agentPresence.lastSeenAt}, ${turnedAt}) < ${before}::timestamptz`,
      ),
    )
    .orderBy(asc(conversations.id))
    .limit(mostAtOnce);
  return rows.flatMap(({ conversationId, agentId }) => (agentId ? [{ conversationId, agentId }] : []));
}
