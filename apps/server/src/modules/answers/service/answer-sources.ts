import { and, eq, inArray } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { messages } from "../../conversations/conversations.tables.ts";
import { findConversation } from "../../conversations/index.ts";
import { chunks } from "../../knowledge/knowledge.tables.ts";
import * as queries from "../answers.queries.ts";
import type { Passage } from "../verification/index.ts";

/**
 * What an answer said and the passages that it was written from, numbered as it cites them. Of a passage that is
 * gone its kept quote stands, with its number in `missing`. Of a withheld answer it is the words that were withheld.
 */
export async function sourcesOfAnswer(
  ctx: TxCtx,
  answerId: string,
): Promise<{ answer: string; passages: Passage[]; missing: number[] }> {
  const row = await queries.findAnswer(ctx, answerId);
  await findConversation(ctx, row.conversationId);
  const cited = (await queries.citationsOf(ctx, [row.id])).get(row.id) ?? [];
  const ids = row.trace.passages.map(({ chunkId }) => chunkId);
  const found =
    ids.length === 0
      ? []
      : await ctx.tx
          .select({ id: chunks.id, text: chunks.text })
          .from(chunks)
          .where(and(eq(chunks.tenantId, ctx.tenantId), inArray(chunks.id, ids)));
  const textOf = new Map(found.map(({ id, text }) => [id, text]));
  const missing: number[] = [];
  const passages = row.trace.passages.flatMap(({ number, chunkId }): Passage[] => {
    const citation = cited.find((candidate) => candidate.number === number);
    const text = textOf.get(chunkId);
    if (text === undefined) missing.push(number);
    const left = text ?? citation?.quote;
    return left === undefined ? [] : [{ number, text: left, title: citation?.documentName ?? "" }];
  });
  return { answer: await wordsOf(ctx, row), passages, missing };
}

async function wordsOf(ctx: TxCtx, row: queries.AnswerRow): Promise<string> {
  if (row.mode === "withheld") {
    const sentences = row.claims.map(({ text, citations }) =>
      [text, ...citations.map((number) => `[${number}]`)].join(" "),
    );
    return sentences.join(" ");
  }
  const [message] = await ctx.tx
    .select({ text: messages.text })
    .from(messages)
    .where(and(eq(messages.tenantId, ctx.tenantId), eq(messages.id, row.messageId)));
  return message?.text ?? "";
}
