import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import {
  assertEscalationMay,
  type EscalationPriority,
  type EscalationStatus,
  findConversation,
  releaseConversation,
  requestHuman,
  resolveConversation,
  withdrawRequest,
} from "../../conversations/index.ts";
import { assertCan } from "../../identity/index.ts";
import { findEscalation, searchEscalations } from "../escalations.queries.ts";
import type { Escalation, EscalationFilter } from "../escalations.schema.ts";
import { assignTo } from "./assign.ts";

export async function listEscalations(
  ctx: Ctx,
  filter: EscalationFilter,
): Promise<{ items: Escalation[]; total: number }> {
  assertCan(ctx.actor, "read conversations");
  return inTx(ctx, (ctx) => searchEscalations(ctx, filter));
}

export async function getEscalation(ctx: Ctx, { id }: { id: string }): Promise<Escalation> {
  assertCan(ctx.actor, "read conversations");
  return inTx(ctx, (ctx) => findEscalation(ctx, id));
}

/**
 * Asks for a person in a conversation, for its customer, to whom it is confirmed. Gives the request that stands already
 * where there is one; CONFLICT while a colleague has the conversation without one.
 */
export async function createEscalation(
  ctx: Ctx,
  input: { conversationId: string; reason: string; priority: EscalationPriority },
): Promise<Escalation> {
  assertCan(ctx.actor, "answer conversations");
  return inTx(ctx, async (ctx) => {
    await requestHuman(ctx, input);
    const { items } = await searchEscalations(ctx, {
      conversationId: input.conversationId,
      page: 1,
      pageSize: 1,
    });
    const [newest] = items;
    if (newest?.status === "pending" || newest?.status === "assigned") return newest;
    throw new AppError("CONFLICT", "A colleague has this conversation. Transfer it instead.");
  });
}

/** Gives the conversation of a request to an agent. */
export async function assignEscalation(
  ctx: Ctx,
  input: { id: string; agentId: string },
): Promise<Escalation> {
  return change(ctx, input.id, "assigned", async (ctx, { conversationId }) => {
    await assignTo(ctx, { conversationId, agentId: input.agentId, reason: "manual_assignment" });
  });
}

/**
 * Moves a request: `assigned` makes it the caller's, `pending` puts it back into the queue, `cancelled` gives the
 * conversation back to the bot, `resolved` ends it. ILLEGAL_TRANSITION where its state does not lead there.
 */
export async function updateEscalation(
  ctx: Ctx,
  { id, status }: { id: string; status: EscalationStatus },
): Promise<Escalation> {
  return change(ctx, id, status, async (ctx, { conversationId }) => {
    switch (status) {
      case "assigned":
        if (ctx.actor.kind !== "user") throw new AppError("FORBIDDEN", "Only a person can take it.");
        await assignTo(ctx, { conversationId, agentId: ctx.actor.userId, reason: "manual_assignment" });
        return;
      case "pending": {
        const conversation = await findConversation(ctx, conversationId, { lock: true });
        await releaseConversation(ctx, conversation, {
          action: "conversation.released",
          reason: "given_back",
        });
        return;
      }
      case "cancelled":
        await withdrawRequest(ctx, await findConversation(ctx, conversationId, { lock: true }));
        return;
      case "resolved":
        await resolveConversation(ctx, { conversationId });
    }
  });
}

/** Under the conversation's lock, which every change of a request takes first. */
function change(
  ctx: Ctx,
  id: string,
  to: EscalationStatus,
  work: (ctx: TxCtx, escalation: Escalation) => Promise<void>,
): Promise<Escalation> {
  assertCan(ctx.actor, "answer conversations");
  return inTx(ctx, async (ctx) => {
    const { conversationId } = await findEscalation(ctx, id);
    await findConversation(ctx, conversationId, { lock: true });
    const escalation = await findEscalation(ctx, id);
    assertEscalationMay(escalation.status, to);
    await work(ctx, escalation);
    return findEscalation(ctx, id);
  });
}

/** The request that a conversation stands with now; NOT_FOUND where it has none. */
async function openOf(ctx: TxCtx, conversationId: string): Promise<Escalation> {
  await findConversation(ctx, conversationId, { lock: true });
  const { items } = await searchEscalations(ctx, { conversationId, page: 1, pageSize: 1 });
  const [open] = items; // what is open comes first
  if (open?.status === "pending" || open?.status === "assigned") return open;
  throw new AppError("NOT_FOUND", "This session has no open request for a person. Escalate it first.");
}

/** `assignEscalation`, by the conversation. */
export function assignSession(
  ctx: Ctx,
  { conversationId, agentId }: { conversationId: string; agentId: string },
): Promise<Escalation> {
  assertCan(ctx.actor, "answer conversations");
  return inTx(ctx, async (ctx) =>
    assignEscalation(ctx, { id: (await openOf(ctx, conversationId)).id, agentId }),
  );
}

/** Resolves the open request of a conversation. */
export function resolveSession(
  ctx: Ctx,
  { conversationId }: { conversationId: string },
): Promise<Escalation> {
  assertCan(ctx.actor, "answer conversations");
  return inTx(ctx, async (ctx) =>
    updateEscalation(ctx, { id: (await openOf(ctx, conversationId)).id, status: "resolved" }),
  );
}
