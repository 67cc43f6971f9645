import { and, count, desc, eq, gt, inArray, isNull, lte, ne, sql } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { conversationRead } from "../conversations.events.ts";
import * as queries from "../conversations.queries.ts";
import { conversations, messages } from "../conversations.tables.ts";
import { agentOf } from "./hand-off.ts";
import { assertCustomer } from "./typing.ts";

/** The agents have read up to this event, or to the last one; a mark never goes back. */
export async function markRead(
  ctx: Ctx,
  input: { conversationId: string; sequence?: number | undefined },
): Promise<{ sequence: number; unread: number }> {
  agentOf(ctx);
  return inTx(ctx, async (ctx) => {
    const { id, agentReadSequence: before } = await queries.findConversation(ctx, input.conversationId);
    const { agentReadSequence: now, lastSequence } = conversations;
    const wanted =
      input.sequence === undefined ? lastSequence : sql`least(${input.sequence}::bigint, ${lastSequence})`;
    const [row] = await ctx.tx
      .update(conversations)
      .set({ agentReadSequence: sql`greatest(${now}, ${wanted})` })
      .where(and(eq(conversations.tenantId, ctx.tenantId), eq(conversations.id, id)))
      .returning({ sequence: now });
    const sequence = row?.sequence ?? 0;
    if (sequence > before) await emit(ctx, conversationRead, { conversationId: id, by: "agent", sequence });
    const unread = await unreadOf(ctx, [id]);
    return { sequence, unread: unread.get(id) ?? 0 };
  });
}

/** The customer has seen all there is now; a mark never goes back. */
export async function markReadByCustomer(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  assertCustomer(ctx);
  await inTx(ctx, async (ctx) => {
    const { id, customerReadSequence: before } = await queries.findConversation(ctx, input.conversationId);
    const { customerReadSequence: now, lastSequence } = conversations;
    const [row] = await ctx.tx
      .update(conversations)
      .set({ customerReadSequence: sql`greatest(${now}, ${lastSequence})` })
      .where(and(eq(conversations.tenantId, ctx.tenantId), eq(conversations.id, id)))
      .returning({ sequence: now });
    const sequence = row?.sequence ?? 0;
    if (sequence > before)
      await emit(ctx, conversationRead, { conversationId: id, by: "customer", sequence });
  });
}

/** The last message to the customer that they have seen; null where they have seen none. */
export async function lastSeenByCustomer(
  ctx: TxCtx,
  { id, customerReadSequence }: Pick<queries.ConversationRow, "id" | "customerReadSequence">,
): Promise<string | null> {
  if (customerReadSequence === 0) return null;
  const [row] = await ctx.tx
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.tenantId, ctx.tenantId),
        eq(messages.conversationId, id),
        ne(messages.author, "customer"),
        eq(messages.internal, false),
        isNull(messages.deletedAt),
        lte(messages.sequence, customerReadSequence),
      ),
    )
    .orderBy(desc(messages.sequence))
    .limit(1);
  return row?.id ?? null;
}

/** How many messages of the customer's no agent has read yet; conversations without any are left out. */
async function unreadOf(ctx: TxCtx, conversationIds: readonly string[]): Promise<Map<string, number>> {
  if (conversationIds.length === 0) return new Map();
  const rows = await ctx.tx
    .select({ id: messages.conversationId, n: count() })
    .from(messages)
    .innerJoin(
      conversations,
      and(
        eq(conversations.tenantId, messages.tenantId),
        eq(conversations.id, messages.conversationId),
        gt(messages.sequence, conversations.agentReadSequence),
      ),
    )
    .where(
      and(
        eq(messages.tenantId, ctx.tenantId),
        inArray(messages.conversationId, [...conversationIds]),
        eq(messages.author, "customer"),
        isNull(messages.deletedAt),
      ),
    )
    .groupBy(messages.conversationId);
  return new Map(rows.map(({ id, n }) => [id, n]));
}
