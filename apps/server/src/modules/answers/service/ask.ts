import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import {
  assertArrived,
  findConversation,
  namesOf,
  readMessages,
  requestHuman,
} from "../../conversations/index.ts";
import { assertCan } from "../../identity/index.ts";
import type { SpokenLanguage } from "../answers.strings.ts";
import type { AnswerEvent } from "../answers.types.ts";
import { acceptQuestion } from "./accept-question.ts";
import { type Answerer, answererOf, readQuestion } from "./answerer.ts";
import { claimTurn } from "./claim-turn.ts";
import { EventQueue } from "./event-queue.ts";
import { repeatAnswer } from "./repeat-answer.ts";
import { runAnswer } from "./run-answer.ts";
import { withCited } from "./with-cited.ts";

export interface AskInput {
  conversationId: string;
  /** Empty only beside files, whose names are kept in its place. */
  text: string;
  /** Files of the sender's, which are there already. The bot reads none: without words beside them a person is asked. */
  attachmentIds?: readonly string[] | undefined;
  /** The sender's own id of the message: asking twice with it answers once. */
  clientId: string | null;
  /** The language of the bot's own sentences, and of its model's; absent: the question's. */
  language?: SpokenLanguage | undefined;
  /** Aborted when nobody listens any more: the model is stopped, and what was said is kept. */
  signal: AbortSignal;
}

const unreadable = "Sent files without words, which the bot cannot read.";

/**
 * Answers a message of a conversation: keeps the message, answers it by the pipeline of PRODUCT.md, and
 * keeps the answer with its evidence. Ends with `delivered` where a human has the conversation. A reader
 * that stops reading stops the model as the signal does.
 */
export async function* ask(ctx: Ctx, input: AskInput): AsyncGenerator<AnswerEvent> {
  if (ctx.actor.kind !== "visitor") assertCan(ctx.actor, "ask bots"); // a visitor's token names the conversation
  const files = await assertArrived(ctx, input.conversationId, input.attachmentIds);
  const isOnlyFiles = input.text === "" && files.length > 0;
  const text = isOnlyFiles ? namesOf(files) : input.text;
  const posted = await acceptQuestion(ctx, { ...input, text, files, isOnlyFiles });
  let { conversationId } = posted;
  if (posted.withHuman) {
    yield { type: "delivered", to: "agent", conversationId };
    return;
  }
  const all = await readMessages(ctx, { conversationId });
  const earlier = all.filter((message) => message.sequence < posted.message.sequence);
  const history = await withCited(ctx, earlier);
  const read = readQuestion(text, history);
  const wantsHuman = !isOnlyFiles && read.understanding.intent === "wants_human";
  const language = input.language ?? read.understanding.language;

  const answerer = await answererOfConversation(ctx, conversationId);
  if (wantsHuman || isOnlyFiles || !answerer) {
    await requestHuman(ctx, {
      conversationId,
      reason: wantsHuman ? text : isOnlyFiles ? unreadable : "The bot of this conversation was deleted.",
      language,
      wanted: wantsHuman,
    });
    yield { type: "delivered", to: "agent", conversationId };
    return;
  }
  const turn = await claimTurn(ctx, {
    conversationId,
    replyTo: posted.message.id,
    botName: answerer.bot.name,
    signal: input.signal,
  });
  if (turn.kind === "begun") conversationId = turn.conversationId;
  if (turn.kind === "silent") {
    yield { type: "delivered", to: "agent", conversationId };
    return;
  }
  if (turn.kind === "taken") {
    yield* await repeatAnswer(ctx, turn.message, conversationId);
    return;
  }

  const left = new AbortController();
  const events = new EventQueue<AnswerEvent>();
  const running = runAnswer(
    ctx,
    {
      conversationId,
      messageId: turn.messageId,
      ...answerer,
      ...read,
      history,
      question: text,
      replyLanguage: input.language,
      signal: AbortSignal.any([input.signal, left.signal]),
    },
    (event) => events.push(event),
  ).then(
    () => events.end(),
    (error: unknown) => events.end(error),
  );
  try {
    yield* events;
  } finally {
    left.abort(new Error("The reader has gone."));
    await running;
  }
}

/** What the conversation's bot answers by; null when it was deleted, which its conversations outlive. */
async function answererOfConversation(ctx: Ctx, conversationId: string): Promise<Answerer | null> {
  return inTx(ctx, async (ctx) => {
    const { botId } = await findConversation(ctx, conversationId);
    if (!botId) return null;
    try {
      return await answererOf(ctx, botId);
    } catch (error) {
      if (isAppError(error) && error.code === "NOT_FOUND") return null;
      throw error;
    }
  });
}
