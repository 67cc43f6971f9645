import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { type AnsweredMessage, rateAnswer, withAnswers } from "../../answers/index.ts";
import {
  type ConversationRow,
  findConversation,
  messageById,
  pageOfMessages,
  repliedTo,
} from "../../conversations/index.ts";
import { type PortalConversation, portalLanguages, type RatedInteraction } from "../qa.schema.ts";

type Interaction = PortalConversation["interactions"][number];

/** Questions and answers that are read at once. */
const mostInteractions = 200;

/** Portal conversations are people's own: no program and no visitor has any. */
export function memberOf(ctx: Ctx): string {
  if (ctx.actor.kind === "user") return ctx.actor.userId;
  throw new AppError("FORBIDDEN", "The portal answers members. Sign in.");
}

/** A conversation of the portal and of the caller: also an owner finds no other here. */
export async function findOwnConversation(ctx: TxCtx, id: string): Promise<ConversationRow> {
  const conversation = await findConversation(ctx, id);
  const isOwn = conversation.channel === "portal" && conversation.memberId === memberOf(ctx);
  if (!isOwn) throw notFound("The conversation");
  return conversation;
}

export async function getPortalConversation(ctx: Ctx, input: { id: string }): Promise<PortalConversation> {
  const conversation = await inTx(ctx, (ctx) => findOwnConversation(ctx, input.id));
  const { id, language, createdAt } = conversation;
  return {
    id,
    session_id: id,
    language: portalLanguages.find((known) => known === language) ?? "en",
    started_at: createdAt,
    interactions: await interactionsOf(ctx, id),
  };
}

/** Rates an answer; the last rating counts. Throws NOT_FOUND also where the bot said nothing that can be rated. */
export async function rateInteraction(
  ctx: Ctx,
  input: { interactionId: string; rating: number; comment?: string | undefined },
): Promise<RatedInteraction> {
  const message = await inTx(ctx, async (ctx) => {
    const message = await messageById(ctx, input.interactionId);
    if (message) await findOwnConversation(ctx, message.conversationId).catch(() => notFoundHere());
    return message ?? notFoundHere();
  });
  const { conversationId } = message;
  const interactions = await interactionsOf(ctx, conversationId);
  const interaction = interactions.find(({ id }) => id === input.interactionId);
  if (!interaction?.answerId) return notFoundHere();
  const { answerId, ...rated } = interaction;
  await rateAnswer(ctx, { answerId, conversationId, rating: input.rating, comment: input.comment });
  return {
    ...rated,
    conversation_id: conversationId,
    feedback_rating: input.rating,
    feedback_comment: input.comment ?? null,
  };
}

function notFoundHere(): never {
  throw notFound("The interaction");
}

/** Each question with its answer: the bot's, else what people and the server said before the next question. */
async function interactionsOf(
  ctx: Ctx,
  conversationId: string,
): Promise<(Interaction & { answerId: string | null })[]> {
  const { items } = await pageOfMessages(ctx, {
    conversationId,
    page: 1,
    pageSize: 2 * mostInteractions,
    direction: "desc",
  });
  const messages = await withAnswers(ctx, items.reverse());
  const replies = new Map<string | null, AnsweredMessage>(
    messages.map((message) => [repliedTo(message), message]),
  );
  const asked = messages.flatMap((message, at) => (message.author === "customer" ? [{ message, at }] : []));
  return asked.slice(-mostInteractions).map(({ message: question, at }, index, all) => {
    const reply = replies.get(question.id);
    const next = asked[asked.length - all.length + index + 1]?.at;
    const others = messages.slice(at + 1, next).map(({ text }) => text);
    return {
      id: reply?.id ?? question.id,
      question: question.text,
      answer: reply?.text ?? others.join("\n\n"),
      sources_used: reply?.answer?.citations ?? [],
      confidence_score: reply?.answer?.confidence ?? null,
      created_at: question.createdAt,
      answerId: reply?.answer?.id ?? null,
    };
  });
}
