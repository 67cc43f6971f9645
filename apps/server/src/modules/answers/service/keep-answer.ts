import { and, eq, sql } from "drizzle-orm";
import { sha256Hex } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { finishBotMessage } from "../../conversations/index.ts";
import { answers, citations, problems } from "../answers.tables.ts";
import type { AnswerOutcome } from "./answer-question.ts";

/** Keeps the bot's message and all that lies behind it, in one transaction. Returns the answer's id. */
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
  },
): Promise<string> {
  const id = newId();
  const { outcome } = input;
  const { text, state, citations: cited, ...rest } = outcome;
  await inTx(ctx, async (ctx) => {
    await ctx.tx.insert(answers).values({
      tenantId: ctx.tenantId,
      id,
      conversationId: input.conversationId,
      messageId: input.messageId,
      botId: input.botId,
      question: input.question,
      latencyMs: input.latencyMs,
      createdAt: ctx.now(),
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
    await finishBotMessage(ctx, {
      conversationId: input.conversationId,
      messageId: input.messageId,
      text,
      state,
    });
  });
  return id;
}

/** Keeps a message that claims nothing and so has no answer behind it. */
export async function keepSmallTalk(
  ctx: Ctx,
  input: { conversationId: string; messageId: string; text: string },
): Promise<void> {
  await inTx(ctx, (ctx) => finishBotMessage(ctx, { ...input, state: "complete" }));
}

/** The same question again raises the count of its problem. */
async function recordProblem(
  ctx: TxCtx,
  answerId: string,
  { botId, question }: { botId: string; question: string },
): Promise<void> {
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
