import { and, desc, eq } from "drizzle-orm";
import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, isAppError, notFound } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { getAnswer, withAnswers } from "../../answers/index.ts";
import { findBot } from "../../bots/index.ts";
import { findConversation, readMessages } from "../../conversations/index.ts";
import { assertCan } from "../../identity/index.ts";
import * as queries from "../evaluations.queries.ts";
import {
  type EvaluationRun,
  maxCases,
  type replaySchema,
  type startReplaySchema,
} from "../evaluations.schema.ts";
import { evaluationRuns } from "../evaluations.tables.ts";
import { exchangesOf } from "../making/from-conversation.ts";
import { insertRun } from "./start-run.ts";

/**
 * Asks a past conversation's questions again, each after what was said before it then, by the bot as it is or as a
 * draft would have it. The conversation stays as it is and nobody in it is told.
 */
export async function startReplay(
  ctx: Ctx,
  input: z.infer<typeof startReplaySchema>,
): Promise<EvaluationRun> {
  assertCan(ctx.actor, "evaluate bots");
  const { conversationId, answerId, ...draft } = input;
  const said = await withAnswers(ctx, await readMessages(ctx, { conversationId }));
  const exchanges = exchangesOf(said).map((exchange) => {
    const at = said.findIndex(({ id }) => id === exchange.messageId);
    const reply = said.slice(at + 1).find(({ author }) => author === "customer" || author === "bot");
    return { ...exchange, formerAnswerId: reply?.author === "bot" ? (reply.answer?.id ?? null) : null };
  });
  const chosen = answerId ? exchanges.filter(({ formerAnswerId }) => formerAnswerId === answerId) : exchanges;
  if (answerId && chosen.length === 0) throw notFound("The answer");
  return inTx(ctx, async (ctx) => {
    const { botId } = await findConversation(ctx, conversationId);
    if (!botId) throw new AppError("CONFLICT", "The bot of this conversation was deleted.");
    if (chosen.length === 0)
      throw new AppError("VALIDATION_ERROR", "Nobody asked anything in this conversation.");
    const bot = await findBot(ctx, botId, { lock: true });
    const row = await insertRun(ctx, bot, draft, {
      kind: "replay",
      conversationId,
      name: null,
      isWhole: false,
      items: chosen.slice(-maxCases).map(({ messageId, question, history, formerAnswerId }) => ({
        itemId: messageId,
        formerAnswerId,
        content: {
          question,
          history,
          expects: "answer",
          goldAnswers: [],
          mustContain: [],
          goldDocumentId: null,
          goldQuote: null,
        },
      })),
    });
    return queries.toRun(row);
  });
}

/** A replay with both answers to each question: what was said then, and what would be said now. */
export async function getReplay(ctx: Ctx, input: { runId: string }): Promise<z.infer<typeof replaySchema>> {
  assertCan(ctx.actor, "read evaluations");
  const { run, rows } = await inTx(ctx, async (ctx) => {
    const run = await queries.findRun(ctx, input.runId);
    if (run.kind !== "replay") throw notFound("The replay");
    return { run, rows: (await queries.pageOfResults(ctx, { ...input, page: 1, pageSize: maxCases })).rows };
  });
  const turns: z.infer<typeof replaySchema>["turns"] = [];
  for (const { itemId, content, formerAnswerId, answer, latencyMs, cost } of rows) {
    turns.push({
      itemId,
      question: content.question,
      before: formerAnswerId ? await formerAnswer(ctx, formerAnswerId) : null,
      after: answer && { ...answer, latencyMs, cost },
      failed: answer === null && latencyMs === null && run.finishedAt !== null,
    });
  }
  return { run: queries.toRun(run), turns };
}

/** Null where it has gone. */
async function formerAnswer(ctx: Ctx, id: string) {
  try {
    const answer = await getAnswer(ctx, { id });
    const said = await readMessages(ctx, { conversationId: answer.conversationId });
    return { ...answer, text: said.find(({ id }) => id === answer.messageId)?.text ?? "" };
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return null;
    throw error;
  }
}

/** The newest replays of a conversation. */
export async function replaysOf(ctx: Ctx, input: { conversationId: string }): Promise<EvaluationRun[]> {
  assertCan(ctx.actor, "read evaluations");
  return inTx(ctx, async (ctx) => {
    await findConversation(ctx, input.conversationId);
    const rows = await ctx.tx
      .select()
      .from(evaluationRuns)
      .where(
        and(
          eq(evaluationRuns.tenantId, ctx.tenantId),
          eq(evaluationRuns.conversationId, input.conversationId),
        ),
      )
      .orderBy(desc(evaluationRuns.createdAt))
      .limit(20);
    return rows.map(queries.toRun);
  });
}
