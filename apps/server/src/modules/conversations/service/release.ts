import { and, asc, eq, inArray } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { conversationStatuses, isWithHuman } from "../conversation-state.ts";
import { conversations, escalations } from "../conversations.tables.ts";
import { moveConversation } from "./change.ts";

/**
 * Gives what somebody has in hand back to the queue, for a colleague to take: they may not work here any more. The
 * customer goes on waiting for a person, so the bot stays silent. Gives how many conversations it were.
 */
export async function releaseConversationsOf(ctx: TxCtx, userId: string): Promise<number> {
  const held = await ctx.tx
    .select()
    .from(conversations)
    .where(
      and(
        eq(conversations.tenantId, ctx.tenantId),
        eq(conversations.assigneeId, userId),
        inArray(conversations.status, conversationStatuses.filter(isWithHuman)),
      ),
    )
    .orderBy(asc(conversations.id))
    .for("update");
  if (held.length > 0) {
    await ctx.tx
      .update(escalations)
      .set({ status: "pending", assigneeId: null, assignedAt: null })
      .where(
        and(
          eq(escalations.tenantId, ctx.tenantId),
          eq(escalations.status, "assigned"),
          inArray(
            escalations.conversationId,
            held.map(({ id }) => id),
          ),
        ),
      );
  }
  for (const conversation of held) {
    await moveConversation(ctx, conversation, "escalated", { assigneeId: null });
    await recordAudit(ctx, {
      action: "conversation.released",
      subjectType: "conversation",
      subjectId: conversation.id,
      before: { status: conversation.status, assigneeId: conversation.assigneeId },
      after: { status: "escalated", assigneeId: null },
    });
  }
  return held.length;
}
