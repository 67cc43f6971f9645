import type { Actor } from "../../../platform/ctx/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { illegalTransition, isOpen, isWithHuman } from "../conversation-state.ts";
import type { ConversationRow } from "../conversations.queries.ts";
import { appendMessage } from "./append.ts";
import { type Assignment, moveConversation } from "./change.ts";
import { assignRequest, returnRequest, settleRequest } from "./escalations.ts";

/*
 * Whose a conversation is. All of these take a row that the caller has locked, so that it has one owner at a time, and
 * write the audit; rights are asked by the caller.
 */

export interface Agent {
  id: string;
  name: string;
}

/** Whose it becomes that was taken up anew: the person's who did it. A program leaves it with whom it was. */
export function takenUpBy(actor: Actor): Assignment {
  return actor.kind === "user" ? { assigneeId: actor.userId, agentName: actor.name } : {};
}

/** Makes it this agent's, whoever had it. The bot is silent from then on. */
export async function giveConversation(
  ctx: TxCtx,
  conversation: ConversationRow,
  agent: Agent,
  how: { action: string; reason: string; note?: string; teamId?: string | null },
): Promise<ConversationRow> {
  if (!isOpen(conversation.status)) {
    throw illegalTransition(conversation.status, "awaiting_agent", "Reopen it first.");
  }
  await assignRequest(ctx, conversation.id, agent.id);
  const to = conversation.status === "awaiting_customer" ? "awaiting_customer" : "awaiting_agent";
  const given = await moveConversation(ctx, conversation, to, {
    assigneeId: agent.id,
    agentName: agent.name,
    reason: how.reason,
    ...(how.teamId === undefined ? {} : { teamId: how.teamId }),
  });
  await audit(ctx, how.action, conversation, given, how.reason);
  return withNote(ctx, given, how.note);
}

/**
 * Puts it into the queue, for whoever may take it: the customer goes on waiting for a person and the bot stays silent.
 * `note` is for the colleagues.
 */
export async function releaseConversation(
  ctx: TxCtx,
  conversation: ConversationRow,
  how: { action: string; reason: string; note?: string; teamId?: string | null; requiredSkills?: string[] },
): Promise<ConversationRow> {
  const { action, reason, note, ...change } = how;
  if (!isOpen(conversation.status)) {
    throw illegalTransition(conversation.status, "escalated", "Reopen it first.");
  }
  await returnRequest(ctx, conversation.id, { reason });
  const moved = await moveConversation(ctx, conversation, "escalated", {
    assigneeId: null,
    reason,
    ...change,
  });
  await audit(ctx, action, conversation, moved, reason);
  return withNote(ctx, moved, note);
}

/** Takes a request for a person back: the bot may speak again. */
export async function withdrawRequest(ctx: TxCtx, conversation: ConversationRow): Promise<ConversationRow> {
  await settleRequest(ctx, conversation.id, "cancelled");
  if (!isWithHuman(conversation.status)) return conversation;
  const moved = await moveConversation(ctx, conversation, "ai_handling", {
    assigneeId: null,
    reason: "cancelled",
  });
  await audit(ctx, "conversation.handed_back", conversation, moved, "cancelled");
  return moved;
}

/** Says to the colleagues what happened. */
async function withNote(
  ctx: TxCtx,
  row: ConversationRow,
  note: string | undefined,
): Promise<ConversationRow> {
  if (note === undefined) return row;
  return (await appendMessage(ctx, row, { author: "system", text: note, internal: true })).conversation;
}

function audit(
  ctx: TxCtx,
  action: string,
  before: ConversationRow,
  after: ConversationRow,
  reason: string,
): Promise<void> {
  return recordAudit(ctx, {
    action,
    subjectType: "conversation",
    subjectId: before.id,
    before: facts(before),
    after: { ...facts(after), reason },
  });
}

function facts({ status, assigneeId, teamId }: ConversationRow) {
  return { status, assigneeId, teamId };
}
