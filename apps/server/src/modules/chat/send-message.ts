import { z } from "zod";
import { AppError } from "../../platform/errors/index.ts";
import { idSchema, newId } from "../../platform/ids/index.ts";
import type { Ctx } from "../../ports/index.ts";
import {
  type AnsweredMessage,
  askWhole,
  citationSchema,
  claimSchema,
  modeSchema,
  offerReasons,
  verdictSchema,
  wholeAnswerSchema,
  withAnswers,
} from "../answers/index.ts";
import { messageText, pageOfMessages } from "../conversations/index.ts";
import { resolveConversation } from "./chat.service.ts";

export const sendMessageSchema = z.object({
  /** The conversation; absent: a new one. An id of the caller's own making opens one under it. */
  sessionId: idSchema.optional(),
  /** Whom to ask; needed where a conversation is opened. */
  botId: z.uuid().optional(),
  text: messageText,
  /** The caller's own id of the message: sending it again answers as the first time and asks nothing twice. */
  clientId: z.string().min(1).max(200).optional(),
});

export const sentMessageSchema = wholeAnswerSchema.extend({
  sessionId: z.uuid(),
  sources: z.array(citationSchema),
});

/** Keeps a message, has it answered by the whole pipeline, and gives all of the answer at once. */
export async function sendMessage(
  ctx: Ctx,
  { sessionId, botId, text, clientId, signal }: z.output<typeof sendMessageSchema> & { signal: AbortSignal },
): Promise<z.output<typeof sentMessageSchema>> {
  if (!sessionId && !botId) {
    throw new AppError(
      "VALIDATION_ERROR",
      "Name the bot by `botId`, or a conversation with one by `sessionId`.",
    );
  }
  const conversationId = await resolveConversation(ctx, { chatId: sessionId ?? newId(), botId });
  const whole = await askWhole(ctx, { conversationId, text, clientId: clientId ?? null, signal });
  return { sessionId: conversationId, ...whole };
}

export const historySchema = z.object({
  sessionId: z.uuid(),
  page: z.number().int().min(1).default(1),
  pageSize: z.number().int().min(1).max(100).default(20),
  /** By default oldest first. */
  direction: z.enum(["asc", "desc"]).default("asc"),
});

export const historyMessageSchema = z.object({
  id: z.uuid(),
  /** The sender's own id of it. */
  clientId: z.string().nullable(),
  /** `system`: a note of the server's, such as that a person was asked to join. */
  author: z.enum(["customer", "bot", "agent", "system"]),
  authorName: z.string().nullable(),
  text: z.string(),
  state: z.enum(["streaming", "complete", "interrupted"]),
  createdAt: z.date(),
  answer: z
    .object({
      answerId: z.uuid(),
      verdict: verdictSchema,
      confidence: z.number(),
      mode: modeSchema,
      model: z.string(),
      sources: z.array(citationSchema),
      claims: z.array(claimSchema),
      rating: z.enum(["up", "down"]).nullable(),
      handoff: z.object({ offered: z.boolean(), reason: z.enum(offerReasons).nullable() }),
    })
    .nullable(),
});
export type HistoryMessage = z.output<typeof historyMessageSchema>;

/** A page of what was said in a conversation, with what lies behind the bot's messages. */
export async function chatHistory(
  ctx: Ctx,
  { sessionId, ...page }: z.output<typeof historySchema>,
): Promise<{ items: HistoryMessage[]; total: number }> {
  const { items, total } = await pageOfMessages(ctx, { conversationId: sessionId, ...page });
  return { items: (await withAnswers(ctx, items)).map(toHistory), total };
}

function toHistory(message: AnsweredMessage): HistoryMessage {
  const { id, clientId, author, authorName, text, state, createdAt, answer } = message;
  return {
    id,
    clientId: author === "customer" ? clientId : null, // a reply's is our own
    author,
    authorName,
    text,
    state,
    createdAt,
    answer: answer && {
      answerId: answer.id,
      verdict: answer.verdict,
      confidence: answer.confidence,
      mode: answer.mode,
      model: answer.model,
      sources: answer.citations,
      claims: answer.claims,
      rating: answer.rating,
      handoff: { offered: answer.offer !== null, reason: answer.offer },
    },
  };
}
