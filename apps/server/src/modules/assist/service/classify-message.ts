import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import {
  annotateMessage,
  type ConversationRow,
  findConversation,
  messageById,
  noteFindings,
} from "../../conversations/index.ts";
import { messageClassified } from "../assist.events.ts";
import type { MessageClassification } from "../assist.schema.ts";
import { builtinIntentModel } from "../plain/builtin-examples.ts";
import { generalIntent } from "../plain/intents.ts";
import { worse } from "../plain/judge-severity.ts";
import { classifyPlainly } from "./classify-text.ts";

/**
 * Tells what a customer's message wants and notes it on the message; on the conversation the first intent, the worst
 * severity and the last feeling, where no person has set any. Done by what is built in and taught, whatever model is
 * connected: it costs nothing, and no message leaves the server for it. Safe to repeat: a message is told of once.
 */
export async function classifyMessage(
  ctx: Ctx,
  { conversationId, messageId }: { conversationId: string; messageId: string },
): Promise<void> {
  await builtinIntentModel(); // learning it, once a process, keeps no row locked
  await inTx(ctx, async (ctx) => {
    const conversation = await found(ctx, conversationId);
    if (!conversation || conversation.channel === "playground") return; // a member tries a bot: nobody is in need
    const message = await messageById(ctx, messageId);
    if (!message || message.conversationId !== conversationId || message.annotations || message.deletedAt)
      return;
    if (message.author !== "customer" || message.internal) return;
    const told = await classifyPlainly(ctx, message.text);
    const { entities: _entities, ...annotations } = told;
    await annotateMessage(ctx, messageId, annotations);
    await keepOnConversation(ctx, conversation, told);
    await emit(ctx, messageClassified, {
      conversationId,
      messageId,
      intent: told.intent,
      severity: told.severity,
      sentiment: told.sentiment,
      confidences: { intent: told.intentConfidence, severity: told.severityConfidence },
      at: ctx.now().toISOString(),
    });
  });
}

/** Locked; null where it went meanwhile. */
async function found(ctx: TxCtx, id: string): Promise<ConversationRow | null> {
  try {
    return await findConversation(ctx, id, { lock: true });
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

async function keepOnConversation(
  ctx: TxCtx,
  conversation: ConversationRow,
  told: MessageClassification,
): Promise<void> {
  const { intent, severity, sentiment } = conversation;
  await noteFindings(ctx, conversation, {
    intent: intent === null || intent === generalIntent ? told.intent : intent,
    severity: severity === null ? told.severity : worse(severity, told.severity),
    sentiment: told.sentiment === "neutral" && sentiment !== null ? sentiment : told.sentiment,
  });
}
