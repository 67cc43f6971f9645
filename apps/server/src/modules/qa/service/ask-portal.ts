import { inTx } from "../../../platform/ctx/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { askWhole, say } from "../../answers/index.ts";
import { type ConversationRow, messageByClientId, openConversation } from "../../conversations/index.ts";
import { assertCan } from "../../identity/index.ts";
import type { Asked, AskPortal } from "../qa.schema.ts";
import { findOwnConversation, memberOf } from "./conversation.ts";
import { portalBot } from "./portal-bot.ts";

/**
 * Answers a member's question from the portal bot's documents: in a new conversation, or in the one of theirs that
 * they name. Throws BOT_NOT_READY where no bot can answer; nothing is kept then.
 */
export async function askPortal(ctx: Ctx, input: AskPortal & { signal: AbortSignal }): Promise<Asked> {
  assertCan(ctx.actor, "ask bots");
  const memberId = memberOf(ctx);
  const { language } = input;
  const { id: conversationId } = await inTx(ctx, async (ctx): Promise<ConversationRow> => {
    if (input.conversationId) return findOwnConversation(ctx, input.conversationId);
    const bot = await portalBot(ctx);
    return openConversation(ctx, { botId: bot.id, channel: "portal", memberId, language });
  });
  const clientId = newId();
  const whole = await askWhole(ctx, {
    conversationId,
    text: input.question,
    clientId,
    language,
    signal: input.signal,
  });
  if (whole.messageId && whole.text !== "") {
    return {
      answer: whole.text,
      sources: whole.sources,
      confidence: whole.confidence ?? 0,
      conversationId,
      interactionId: whole.messageId,
    };
  }
  // a person has the conversation: the question itself is what there is
  const question = await inTx(ctx, (ctx) => messageByClientId(ctx, conversationId, clientId));
  return {
    answer: say("humanRequested", language),
    sources: [],
    confidence: 0,
    conversationId,
    interactionId: question?.id ?? clientId,
  };
}
