import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { findConversation, releaseConversation } from "../../conversations/index.ts";
import { namesOf } from "../../identity/index.ts";
import { keepStatus, routingSettingsOf } from "../../presence/index.ts";
import { leftWaiting } from "../away.queries.ts";
import { notesIn } from "../routing.strings.ts";
import { distribute } from "./distribute.ts";

/**
 * Gives back to the queue what waits for somebody of whom there was no sign for the tenant's minutes, with a note for
 * whoever takes it. Who is gone becomes `away` until they show themselves. May be repeated and broken off anywhere:
 * each conversation is a transaction of its own. Gives how many it were.
 */
export async function returnFromAway(ctx: Ctx): Promise<number> {
  const { awayAfterMinutes: minutes } = await inTx(ctx, routingSettingsOf);
  let returned = 0;
  for (const { conversationId } of await inTx(ctx, (ctx) => leftWaiting(ctx, { minutes }))) {
    if (await returnOne(ctx, conversationId, minutes)) returned++;
  }
  await distribute(ctx);
  return returned;
}

/** Looks again under the row's lock: the agent may have answered meanwhile. */
async function returnOne(ctx: Ctx, conversationId: string, minutes: number): Promise<boolean> {
  return inTx(ctx, async (ctx) => {
    try {
      const conversation = await findConversation(ctx, conversationId, { lock: true });
      const [still] = await leftWaiting(ctx, { minutes, conversationId });
      if (!still) return false;
      const { agentId } = still;
      const notes = notesIn(conversation.language);
      const name = (await namesOf(ctx, [agentId])).get(agentId) ?? notes.somebody;
      await releaseConversation(ctx, conversation, {
        action: "conversation.released",
        reason: "away",
        note: notes.away(name, minutes),
      });
      await keepStatus(ctx, agentId, { status: "away", minutes, bySweep: true });
      return true;
    } catch (error) {
      if (isAppError(error) && error.code === "NOT_FOUND") return false; // deleted meanwhile
      throw error;
    }
  });
}
