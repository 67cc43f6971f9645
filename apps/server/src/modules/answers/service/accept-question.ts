import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { type Posted, postMessage, requestHuman } from "../../conversations/index.ts";
import { countUse } from "../../plans/index.ts";
import { say } from "../answers.strings.ts";
import { understand } from "../pipeline/understand.ts";

/**
 * Keeps the message and counts it as one of the month's questions, both or neither. Where the plan allows no
 * more, a member is refused with INSUFFICIENT_CREDITS before anything is kept. A visitor can do nothing about
 * it: their message is kept and goes to a human in the same transaction. Small talk, a wish for a human and a
 * message that was sent before count nothing.
 */
export async function acceptQuestion(
  ctx: Ctx,
  input: { conversationId: string; text: string; clientId: string | null },
): Promise<Posted> {
  const { language, intent } = understand(input.text, []);
  return inTx(ctx, async (ctx) => {
    const posted = await postMessage(ctx, input);
    if (posted.repeated || posted.withHuman || intent !== "question") return posted;
    try {
      await countUse(ctx, "queries");
      return posted;
    } catch (error) {
      const isOverLimit = isAppError(error) && error.code === "INSUFFICIENT_CREDITS";
      if (!isOverLimit || ctx.actor.kind !== "visitor") throw error;
      await requestHuman(ctx, {
        conversationId: input.conversationId,
        reason: "This month's questions of your plan are used up, so the bot could not answer.",
        confirmation: say("overLimit", language),
      });
      return { ...posted, withHuman: true };
    }
  });
}
