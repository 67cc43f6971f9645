import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { currentConversation, findConversation, type Message } from "../../conversations/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { answerRated } from "../answers.events.ts";
import * as queries from "../answers.queries.ts";
import type { Answer, Citation } from "../answers.schema.ts";
import { answers } from "../answers.tables.ts";
import type { OfferReason } from "../answers.types.ts";

/** An answer with its sources, checks and trace. Whoever may read its conversation may read it. */
export async function getAnswer(ctx: Ctx, input: { id: string }): Promise<Answer> {
  return inTx(ctx, async (ctx) => {
    const row = await queries.findAnswer(ctx, input.id);
    await findConversation(ctx, row.conversationId);
    const citations = await queries.citationsOf(ctx, [row.id]);
    const { tenantId: _tenant, botId: _bot, language: _spoken, ratingComment: _comment, ...answer } = row;
    return { ...answer, citations: citations.get(row.id) ?? [] };
  });
}

export interface AnsweredMessage extends Message {
  answer:
    | (Pick<Answer, "id" | "verdict" | "confidence" | "mode" | "model" | "claims" | "rating"> & {
        citations: Citation[];
        /** Why a person was offered in its place. */
        offer: OfferReason | null;
      })
    | null;
}

/** Messages with what lies behind those of the bot, for whoever was allowed to read the messages. */
export async function withAnswers(ctx: Ctx, messages: Message[]): Promise<AnsweredMessage[]> {
  const fromBot = messages.filter((message) => message.author === "bot");
  if (fromBot.length === 0) return messages.map((message) => ({ ...message, answer: null }));
  const { rows, citations } = await inTx(ctx, async (ctx) => {
    const rows = await queries.answersOfMessages(
      ctx,
      fromBot.map((message) => message.id),
    );
    return {
      rows,
      citations: await queries.citationsOf(
        ctx,
        rows.map((row) => row.id),
      ),
    };
  });
  const byMessage = new Map(rows.map((row) => [row.messageId, row]));
  return messages.map((message) => {
    const row = byMessage.get(message.id);
    if (!row || message.deletedAt) return { ...message, answer: null }; // its claims are the words that are hidden
    const { id, verdict, confidence, mode, model, rating } = row;
    const claims = mode === "withheld" ? [] : row.claims; // they are the words that were withheld
    const offer = row.trace.offer ?? null;
    const cited = citations.get(id) ?? [];
    return {
      ...message,
      answer: { id, verdict, confidence, mode, model, claims, rating, citations: cited, offer },
    };
  });
}

/** Whoever may read the conversation may rate its answers; the last rating counts. */
export async function rateAnswer(
  ctx: Ctx,
  input: {
    answerId: string;
    /** Where the caller says that the answer is; it is not found elsewhere. */
    conversationId?: string;
    /** A thumb, or a number from 1 to 5, of which 1 and 2 are a thumb down, 4 and 5 one up, and 3 neither. */
    rating: "up" | "down" | number;
    comment?: string | undefined;
  },
): Promise<void> {
  const given =
    typeof input.rating === "number" ? rated(input.rating) : { rating: input.rating, ratingScore: null };
  await inTx(ctx, async (ctx) => {
    const row = await queries.findAnswer(ctx, input.answerId);
    const { id: standsIn } = await currentConversation(ctx, row.conversationId);
    if (input.conversationId && (await currentConversation(ctx, input.conversationId)).id !== standsIn) {
      throw notFound("The answer");
    }
    await ctx.tx
      .update(answers)
      .set({ ...given, ratingComment: input.comment ?? null, ratedAt: ctx.now() })
      .where(and(eq(answers.tenantId, ctx.tenantId), eq(answers.id, row.id)));
    const { rating, ratingScore } = row;
    await recordAudit(ctx, {
      action: "answer.rated",
      subjectType: "answer",
      subjectId: row.id,
      before: { rating, ratingScore },
      after: given,
    });
    await emit(ctx, answerRated, { answerId: row.id });
  });
}

function rated(score: number): { rating: "up" | "down" | null; ratingScore: number } {
  return { rating: score <= 2 ? "down" : score >= 4 ? "up" : null, ratingScore: score };
}
