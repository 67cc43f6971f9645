import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import {
  type AttachmentRow,
  type ConversationStatus,
  discardConversation,
  findConversation,
  isWithHuman,
  type Posted,
  postMessage,
  requestHuman,
} from "../../conversations/index.ts";
import { assertPermitted } from "../../identity/index.ts";
import { countUse } from "../../plans/index.ts";
import { say } from "../answers.strings.ts";
import { understand } from "../pipeline/understand.ts";

/**
 * Keeps the message and counts it as one of the month's questions, both or neither. Where the plan allows no
 * more, a member is refused with INSUFFICIENT_CREDITS before anything is kept. A visitor can do nothing about
 * it: their message is kept and goes to a human in the same transaction. Small talk, a wish for a human, files
 * without words and a message that was sent before count nothing.
 */
export async function acceptQuestion(
  ctx: Ctx,
  input: {
    conversationId: string;
    text: string;
    clientId: string | null;
    files?: readonly AttachmentRow[];
    /** The text is not the sender's: it only names the files. */
    isOnlyFiles?: boolean;
  },
): Promise<Posted> {
  try {
    return await inTx(ctx, (ctx) => keepAndCount(ctx, input));
  } catch (error) {
    if (isOverLimit(error) && ctx.actor.kind === "user") await discardIfEmpty(ctx, input.conversationId);
    throw error;
  }
}

async function keepAndCount(ctx: TxCtx, input: Parameters<typeof acceptQuestion>[1]): Promise<Posted> {
  const { language, intent } = understand(input.text, []);
  const posted = await postMessage(ctx, { ...input, check: assertBotPermitted });
  if (posted.repeated || posted.withHuman || input.isOnlyFiles || intent !== "question") return posted;
  try {
    await countUse(ctx, "queries");
    return posted;
  } catch (error) {
    if (!isOverLimit(error) || ctx.actor.kind !== "visitor") throw error;
    await requestHuman(ctx, {
      conversationId: posted.conversationId,
      reason: "This month's questions of your plan are used up, so the bot could not answer.",
      confirmation: say("overLimit", language),
      language,
      wanted: false,
    });
    return { ...posted, withHuman: true };
  }
}

/** Where a person has the conversation no bot is asked. */
async function assertBotPermitted(
  ctx: TxCtx,
  { botId, status }: { botId: string | null; status: ConversationStatus },
): Promise<void> {
  if (botId !== null && !isWithHuman(status)) await assertPermitted(ctx, "agents", botId);
}

function isOverLimit(error: unknown): boolean {
  return isAppError(error) && error.code === "INSUFFICIENT_CREDITS";
}

/** A member's first question opened the conversation that it was refused in. */
async function discardIfEmpty(ctx: Ctx, conversationId: string): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const { lastSequence } = await findConversation(ctx, conversationId, { lock: true });
    if (lastSequence === 0) await discardConversation(ctx, conversationId);
  });
}
