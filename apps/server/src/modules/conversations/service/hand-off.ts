import { and, eq, inArray } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { customers } from "../../customers/customers.tables.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { assertMayMove, illegalTransition, isOpen, isWithHuman } from "../conversation-state.ts";
import { humanRequested } from "../conversations.events.ts";
import * as queries from "../conversations.queries.ts";
import type { Message } from "../conversations.schema.ts";
import { escalations } from "../conversations.tables.ts";
import { appendMessage } from "./append.ts";
import { moveConversation } from "./change.ts";

/**
 * Asks for a human. The conversation is in the inbox when this returns, and the bot is silent from then
 * on. Asking again, or while a colleague has the conversation, changes nothing but the e-mail address.
 */
export async function requestHuman(
  ctx: Ctx,
  input: {
    conversationId: string;
    reason: string;
    email?: string | undefined;
    confirmation: string;
    /** False where the bot could not go on, and nobody asked for it. */
    wanted?: boolean;
  },
): Promise<{ alreadyRequested: boolean }> {
  return inTx(ctx, async (ctx) => {
    let conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    if (input.email && conversation.customerId) await keepEmail(ctx, conversation.customerId, input.email);
    const before = conversation;
    const { status, assigneeId } = before;
    if (status === "escalated" || (isWithHuman(status) && assigneeId !== null)) {
      return { alreadyRequested: true };
    }
    const escalationId = newId();
    await ctx.tx.insert(escalations).values({
      tenantId: ctx.tenantId,
      id: escalationId,
      conversationId: conversation.id,
      reason: input.reason,
      status: "pending",
      createdAt: ctx.now(),
    });
    if (!isOpen(conversation.status))
      conversation = await moveConversation(ctx, conversation, "awaiting_agent");
    conversation = await moveConversation(ctx, conversation, "escalated", { assigneeId: null });
    await appendMessage(ctx, conversation, { author: "system", text: input.confirmation });
    await audit(ctx, "conversation.escalated", before);
    await emit(ctx, humanRequested, {
      conversationId: conversation.id,
      escalationId,
      reason: input.reason.slice(0, 200),
      at: ctx.now().toISOString(),
      wanted: input.wanted ?? true,
    });
    return { alreadyRequested: false };
  });
}

/** Makes the conversation the caller's own: the bot is silent. Throws CONFLICT when a colleague has it. */
export async function takeOver(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  const agent = agentOf(ctx);
  await inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    await claim(ctx, conversation, agent);
  });
}

/** Sends the agent's words to the customer; takes the conversation over first where nobody has it. */
export async function replyAsAgent(
  ctx: Ctx,
  input: { conversationId: string; text: string; clientId: string },
): Promise<Message> {
  const agent = agentOf(ctx);
  return inTx(ctx, async (ctx) => {
    let conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    const known = await queries.findByClientId(ctx, conversation.id, input.clientId);
    if (known) return queries.toMessage(ctx, known);
    conversation = await claim(ctx, conversation, agent);
    const added = await appendMessage(ctx, conversation, {
      author: "agent",
      authorId: agent.id,
      authorName: agent.name,
      text: input.text,
      clientId: input.clientId,
    });
    await moveConversation(ctx, added.conversation, "awaiting_customer", { agentName: agent.name });
    return queries.toMessage(ctx, added.message);
  });
}

/** Gives the conversation back to the bot, which may speak again. */
export async function handBack(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  agentOf(ctx);
  await inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    if (!isWithHuman(conversation.status)) throw illegalTransition(conversation.status, "ai_handling");
    await settleEscalations(ctx, conversation.id, "resolved");
    await moveConversation(ctx, conversation, "ai_handling", { assigneeId: null });
    await audit(ctx, "conversation.handed_back", conversation);
  });
}

export async function resolveConversation(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  agentOf(ctx);
  await inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    assertMayMove(conversation.status, "resolved");
    await settleEscalations(ctx, conversation.id, "resolved");
    await moveConversation(ctx, conversation, "resolved");
    await audit(ctx, "conversation.resolved", conversation);
  });
}

export async function reopenConversation(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  const agent = agentOf(ctx);
  await inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    if (isOpen(conversation.status)) {
      throw illegalTransition(conversation.status, "awaiting_agent", "It is open already.");
    }
    await moveConversation(ctx, conversation, "awaiting_agent", {
      assigneeId: agent.id,
      agentName: agent.name,
    });
    await audit(ctx, "conversation.reopened", conversation);
  });
}

interface Agent {
  id: string;
  name: string;
}

function agentOf(ctx: Ctx): Agent {
  assertCan(ctx.actor, "answer conversations");
  if (ctx.actor.kind !== "user") throw new AppError("FORBIDDEN", "Only a person can answer as an agent.");
  return { id: ctx.actor.userId, name: ctx.actor.name };
}

/** Exactly one owner: the lock on the conversation's row decides between two who claim it at once. */
async function claim(
  ctx: TxCtx,
  conversation: queries.ConversationRow,
  agent: Agent,
): Promise<queries.ConversationRow> {
  if (!isOpen(conversation.status)) {
    throw illegalTransition(conversation.status, "awaiting_agent", "Reopen it first.");
  }
  if (conversation.assigneeId === agent.id && isWithHuman(conversation.status)) return conversation;
  if (conversation.assigneeId !== null && isWithHuman(conversation.status)) {
    throw new AppError("CONFLICT", "A colleague has this conversation. Ask them to hand it over.");
  }
  await ctx.tx
    .update(escalations)
    .set({ status: "assigned", assigneeId: agent.id, assignedAt: ctx.now() })
    .where(
      and(
        eq(escalations.tenantId, ctx.tenantId),
        eq(escalations.conversationId, conversation.id),
        eq(escalations.status, "pending"),
      ),
    );
  const claimed = await moveConversation(ctx, conversation, "awaiting_agent", {
    assigneeId: agent.id,
    agentName: agent.name,
  });
  await audit(ctx, "conversation.taken_over", conversation);
  return claimed;
}

async function settleEscalations(ctx: TxCtx, conversationId: string, status: "resolved"): Promise<void> {
  await ctx.tx
    .update(escalations)
    .set({ status, resolvedAt: ctx.now() })
    .where(
      and(
        eq(escalations.tenantId, ctx.tenantId),
        eq(escalations.conversationId, conversationId),
        inArray(escalations.status, ["pending", "assigned"]),
      ),
    );
}

async function keepEmail(ctx: TxCtx, customerId: string, email: string): Promise<void> {
  await ctx.tx
    .update(customers)
    .set({ email, updatedAt: ctx.now() })
    .where(and(eq(customers.tenantId, ctx.tenantId), eq(customers.id, customerId)));
}

function audit(ctx: TxCtx, action: string, before: queries.ConversationRow): Promise<void> {
  return recordAudit(ctx, {
    action,
    subjectType: "conversation",
    subjectId: before.id,
    before: { status: before.status, assigneeId: before.assigneeId },
  });
}
