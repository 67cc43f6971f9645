import { and, eq, sql } from "drizzle-orm";
import { sha256Hex } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { findBot } from "../../bots/index.ts";
import { finishBotMessage } from "../../conversations/index.ts";
import { answers, citations, problems } from "../answers.tables.ts";
import type { AnswerOutcome } from "./answer-question.ts";
import type { ModelTab } from "./model-tab.ts";

/**
 * Keeps the bot's message, all that lies behind it and what it cost, in one transaction. The state is `interrupted` where
 * a human took over before this.
 */
export async function keepAnswer(
  ctx: Ctx,
  input: {
    conversationId: string;
    messageId: string;
    botId: string;
    question: string;
    outcome: AnswerOutcome;
    /** Milliseconds. */
    latencyMs: number;
    tab: ModelTab;
  },
): Promise<{ answerId: string; state: AnswerOutcome["state"] }> {
  const id = newId();
  const { outcome, tab } = input;
  const { text, state: _state, citations: cited, ...rest } = outcome;
  const state = await inTx(ctx, async (ctx) => {
    const state = await finishBotMessage(ctx, { ...input, text, state: outcome.state });
    await ctx.tx.insert(answers).values({
      tenantId: ctx.tenantId,
      id,
      conversationId: input.conversationId,
      messageId: input.messageId,
      botId: input.botId,
      question: input.question,
      language: outcome.trace.language,
      latencyMs: input.latencyMs,
      createdAt: ctx.now(),
      ...tab.tokens,
      usageEstimated: tab.isEstimated,
      cost: await tab.settle(ctx),
      ...rest,
    });
    if (cited.length > 0) {
      await ctx.tx.insert(citations).values(
        cited.map((citation) => ({
          ...citation,
          tenantId: ctx.tenantId,
          answerId: id,
          quoteSha256: sha256Hex(citation.quote),
        })),
      );
    }
    if (outcome.mode === "abstained" || outcome.mode === "withheld") await recordProblem(ctx, id, input);
    return state;
  });
  tab.markSettled();
  return { answerId: id, state };
}

/** Keeps a message that has no answer behind it: small talk, or what was said before something failed. */
export async function keepMessage(
  ctx: Ctx,
  input: { conversationId: string; messageId: string; text: string; state: AnswerOutcome["state"] },
): Promise<AnswerOutcome["state"]> {
  return inTx(ctx, (ctx) => finishBotMessage(ctx, input));
}

/** The same question again raises the count of its problem. A bot that was deleted meanwhile has none. */
async function recordProblem(
  ctx: TxCtx,
  answerId: string,
  { botId, question }: { botId: string; question: string },
): Promise<void> {
  // the lock makes one problem of two askers at once
  if (!(await findBot(ctx, botId, { lock: true }).catch(nullIfAbsent))) return;
  const [known] = await ctx.tx
    .update(problems)
    .set({ occurrences: sql`${problems.occurrences} + 1`, lastAnswerId: answerId, updatedAt: ctx.now() })
    .where(
      and(
        eq(problems.tenantId, ctx.tenantId),
        eq(problems.botId, botId),
        eq(problems.question, question),
        eq(problems.status, "open"),
      ),
    )
    .returning({ id: problems.id });
  if (known) return;
  await ctx.tx.insert(problems).values({
    tenantId: ctx.tenantId,
    id: newId(),
    botId,
    question,
    status: "open",
    lastAnswerId: answerId,
    createdAt: ctx.now(),
    updatedAt: ctx.now(),
  });
}

function nullIfAbsent(error: unknown): null {
  if (isAppError(error) && error.code === "NOT_FOUND") return null;
  throw error;
}
