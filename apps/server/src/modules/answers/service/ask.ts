import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { activePrompt, defaultInstructions, findBot } from "../../bots/index.ts";
import {
  beginBotMessage,
  findConversation,
  messageDelta,
  postMessage,
  readMessages,
  requestHuman,
} from "../../conversations/index.ts";
import { assertCan } from "../../identity/index.ts";
import { answeringModel } from "../../models/index.ts";
import { say } from "../answers.strings.ts";
import type { AnswerEvent } from "../answers.types.ts";
import { understand } from "../pipeline/understand.ts";
import { answerQuestion } from "./answer-question.ts";
import { keepAnswer, keepSmallTalk } from "./keep-answer.ts";
import { repeatAnswer } from "./repeat-answer.ts";

export interface AskInput {
  conversationId: string;
  text: string;
  /** The sender's own id of the message: asking twice with it answers once. */
  clientId: string | null;
  /** Aborted when nobody listens any more: the model is stopped, and what was said is kept. */
  signal: AbortSignal;
}

/**
 * Answers a message of a conversation: keeps the message, answers it by the pipeline of PRODUCT.md, and
 * keeps the answer with its evidence. Ends with `delivered` where a human has the conversation.
 */
export async function* ask(ctx: Ctx, input: AskInput): AsyncGenerator<AnswerEvent> {
  if (ctx.actor.kind === "user") assertCan(ctx.actor, "ask bots");
  const history = await readMessages(ctx, input);
  const posted = await postMessage(ctx, input);
  if (posted.withHuman) {
    yield { type: "delivered", to: "agent" };
    return;
  }
  if (posted.repeated) {
    const known = await repeatAnswer(ctx, input.conversationId, posted.message);
    if (known) {
      yield* known;
      return;
    }
  }

  const { bot, prompt, model } = await inTx(ctx, async (ctx) => {
    const { botId } = await findConversation(ctx, input.conversationId);
    const bot = await findBot(ctx, botId ?? "");
    return {
      bot,
      prompt: await activePrompt(ctx, bot.id),
      model: await answeringModel(ctx, bot.modelProvider),
    };
  });
  const started = performance.now();
  const earlier = history.filter((message) => message.author === "customer").map((message) => message.text);
  const understanding = understand(input.text, earlier);
  const understood = performance.now() - started;
  const { language, intent } = understanding;

  if (intent === "wants_human") {
    await requestHuman(ctx, {
      conversationId: input.conversationId,
      reason: input.text,
      confirmation: say("humanRequested", language),
    });
    yield { type: "delivered", to: "agent" };
    return;
  }
  const message = await beginBotMessage(ctx, { conversationId: input.conversationId, botName: bot.name });
  if (!message) {
    yield { type: "delivered", to: "agent" };
    return;
  }
  yield { type: "start", messageId: message.id };
  if (intent !== "question") {
    const text = say(intent, language);
    yield { type: "delta", delta: text };
    await keepSmallTalk(ctx, { conversationId: input.conversationId, messageId: message.id, text });
    yield { type: "end", messageId: message.id, answerId: null, state: "complete" };
    return;
  }

  const answering = answerQuestion(ctx, {
    bot,
    instructions: prompt?.content ?? defaultInstructions,
    promptId: prompt?.id ?? null,
    model,
    history,
    question: input.text,
    understanding,
    understandMs: understood,
    signal: input.signal,
  });
  let step = await answering.next();
  while (!step.done) {
    if (step.value.type === "delta") {
      ctx.events.broadcast({
        tenantId: ctx.tenantId,
        topic: messageDelta.name,
        data: { conversationId: input.conversationId, messageId: message.id, delta: step.value.delta },
      });
    }
    yield step.value;
    step = await answering.next();
  }
  const outcome = step.value;
  const answerId = await keepAnswer(ctx, {
    conversationId: input.conversationId,
    messageId: message.id,
    botId: bot.id,
    question: input.text,
    outcome,
    latencyMs: Math.round(performance.now() - started),
  });
  yield { type: "end", messageId: message.id, answerId, state: outcome.state };
}
