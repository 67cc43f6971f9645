import { isAppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { conversationChanges, isWithHuman } from "../../conversations/index.ts";
import { say } from "../answers.strings.ts";
import type { AnswerEvent } from "../answers.types.ts";
import { Announcer } from "./announce.ts";
import { answerQuestion, type QuestionInput } from "./answer-question.ts";
import { keepAnswer, keepMessage } from "./keep-answer.ts";
import { ModelTab } from "./model-tab.ts";
import { SourcesChanged } from "./stand-by-sources.ts";

export interface RunInput extends Omit<QuestionInput, "tab"> {
  conversationId: string;
  /** The bot's message, begun. */
  messageId: string;
}

/** An answer whose documents were deleted or replaced while it was written begins anew, this often in all. */
const mostTries = 3;

/**
 * Writes the bot's message to its end, come what may: answered, broken off because the reader left or a
 * human took over (what was said stays), or failed, which says so and offers a human. What rests on a document that
 * was deleted or replaced meanwhile is taken back, and answered anew from what there is. `emit` hears all of
 * it, last the `end` after everything was kept.
 */
export async function runAnswer(
  ctx: Ctx,
  input: RunInput,
  emit: (event: AnswerEvent) => void,
): Promise<void> {
  const { conversationId, messageId } = input;
  const language = input.replyLanguage ?? input.understanding.language;
  const started = performance.now();
  let tab = new ModelTab(input.bot.id);
  const takenOver = watchForHuman(ctx, input);
  const live = new Announcer(ctx, { conversationId, messageId });
  let said = "";
  const tell = (event: AnswerEvent) => {
    if (event.type === "paragraph") said += "\n\n";
    if (event.type === "retracted") said = "";
    if (event.type === "delta") said += event.delta;
    live.tell(event);
    emit(event);
  };
  const end = (answerId: string | null, state: "complete" | "interrupted") => {
    if (takenOver.signal.aborted) emit({ type: "delivered", to: "agent", conversationId });
    emit({ type: "end", messageId, answerId, state });
  };
  const signal = AbortSignal.any([input.signal, takenOver.signal]);
  emit({ type: "start", messageId, conversationId });
  try {
    if (input.understanding.intent === "question") {
      for (let tries = 1; ; tries++) {
        try {
          const outcome = await hear(answerQuestion(ctx, { ...input, signal, tab }), tell);
          const latencyMs = Math.round(performance.now() - started);
          await live.told();
          const kept = await keepAnswer(ctx, { ...input, botId: input.bot.id, outcome, latencyMs, tab });
          return end(kept.answerId, kept.state);
        } catch (error) {
          if (!(error instanceof SourcesChanged)) throw error;
          tell({ type: "retracted" });
          if (tries === mostTries || signal.aborted) throw error;
          await tab.settleAlone(ctx);
          tab = new ModelTab(input.bot.id);
        }
      }
    }
    if (input.understanding.intent !== "wants_human") {
      tell({ type: "delta", delta: say(input.understanding.intent, language) });
    }
    await live.told();
    return end(null, await keepMessage(ctx, { conversationId, messageId, text: said, state: "complete" }));
  } catch (error) {
    if (!signal.aborted) {
      const isGone = isAppError(error) && error.code === "NOT_FOUND";
      if (isGone) ctx.log.info({ conversationId }, "a bot was deleted while it answered");
      else ctx.log.error({ error, conversationId }, "an answer failed");
      if (said !== "") tell({ type: "paragraph" });
      tell({ type: "delta", delta: say("failed", language) });
      tell({ type: "handoff", offered: true, reason: "failed" });
    }
    const state = signal.aborted ? "interrupted" : "complete";
    await live.told();
    end(null, await keepMessage(ctx, { conversationId, messageId, text: said, state }));
  } finally {
    takenOver.stop();
    // nothing is owed any more where the answer was kept; where that failed, the model is paid all the same
    await tab
      .settleAlone(ctx)
      .catch((error: unknown) => ctx.log.error({ error }, "a model's use was not counted"));
  }
}

/** Tells every event as it comes; returns what is to be kept. */
async function hear<Kept>(
  answering: AsyncGenerator<AnswerEvent, Kept>,
  tell: (event: AnswerEvent) => void,
): Promise<Kept> {
  let step = await answering.next();
  for (; !step.done; step = await answering.next()) tell(step.value);
  return step.value;
}

/** Aborts `signal` as soon as a human has the conversation or is asked for. */
function watchForHuman(ctx: Ctx, { conversationId }: { conversationId: string }) {
  const human = new AbortController();
  const stop = new AbortController();
  const watch = async () => {
    for await (const change of conversationChanges(ctx, { conversationId, signal: stop.signal })) {
      if (isWithHuman(change.status)) human.abort(new Error("A human took over."));
    }
  };
  // a reader that fell behind misses nothing for good: keeping the message looks at the status again
  watch().catch((error: unknown) => ctx.log.warn({ error }, "a take-over may be noticed late"));
  return { signal: human.signal, stop: () => stop.abort() };
}
