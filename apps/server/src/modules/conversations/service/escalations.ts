import { and, eq, inArray } from "drizzle-orm";
import { newId } from "../../../platform/ids/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import type { escalationPriorities } from "../conversation-state.ts";
import * as queries from "../conversations.queries.ts";
import { escalations } from "../conversations.tables.ts";
import { type EscalationStatus, statesBefore } from "../escalation-state.ts";

/*
 * The request for a person that goes with a conversation. Whoever calls has locked the conversation's row, so that the
 * two move together: a conversation that is `escalated` has exactly one pending request.
 */

export type EscalationPriority = (typeof escalationPriorities)[number];

/** Writes down that a person is wanted. */
async function openRequest(
  ctx: TxCtx,
  conversationId: string,
  { reason, priority = "normal" }: { reason: string; priority?: EscalationPriority | undefined },
): Promise<void> {
  await ctx.tx.insert(escalations).values({
    tenantId: ctx.tenantId,
    id: newId(),
    conversationId,
    reason,
    priority,
    status: "pending",
    createdAt: ctx.now(),
  });
}

/** The request is an agent's now, or was given from one to another. */
export async function assignRequest(ctx: TxCtx, conversationId: string, agentId: string): Promise<void> {
  await change(ctx, conversationId, ["pending", "assigned"], {
    status: "assigned",
    assigneeId: agentId,
    assignedAt: ctx.now(),
  });
}

/** The request waits for somebody again; one is made for a conversation that had none. */
export async function returnRequest(
  ctx: TxCtx,
  conversationId: string,
  asked: { reason: string; priority?: EscalationPriority | undefined },
): Promise<void> {
  const open = await queries.openEscalation(ctx, conversationId);
  if (!open) await openRequest(ctx, conversationId, asked);
  await change(ctx, conversationId, statesBefore("pending"), {
    status: "pending",
    assigneeId: null,
    assignedAt: null,
    ...(asked.priority === undefined ? {} : { priority: asked.priority }),
  });
}

/** The request has ended, one way or the other. */
export async function settleRequest(
  ctx: TxCtx,
  conversationId: string,
  status: "resolved" | "cancelled",
): Promise<void> {
  await change(ctx, conversationId, statesBefore(status), { status, resolvedAt: ctx.now() });
}

async function change(
  ctx: TxCtx,
  conversationId: string,
  from: EscalationStatus[],
  set: Partial<typeof escalations.$inferSelect>,
): Promise<void> {
  await ctx.tx
    .update(escalations)
    .set(set)
    .where(
      and(
        eq(escalations.tenantId, ctx.tenantId),
        eq(escalations.conversationId, conversationId),
        inArray(escalations.status, from),
      ),
    );
}
