import { and, asc, desc, eq, gt, inArray, lte, or, sql } from "drizzle-orm";
import type { TxCtx } from "../../ports/index.ts";
import { messages } from "../conversations/conversations.tables.ts";
import { answers } from "./answers.tables.ts";

/* Answers with what was thought of them, for whoever follows up those that were no good. */

const judged = {
  id: answers.id,
  botId: answers.botId,
  conversationId: answers.conversationId,
  question: answers.question,
  /** As it was understood with what was said before. */
  standaloneQuestion: sql<string>`coalesce(${answers.trace}->>'standaloneQuestion', ${answers.question})`,
  language: answers.language,
  text: messages.text,
  mode: answers.mode,
  verdict: answers.verdict,
  confidence: answers.confidence,
  model: answers.model,
  rating: answers.rating,
  ratingComment: answers.ratingComment,
  createdAt: answers.createdAt,
};

function select(ctx: TxCtx) {
  return ctx.tx
    .select(judged)
    .from(answers)
    .innerJoin(messages, and(eq(messages.tenantId, answers.tenantId), eq(messages.id, answers.messageId)))
    .$dynamic();
}
export type JudgedAnswer = Awaited<ReturnType<typeof judgedAnswers>>[number];

/** Those of these answers that there are. */
export async function judgedAnswers(ctx: TxCtx, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return select(ctx).where(and(eq(answers.tenantId, ctx.tenantId), inArray(answers.id, [...ids])));
}

/** The last answer that a conversation had got at a moment; null before the first. */
export async function answerBefore(
  ctx: TxCtx,
  { conversationId, at }: { conversationId: string; at: Date },
): Promise<JudgedAnswer | null> {
  const [row] = await select(ctx)
    .where(
      and(
        eq(answers.tenantId, ctx.tenantId),
        eq(answers.conversationId, conversationId),
        lte(answers.createdAt, at),
      ),
    )
    .orderBy(desc(answers.createdAt))
    .limit(1);
  return row ?? null;
}

/** A bot's answers that were empty, withheld or rated badly, oldest first, after the one of an id. */
export async function poorAnswers(
  ctx: TxCtx,
  { botId, after, limit }: { botId: string; after: string | null; limit: number },
): Promise<JudgedAnswer[]> {
  return select(ctx)
    .where(
      and(
        eq(answers.tenantId, ctx.tenantId),
        eq(answers.botId, botId),
        or(inArray(answers.mode, ["abstained", "withheld"]), eq(answers.rating, "down")),
        after === null ? undefined : gt(answers.id, after),
      ),
    )
    .orderBy(asc(answers.id)) // ids begin with their time
    .limit(limit);
}
