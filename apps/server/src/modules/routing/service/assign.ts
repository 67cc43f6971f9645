import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import {
  type ConversationRow,
  findConversation,
  giveConversation,
  releaseConversation,
} from "../../conversations/index.ts";
import { assertCan } from "../../identity/index.ts";
import { findTeam } from "../../members/index.ts";
import type { Ownership } from "../routing.schema.ts";
import { notesIn } from "../routing.strings.ts";
import { findAgent } from "./agents.ts";

export interface AssignInput {
  conversationId: string;
  /** Whose it becomes. Without one it waits in the team's queue. */
  agentId?: string | undefined;
  teamId?: string | undefined;
  reason: string;
}

/**
 * Gives a conversation to an agent, also beyond their capacity, or into a team's queue, whoever had it. The bot is
 * silent from then on. For rules too, which act as the system.
 */
export async function assignTo(ctx: Ctx, input: AssignInput): Promise<Ownership> {
  assertCan(ctx.actor, "answer conversations");
  return inTx(ctx, async (ctx) => {
    const conversation = await findConversation(ctx, input.conversationId, { lock: true });
    return hand(ctx, conversation, input, { action: "conversation.assigned" });
  });
}

/**
 * Hands one's own conversation, or with `fromAgentId` that of whoever the caller saw owning it, to an agent or a team.
 * CONFLICT where it has another owner meanwhile. The reason stands as a note for whoever gets it.
 */
export async function transfer(
  ctx: Ctx,
  input: AssignInput & { fromAgentId?: string | undefined },
): Promise<Ownership> {
  assertCan(ctx.actor, "answer conversations");
  const { actor } = ctx;
  const from = input.fromAgentId ?? (actor.kind === "user" ? actor.userId : undefined);
  return inTx(ctx, async (ctx) => {
    const conversation = await findConversation(ctx, input.conversationId, { lock: true });
    if (conversation.assigneeId !== from) {
      throw new AppError("CONFLICT", "This conversation has another owner by now. Look at it again first.", {
        details: { agentId: conversation.assigneeId, teamId: conversation.teamId },
      });
    }
    const notes = notesIn(conversation.language);
    return hand(ctx, conversation, input, {
      action: "conversation.transferred",
      note: notes.handedOver(actor.kind === "user" ? actor.name : notes.system, input.reason),
    });
  });
}

async function hand(
  ctx: TxCtx,
  conversation: ConversationRow,
  { agentId, teamId, reason }: AssignInput,
  { action, note }: { action: string; note?: string },
): Promise<Ownership> {
  if (teamId !== undefined) await findTeam(ctx, teamId);
  const how = { action, reason, ...(note ? { note } : {}), ...(teamId === undefined ? {} : { teamId }) };
  const row =
    agentId === undefined
      ? await releaseConversation(ctx, conversation, how)
      : await giveConversation(ctx, conversation, await findAgent(ctx, agentId), how);
  return ownershipOf(row);
}

export function ownershipOf({ id, status, assigneeId, teamId }: ConversationRow): Ownership {
  return { conversationId: id, status, agentId: assigneeId, teamId };
}
