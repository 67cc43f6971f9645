import { and, asc, eq, inArray, isNull } from "drizzle-orm";
import type { TxCtx } from "../../ports/index.ts";
import { customers } from "../customers/customers.tables.ts";
import { conversations, messages } from "./conversations.tables.ts";

/** What agents wrote in those of these conversations that were resolved, oldest first. */
export async function repliesOfAgents(ctx: TxCtx, conversationIds: readonly string[], limit: number) {
  if (conversationIds.length === 0) return [];
  return ctx.tx
    .select({
      conversationId: messages.conversationId,
      text: messages.text,
      repliedAt: messages.createdAt,
      agentName: messages.authorName,
      customerName: customers.name,
    })
    .from(messages)
    .innerJoin(
      conversations,
      and(eq(conversations.tenantId, messages.tenantId), eq(conversations.id, messages.conversationId)),
    )
    .leftJoin(
      customers,
      and(eq(customers.tenantId, conversations.tenantId), eq(customers.id, conversations.customerId)),
    )
    .where(
      and(
        eq(messages.tenantId, ctx.tenantId),
        inArray(messages.conversationId, [...conversationIds]),
        eq(messages.author, "agent"),
        eq(messages.internal, false),
        isNull(messages.deletedAt),
        eq(messages.state, "complete"),
        inArray(conversations.status, ["resolved", "closed"]),
      ),
    )
    .orderBy(asc(messages.createdAt), asc(messages.id))
    .limit(limit);
}
