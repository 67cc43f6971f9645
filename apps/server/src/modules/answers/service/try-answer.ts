import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import { priceOf } from "../../spending/index.ts";
import { say } from "../answers.strings.ts";
import type { Turn } from "../pipeline/prompt.ts";
import type { Intent } from "../pipeline/understand.ts";
import { type AnswerOutcome, answerQuestion } from "./answer-question.ts";
import { type Answerer, answererOf, type Draft, readQuestion } from "./answerer.ts";
import { ModelTab } from "./model-tab.ts";

export interface TryInput {
  botId: string;
  question: string;
  /** What was said before, oldest first. */
  history?: { author: "customer" | "bot"; text: string }[] | undefined;
  /** What to try in place of what the bot has. */
  draft?: Draft | undefined;
  signal: AbortSignal;
}

export interface TriedAnswer extends AnswerOutcome {
  /** `wants_human`: a conversation would go to a person now. Small talk and this have no evidence behind them. */
  intent: Intent;
  /** Milliseconds. */
  latencyMs: number;
  inputTokens: number;
  outputTokens: number;
  /** US dollars; null where the model was asked and its price is not known. */
  cost: number | null;
}

/**
 * What a bot would answer, as it is or as a draft would have it: the pipeline of a real answer without a
 * conversation. Nothing is kept of it and nobody hears it, but the model's use is counted and the bot's budget
 * bounds it. Throws the signal's reason where that aborted, once what was used until then was counted.
 */
export async function tryAnswer(ctx: Ctx, input: TryInput): Promise<TriedAnswer> {
  assertCan(ctx.actor, "ask bots");
  const { signal, question } = input;
  signal.throwIfAborted();
  const answerer = await inTx(ctx, (ctx) => answererOf(ctx, input.botId, input.draft));
  const started = performance.now();
  const history: Turn[] = input.history ?? [];
  const read = readQuestion(question, history);
  const { intent } = read.understanding;
  const nothing = { intent, inputTokens: 0, outputTokens: 0, cost: 0 };
  if (intent !== "question") {
    const outcome = withoutEvidence(answerer, read.understanding.language, intent);
    return { ...outcome, ...nothing, latencyMs: Math.round(performance.now() - started) };
  }
  const tab = new ModelTab(input.botId);
  try {
    const answering = answerQuestion(ctx, { ...answerer, ...read, history, question, signal, tab });
    let step = await answering.next();
    while (!step.done) step = await answering.next();
    signal.throwIfAborted();
    const latencyMs = Math.round(performance.now() - started);
    const cost = await inTx(ctx, async (ctx) => {
      const isPriced = tab.tokens.inputTokens === 0 || (await priceOf(ctx, answerer.model.name)) !== null;
      const paid = await tab.settle(ctx);
      return isPriced ? paid : null;
    });
    tab.markSettled();
    return { ...step.value, intent, latencyMs, ...tab.tokens, cost };
  } finally {
    await tab.settleAlone(ctx);
  }
}

/** What the bot says of itself: to a greeting, to thanks, and when it asks a person to join. */
function withoutEvidence(
  { promptId, promptVersion, personality, instructions, model }: Answerer,
  language: AnswerOutcome["trace"]["language"],
  intent: Exclude<Intent, "question">,
): Omit<AnswerOutcome, "question"> {
  return {
    text: say(intent === "wants_human" ? "humanRequested" : intent, language),
    state: "complete",
    verdict: "incorrect",
    confidence: 0,
    mode: "abstained",
    model: model.name,
    fallbackReason: null,
    claims: [],
    checkedClaims: 0,
    supportedClaims: 0,
    verifyMs: 0,
    citations: [],
    trace: {
      language,
      standaloneQuestion: "",
      promptId,
      promptVersion,
      personality,
      instructions,
      passages: [],
      stages: [],
    },
  };
}
