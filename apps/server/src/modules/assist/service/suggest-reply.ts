import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { type TriedAnswer, tryAnswer } from "../../answers/index.ts";
import { firstReadyBot } from "../../bots/index.ts";
import { assertCan } from "../../identity/index.ts";
import type { Suggestion } from "../assist.schema.ts";
import { readTalk, type Talk } from "./read-talk.ts";

/** Messages of the customer that are looked through, from the last one, for a question. */
const mostTried = 3;

const nothing: Suggestion = {
  text: null,
  question: null,
  confidence: 0,
  sources: [],
  method: "builtin",
  model: null,
  fallbackReason: null,
};

/**
 * What the conversation's bot would answer to the customer's last question, as a draft for an agent, with its sources:
 * a model's words where one is connected, else quoted from the documents. `text` is null where these answer nothing.
 * Nothing is kept and the customer sees nothing; a model's use is counted.
 */
export async function suggestReply(
  ctx: Ctx,
  { conversationId, signal }: { conversationId: string; signal: AbortSignal },
): Promise<Suggestion> {
  assertCan(ctx.actor, "read conversations");
  const talk = await readTalk(ctx, conversationId);
  const botId = talk.conversation.botId ?? (await inTx(ctx, firstReadyBot))?.id;
  if (!botId) return nothing;
  let question: string | null = null;
  for (const { text, history } of questionsOf(talk)) {
    const tried = await tryAnswer(ctx, { botId, question: text, history, signal });
    if (tried.intent !== "question") continue; // a greeting, or the wish for a person: what was asked stands before it
    question ??= text;
    if (tried.mode === "model" || tried.mode === "extractive") return described(text, tried);
    break;
  }
  return { ...nothing, question };
}

/** The customer's last messages, each with what was said before it. */
function questionsOf({ messages }: Talk) {
  const spoken = messages.flatMap(({ author, text }) =>
    author === "customer" || author === "bot" ? [{ author, text }] : [],
  );
  return spoken
    .flatMap(({ author, text }, at) =>
      author === "customer" ? [{ text, history: spoken.slice(0, at) }] : [],
    )
    .slice(-mostTried)
    .reverse();
}

function described(question: string, tried: TriedAnswer): Suggestion {
  const relevance = new Map(tried.trace.passages.map(({ chunkId, score }) => [chunkId, score]));
  return {
    text: tried.text,
    question,
    confidence: Math.min(1, Math.max(0, tried.confidence)),
    sources: tried.citations.map((source) => ({
      number: source.number,
      documentId: source.documentId,
      title: source.documentName,
      quote: source.quote,
      version: source.version,
      startOffset: source.startOffset,
      endOffset: source.endOffset,
      relevance: Math.min(1, Math.max(0, relevance.get(source.chunkId) ?? tried.confidence)),
    })),
    method: tried.mode === "model" ? "model" : "builtin",
    model: tried.model,
    fallbackReason: tried.fallbackReason,
  };
}
