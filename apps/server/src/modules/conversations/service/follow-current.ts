import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { namesOf } from "../../identity/index.ts";
import { isWithHuman } from "../conversation-state.ts";
import { currentConversation, placeAfterMerge, type ReadUpTo } from "./current.ts";
import { type ConversationEvent, type FollowInput, followConversation } from "./follow.ts";

export interface CurrentEvents {
  /** The conversation that is followed: the one that was named, or the one that it was merged into. */
  conversationId: string;
  /** How it stands, for whoever comes over from one that was merged into it; null for all others. */
  standing: { status: string; agent: { name: string } | null } | null;
  events: AsyncGenerator<ConversationEvent>;
}

/**
 * Follows what an id stands for now. Who had read a conversation that was merged into another goes on there, after what
 * they know: each message comes once, and none of those that stood there before.
 */
export async function followCurrent(
  ctx: Ctx,
  { after, ...input }: Omit<FollowInput, "after"> & { after: ReadUpTo },
): Promise<CurrentEvents> {
  const { id, place, standing } = await inTx(ctx, async (ctx) => {
    const current = await currentConversation(ctx, input.conversationId);
    const place = await placeAfterMerge(ctx, current, after);
    if (current.id === after.conversationId) return { id: current.id, place, standing: null };
    const { status, assigneeId } = current;
    const name = isWithHuman(status) ? (await namesOf(ctx, [assigneeId])).get(assigneeId ?? "") : undefined;
    return { id: current.id, place, standing: { status, agent: name ? { name } : null } };
  });
  const events = await followConversation(ctx, { ...input, conversationId: id, after: place });
  return { conversationId: id, standing, events };
}
