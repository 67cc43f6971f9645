import { and, asc, count, desc, eq, inArray, isNotNull, isNull, lt, type SQL, sql } from "drizzle-orm";
import type { TxCtx } from "../../ports/index.ts";
import { answers } from "../answers/answers.tables.ts";
import { type AnswerScope, answersWithin } from "../answers/index.ts";
import { bots } from "../bots/bots.tables.ts";
import { messages } from "../conversations/conversations.tables.ts";
import { namesOf } from "../identity/index.ts";
import type { ListInput, Review } from "./quality.schema.ts";
import { answerReviews } from "./quality.tables.ts";

/** The current reviews of answers, by the answer's id. */
export async function reviewsOf(ctx: TxCtx, answerIds: string[]): Promise<Map<string, Review>> {
  if (answerIds.length === 0) return new Map();
  const rows = await ctx.tx
    .select()
    .from(answerReviews)
    .where(and(eq(answerReviews.tenantId, ctx.tenantId), inArray(answerReviews.answerId, answerIds)));
  const names = await namesOf(
    ctx,
    rows.map(({ reviewerId }) => reviewerId),
  );
  return new Map(
    rows.map(({ answerId, verdict, note, reviewerId: id, createdAt, updatedAt }) => {
      const name = names.get(id ?? "");
      const reviewer = id !== null && name !== undefined ? { id, name } : null;
      return [answerId, { verdict, note, reviewer, createdAt, updatedAt }];
    }),
  );
}

/** A page of answers to review, with what was said and the bot's name. */
export async function listReviewable(
  ctx: TxCtx,
  scope: AnswerScope,
  { page, pageSize, sort, ...filter }: Pick<ListInput, "page" | "pageSize" | "sort"> & Filter,
) {
  const review = and(eq(answerReviews.tenantId, answers.tenantId), eq(answerReviews.answerId, answers.id));
  const where = and(answersWithin(ctx, scope), ...conditions(filter));
  const [counted] = await ctx.tx
    .select({ total: count() })
    .from(answers)
    .leftJoin(answerReviews, review)
    .where(where);
  const rows = await ctx.tx
    .select({
      id: answers.id,
      conversationId: answers.conversationId,
      messageId: answers.messageId,
      botId: answers.botId,
      botName: bots.name,
      question: answers.question,
      verdict: answers.verdict,
      confidence: answers.confidence,
      mode: answers.mode,
      model: answers.model,
      claims: answers.claims,
      rating: answers.rating,
      checkedClaims: answers.checkedClaims,
      supportedClaims: answers.supportedClaims,
      createdAt: answers.createdAt,
      answer: messages.text,
    })
    .from(answers)
    .innerJoin(messages, and(eq(messages.tenantId, answers.tenantId), eq(messages.id, answers.messageId)))
    .leftJoin(bots, and(eq(bots.tenantId, answers.tenantId), eq(bots.id, answers.botId)))
    .leftJoin(answerReviews, review)
    .where(where)
    .orderBy(...(sort === "doubtful" ? doubtfulFirst : []), desc(answers.createdAt), desc(answers.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize);
  return { rows, total: counted?.total ?? 0 };
}

type Filter = Pick<ListInput, "review" | "confidenceBelow" | "unsupported" | "rating">;

const unsupported = sql<number>`coalesce(${answers.checkedClaims} - ${answers.supportedClaims}, 0)`;
const doubtfulFirst = [desc(sql`${unsupported} > 0`), asc(answers.confidence)];

function conditions({ review, confidenceBelow, unsupported: isUnsupported, rating }: Filter) {
  const all: (SQL | undefined)[] = [
    confidenceBelow === undefined ? undefined : lt(answers.confidence, confidenceBelow),
    isUnsupported === undefined
      ? undefined
      : isUnsupported
        ? sql`${unsupported} > 0`
        : sql`${unsupported} = 0`,
    rating === undefined ? undefined : eq(answers.rating, rating),
  ];
  if (review === "reviewed") all.push(isNotNull(answerReviews.answerId));
  else if (review === "unreviewed") all.push(isNull(answerReviews.answerId));
  else if (review !== "any") all.push(eq(answerReviews.verdict, review));
  return all;
}
