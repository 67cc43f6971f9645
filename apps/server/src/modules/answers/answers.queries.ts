import { and, asc, eq, inArray } from "drizzle-orm";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { keyOfSource, type SourceStanding, standingOfSources } from "../knowledge/index.ts";
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

const gone: SourceStanding = { state: "removed", updatedAt: null, isStale: false };

/** Citations by answer, in the order of their numbers, with what became of their sources since. */
export async function citationsOf(ctx: TxCtx, answerIds: string[]): Promise<Map<string, Citation[]>> {
  const byAnswer = new Map<string, Citation[]>(answerIds.map((id) => [id, []]));
  if (answerIds.length === 0) return byAnswer;
  const rows = await ctx.tx
    .select()
    .from(citations)
    .where(and(eq(citations.tenantId, ctx.tenantId), inArray(citations.answerId, answerIds)))
    .orderBy(asc(citations.number));
  const standing = await standingOfSources(ctx, rows);
  for (const { tenantId: _tenant, answerId, sourceUpdatedAt, ...citation } of rows) {
    const { state, updatedAt, isStale } = standing.get(keyOfSource(citation)) ?? gone;
    const at = state === "current" ? updatedAt : sourceUpdatedAt;
    const source = { state, updatedAt: at?.toISOString() ?? null, isStale };
    byAnswer.get(answerId)?.push({ ...citation, source });
  }
  return byAnswer;
}
