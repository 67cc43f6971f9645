import { inTx } from "../../platform/ctx/index.ts";
import { AppError } from "../../platform/errors/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { escalate, findConversation, isOpen, updateConversation } from "../conversations/index.ts";
import { assertCan } from "../identity/index.ts";
import { createResolution } from "../resolutions/index.ts";

/** What seed 004's priorities are as those of a request for a person. */
const urgency = { P0: "urgent", P1: "high", P2: "normal", P3: "low" } as const;

/**
 * Asks for another person and, where it is wanted, opens the work behind the problem: both or neither. One that waits
 * already stays where it stands in the queue. Gives the resolution's id.
 */
export async function escalateConversation(
  ctx: Ctx,
  input: {
    conversationId: string;
    reason: string;
    createResolution: boolean;
    issueType?: string | undefined;
    owningTeam?: string | undefined;
    priority?: keyof typeof urgency | undefined;
  },
): Promise<string | null> {
  assertCan(ctx.actor, "answer conversations");
  const { conversationId, reason, issueType, priority } = input;
  return inTx(ctx, async (ctx) => {
    const conversation = await findConversation(ctx, conversationId, { lock: true });
    if (!isOpen(conversation.status)) {
      throw new AppError(
        "ILLEGAL_TRANSITION",
        `A conversation that is ${conversation.status} cannot become escalated. Reopen it first.`,
        { details: { from: conversation.status, to: "escalated", allowed: ["awaiting_agent"] } },
      );
    }
    if (conversation.status !== "escalated") {
      await escalate(ctx, conversation, { reason, priority: priority && urgency[priority] });
    }
    if (priority) await updateConversation(ctx, { conversationId, severity: priority });
    if (!input.createResolution || !issueType) return null;
    const { id } = await createResolution(ctx, {
      conversationId,
      issueType,
      owningTeam: input.owningTeam ?? issueType,
      priority,
      initialNotes: reason,
    });
    return id;
  });
}
