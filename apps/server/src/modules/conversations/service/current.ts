import { and, eq, inArray, lte, max } from "drizzle-orm";
import { isAppError } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { type ConversationRow, findConversation, lockUnlessMerged } from "../conversations.queries.ts";
import { conversationEvents, messages } from "../conversations.tables.ts";

/** Merges that are followed one after another: more than colleagues make by hand. */
const mostHops = 100;

/**
 * The conversation that an id stands for now: itself, or the one that it was merged into, over as many merges as there
 * were. It goes only as far as the caller may see: a visitor whose conversation was merged into one that another visitor
 * holds stays with their own.
 */
export async function currentConversation(ctx: TxCtx, id: string): Promise<ConversationRow> {
  let row = await findConversation(ctx, id);
  for (let hop = 0; row.mergedIntoId !== null && hop < mostHops; hop++) {
    const next = await findIfVisible(ctx, row.mergedIntoId);
    if (next === null) break;
    row = next;
  }
  return row;
}

/** The same, locked. Of the others on the way none is, unless it was merged while this waited for its lock. */
export async function lockCurrentConversation(ctx: TxCtx, id: string): Promise<ConversationRow> {
  const unmerged = await lockUnlessMerged(ctx, id); // nearly always
  if (unmerged !== null) return unmerged;
  for (let from = id; ; ) {
    const { id: end } = await currentConversation(ctx, from);
    const row = await findConversation(ctx, end, { lock: true });
    if (row.mergedIntoId === null) return row;
    const after = await currentConversation(ctx, end);
    if (after.id === end) return row;
    from = after.id;
  }
}

async function findIfVisible(ctx: TxCtx, id: string): Promise<ConversationRow | null> {
  try {
    return await findConversation(ctx, id);
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

/** What a reader had read, of which conversation. */
export interface ReadUpTo {
  conversationId: string;
  sequence: number;
}

/**
 * The number in a conversation after which somebody reads on who had read another one that was merged into it: behind
 * all that they know from there. What stood here before is none of what they miss.
 */
export async function placeAfterMerge(
  ctx: TxCtx,
  current: ConversationRow,
  { conversationId, sequence }: ReadUpTo,
): Promise<number> {
  if (conversationId === current.id) return sequence;
  const known = ctx.tx
    .select({ id: conversationEvents.messageId })
    .from(conversationEvents)
    .where(
      and(
        eq(conversationEvents.tenantId, ctx.tenantId),
        eq(conversationEvents.conversationId, conversationId),
        lte(conversationEvents.sequence, sequence),
      ),
    );
  const [row] = await ctx.tx
    .select({ last: max(messages.sequence) })
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, ctx.tenantId),
        eq(messages.conversationId, current.id),
        inArray(messages.id, known),
      ),
    );
  return row?.last ?? 0;
}
