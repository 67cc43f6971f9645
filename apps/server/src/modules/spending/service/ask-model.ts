import { generateText } from "ai";
import { inTx } from "../../../platform/ctx/index.ts";
import { visible } from "../../../platform/text/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import type { AnsweringModel } from "../../models/index.ts";
import { estimateTokens } from "../tokens.ts";
import { releaseBudget, reserveBudget } from "./reserve.ts";
import { recordModelUse } from "./usage.ts";

export interface ModelQuestion {
  /** Whose budget it goes on beside the tenant's; null: on the tenant's alone. */
  botId: string | null;
  model: AnsweringModel;
  instructions: string;
  prompt: string;
  /** Tokens that it may write at most: what its cost is bounded by. */
  outputLimit: number;
  /** Milliseconds. */
  longestWait: number;
  signal?: AbortSignal | undefined;
}

/** What the model wrote, as people would see it, or why there is nothing: a sentence for the owner. */
export type ModelSaid = { text: string } | { failure: string };

/**
 * Asks a connected model one question, whole and not streamed, within the budgets; what it used is counted whatever
 * became of it. Never throws for the model's sake: whoever asks has a plainer way at hand. Not inside a transaction.
 */
export async function askModel(ctx: Ctx, question: ModelQuestion): Promise<ModelSaid> {
  const { botId, model, instructions, prompt, outputLimit, longestWait, signal } = question;
  const inputTokens = estimateTokens(instructions, prompt);
  const reservation = await inTx(ctx, (ctx) =>
    reserveBudget(ctx, { botId, model: model.name, inputTokens, outputTokens: outputLimit }),
  );
  if (!reservation.granted) return { failure: reservation.reason };
  let used: { inputTokens: number; outputTokens: number; isEstimated: boolean } | null = null;
  try {
    const limit = AbortSignal.timeout(longestWait);
    const { text, totalUsage } = await generateText({
      model: model.model,
      instructions,
      prompt,
      maxOutputTokens: outputLimit,
      maxRetries: 1,
      abortSignal: signal ? AbortSignal.any([signal, limit]) : limit,
    });
    used = {
      inputTokens: totalUsage.inputTokens ?? inputTokens,
      outputTokens: totalUsage.outputTokens ?? estimateTokens(text),
      isEstimated: totalUsage.inputTokens === undefined || totalUsage.outputTokens === undefined,
    };
    const said = visible(text.toWellFormed().replaceAll("\0", "")).trim();
    return said === "" ? { failure: "The model wrote nothing." } : { text: said };
  } catch (error) {
    ctx.log.warn({ error, model: model.name }, "a model did not answer; the plainer way is taken");
    return { failure: "The model could not be reached or broke off." };
  } finally {
    await inTx(ctx, async (ctx) => {
      if (reservation.id) await releaseBudget(ctx, reservation.id);
      if (used) await recordModelUse(ctx, { botId, purpose: "answering", model: model.name, ...used });
    });
  }
}
