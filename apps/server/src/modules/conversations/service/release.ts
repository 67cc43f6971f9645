import { and, asc, eq, inArray } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { conversationStatuses, isWithHuman } from "../conversation-state.ts";
import { conversations } from "../conversations.tables.ts";
import { ownerLeftIn } from "../hand-off.strings.ts";
import { releaseConversation } from "./ownership.ts";

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
  for (const conversation of held) {
    await releaseConversation(ctx, conversation, {
      action: "conversation.released",
      reason: "agent_removed",
      note: ownerLeftIn(conversation.language),
    });
  }
  return held.length;
}
