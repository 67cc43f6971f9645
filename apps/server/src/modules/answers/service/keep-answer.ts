import { inTx } from "../../../platform/ctx/index.ts";
import { emit } from "../../../platform/events/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { finishBotMessage } from "../../conversations/index.ts";
import { answerContradicted, answerMissing } from "../answers.events.ts";
import { answers, citations } from "../answers.tables.ts";
import type { Refinement, StageTrace } from "../answers.types.ts";
import type { AnswerOutcome } from "./answer-question.ts";
import type { ModelTab } from "./model-tab.ts";
import { holdSources } from "./stand-by-sources.ts";

/**
 * Keeps the bot's message, all that lies behind it and what it cost, in one transaction. The state is `interrupted` where
 * a human took over before this. Throws SourcesChanged, and keeps nothing, where a document was deleted or replaced that
 * the answer was made of.
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
    const isOfSources = outcome.mode === "model" || outcome.mode === "extractive";
    if (isOfSources) await holdSources(ctx, outcome.trace.passages);
    const state = await finishBotMessage(ctx, { ...input, text, state: outcome.state });
    await ctx.tx.insert(answers).values({
      tenantId: ctx.tenantId,
      id,
      conversationId: input.conversationId,
      messageId: input.messageId,
      botId: input.botId,
      question: input.question,
      language: outcome.trace.language,
      contradictions: outcome.trace.contradictions?.length ?? 0,
      latencyMs: input.latencyMs,
      createdAt: ctx.now(),
      ...evidenceFigures(outcome.trace.stages),
      ...tab.tokens,
      usageEstimated: tab.isEstimated,
      cost: await tab.settle(ctx),
      ...rest,
    });
    if (cited.length > 0) {
      await ctx.tx.insert(citations).values(
        cited.map(({ source, ...citation }) => ({
          ...citation,
          tenantId: ctx.tenantId,
          answerId: id,
          sourceUpdatedAt: source.updatedAt ? new Date(source.updatedAt) : null,
        })),
      );
    }
    if (outcome.trace.contradictions) await emit(ctx, answerContradicted, { answerId: id });
    if (outcome.mode === "abstained" || outcome.mode === "withheld") {
      await emit(ctx, answerMissing, { answerId: id });
    }
    return state;
  });
  tab.markSettled();
  return { answerId: id, state };
}

/** What finding the evidence took and came to, for figures over many answers. */
function evidenceFigures(stages: readonly StageTrace[]): { refinement: Refinement; evidenceMs: number } {
  const searching = stages.filter(({ stage }) => ["retrieve", "grade", "refine"].includes(stage));
  const refined = stages.find(({ stage }) => stage === "refine");
  return {
    refinement: refined === undefined ? "none" : refined.data.isBetter === true ? "helped" : "no_help",
    evidenceMs: searching.reduce((sum, { ms }) => sum + ms, 0),
  };
}

/** Keeps a message that has no answer behind it: small talk, or what was said before something failed. */
export async function keepMessage(
  ctx: Ctx,
  input: { conversationId: string; messageId: string; text: string; state: AnswerOutcome["state"] },
): Promise<AnswerOutcome["state"]> {
  return inTx(ctx, (ctx) => finishBotMessage(ctx, input));
}
