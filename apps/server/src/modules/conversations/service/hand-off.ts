import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { keepTypedEmail } from "../../customers/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { isSomeoneThere, noteSign } from "../../presence/index.ts";
import { assertMayMove, illegalTransition, isOpen, isWithHuman } from "../conversation-state.ts";
import { humanRequested, rulesBehind } from "../conversations.events.ts";
import * as queries from "../conversations.queries.ts";
import { appendMessage } from "./append.ts";
import { moveConversation } from "./change.ts";
import { confirmationOf } from "./confirmation.ts";
import { lockCurrentConversation } from "./current.ts";
import { type EscalationPriority, returnRequest, settleRequest } from "./escalations.ts";
import { type Agent, giveConversation, takenUpBy } from "./ownership.ts";

/** What is said of a request for a person. */
export interface HumanRequest {
  reason: string;
  priority?: EscalationPriority | undefined;
  /** How it is confirmed to the customer; in the product's own words unless said. */
  confirmation?: string | undefined;
  /** Of the confirmation and the promise; the conversation's unless said. */
  language?: string | undefined;
  /** False where the bot could not go on, and nobody asked for it. */
  wanted?: boolean | undefined;
}

/**
 * Asks for a human. The conversation is in the queue when this returns, it was confirmed to the customer with a promise
 * where nobody is there, and the bot is silent from then on. Asking again, or while a colleague has the conversation,
 * changes nothing but the e-mail address. For a conversation that was merged into another it is asked there.
 */
export async function requestHuman(
  ctx: Ctx,
  input: HumanRequest & { conversationId: string; email?: string | undefined },
): Promise<{ alreadyRequested: boolean; online: boolean }> {
  return inTx(ctx, async (ctx) => {
    const conversation = await lockCurrentConversation(ctx, input.conversationId);
    const { customerId } = conversation;
    if (input.email && customerId) {
      await keepTypedEmail(ctx, { customerId, email: input.email, conversationId: conversation.id });
    }
    const { status, assigneeId } = conversation;
    const online = await isSomeoneThere(ctx);
    if (status === "escalated" || (isWithHuman(status) && assigneeId !== null)) {
      return { alreadyRequested: true, online };
    }
    await escalate(ctx, conversation, { ...input, online }); // looked once: who comes meanwhile changes no word
    return { alreadyRequested: false, online };
  });
}

/** Puts a locked conversation into the queue, from whoever had it, and confirms that to the customer. */
export async function escalate(
  ctx: TxCtx,
  before: queries.ConversationRow,
  { reason, priority, wanted = true, online, ...said }: HumanRequest & { online?: boolean },
): Promise<queries.ConversationRow> {
  let conversation = before;
  await returnRequest(ctx, conversation.id, { reason, priority });
  if (!isOpen(conversation.status))
    conversation = await moveConversation(ctx, conversation, "awaiting_agent");
  conversation = await moveConversation(ctx, conversation, "escalated", { assigneeId: null });
  const language = said.language ?? conversation.language ?? "en";
  const text = await confirmationOf(ctx, { language, words: said.confirmation, online });
  const added = await appendMessage(ctx, conversation, { author: "system", text });
  const request = await queries.openEscalation(ctx, conversation.id);
  if (!request) throw new AppError("INTERNAL", "The request for a person was not written.");
  await audit(ctx, "conversation.escalated", before);
  await emit(ctx, humanRequested, {
    conversationId: conversation.id,
    escalationId: request.id,
    reason: reason.slice(0, 200),
    at: ctx.now().toISOString(),
    wanted,
    rules: rulesBehind(ctx.actor),
  });
  return added.conversation;
}

/** Makes the conversation the caller's own: the bot is silent. Throws CONFLICT when a colleague has it. */
export async function takeOver(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  const agent = agentOf(ctx);
  await inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    await claim(ctx, conversation, agent);
  });
}

/** Gives the conversation back to the bot, which may speak again. */
export async function handBack(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  assertCan(ctx.actor, "answer conversations");
  await inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    if (!isWithHuman(conversation.status)) throw illegalTransition(conversation.status, "ai_handling");
    await settleRequest(ctx, conversation.id, "resolved");
    await moveConversation(ctx, conversation, "ai_handling", { assigneeId: null });
    await audit(ctx, "conversation.handed_back", conversation);
  });
}

export async function resolveConversation(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  assertCan(ctx.actor, "answer conversations");
  await inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    assertMayMove(conversation.status, "resolved");
    await settleRequest(ctx, conversation.id, "resolved");
    await moveConversation(ctx, conversation, "resolved");
    await audit(ctx, "conversation.resolved", conversation);
  });
}

/** Opens what was resolved or closed for a person again: whoever does it, or by a program whoever had it, or the queue. */
export async function reopenConversation(ctx: Ctx, input: { conversationId: string }): Promise<void> {
  assertCan(ctx.actor, "answer conversations");
  await inTx(ctx, async (ctx) => {
    const conversation = await queries.findConversation(ctx, input.conversationId, { lock: true });
    if (isOpen(conversation.status)) {
      throw illegalTransition(conversation.status, "awaiting_agent", "It is open already.");
    }
    await moveConversation(ctx, conversation, "awaiting_agent", takenUpBy(ctx.actor));
    await audit(ctx, "conversation.reopened", conversation);
  });
}

/** The person who acts as an agent; throws FORBIDDEN for all others. */
export function agentOf(ctx: Ctx): Agent {
  assertCan(ctx.actor, "answer conversations");
  if (ctx.actor.kind !== "user") throw new AppError("FORBIDDEN", "Only a person can answer as an agent.");
  return { id: ctx.actor.userId, name: ctx.actor.name };
}

/** Exactly one owner: the lock on the conversation's row decides between two who claim it at once. */
export async function claim(
  ctx: TxCtx,
  conversation: queries.ConversationRow,
  agent: Agent,
): Promise<queries.ConversationRow> {
  if (!isOpen(conversation.status)) {
    throw illegalTransition(conversation.status, "awaiting_agent", "Reopen it first.");
  }
  await noteSign(ctx, agent.id);
  if (conversation.assigneeId === agent.id && isWithHuman(conversation.status)) return conversation;
  if (conversation.assigneeId !== null && isWithHuman(conversation.status)) {
    throw new AppError("CONFLICT", "A colleague has this conversation. Ask them to hand it over.");
  }
  return giveConversation(ctx, conversation, agent, {
    action: "conversation.taken_over",
    reason: "taken_over",
  });
}

function audit(ctx: TxCtx, action: string, before: queries.ConversationRow): Promise<void> {
  return recordAudit(ctx, {
    action,
    subjectType: "conversation",
    subjectId: before.id,
    before: { status: before.status, assigneeId: before.assigneeId },
  });
}
