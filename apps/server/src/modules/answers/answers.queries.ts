import { and, asc, eq, inArray } from "drizzle-orm";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import type { Citation } from "./answers.schema.ts";
import { answers, citations } from "./answers.tables.ts";

export type AnswerRow = typeof answers.$inferSelect;

export async function findAnswer(ctx: TxCtx, id: string): Promise<AnswerRow> {
  const [row] = await ctx.tx
    .select()
    .from(answers)
    .where(and(eq(answers.tenantId, ctx.tenantId), eq(answers.id, id)));
  if (!row) throw notFound("The answer");
  return row;
}

export async function answersOfMessages(ctx: TxCtx, messageIds: string[]): Promise<AnswerRow[]> {
  if (messageIds.length === 0) return [];
  return ctx.tx
    .select()
    .from(answers)
    .where(and(eq(answers.tenantId, ctx.tenantId), inArray(answers.messageId, messageIds)));
}

/** Citations by answer, in the order of their numbers. */
export async function citationsOf(ctx: TxCtx, answerIds: string[]): Promise<Map<string, Citation[]>> {
  const byAnswer = new Map<string, Citation[]>(answerIds.map((id) => [id, []]));
  if (answerIds.length === 0) return byAnswer;
  const rows = await ctx.tx
    .select()
    .from(citations)
    .where(and(eq(citations.tenantId, ctx.tenantId), inArray(citations.answerId, answerIds)))
    .orderBy(asc(citations.number));
  for (const { tenantId: _tenant, answerId, quoteSha256: _hash, ...citation } of rows) {
    byAnswer.get(answerId)?.push(citation);
  }
  return byAnswer;
}
