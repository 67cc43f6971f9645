import { newId } from "../../../platform/ids/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { type AnswerEvent, ask, getAnswer } from "../../answers/index.ts";
import { InertMarkdown } from "../inert-markdown.ts";
import { handedOver, withdrawn } from "../openai-api.strings.ts";
import type { Transcript } from "../transcript.ts";
import { type Claim, claimThread, releaseThread } from "./threads.ts";

/** What lies behind a completion; null where the words are no answer: small talk, or a person's. */
export interface Outcome {
  answer: Awaited<ReturnType<typeof getAnswer>> | null;
  conversationId: string;
  /** A person was asked for or has the conversation. */
  handoff: boolean;
  /** Why the bot offered a person in place of an answer. */
  offered: string | null;
}

export type CompletionEvent =
  /** The question was taken: what follows is an answer, or breaks off. */
  | { type: "accepted"; id: string; model: string }
  | { type: "text"; text: string }
  /** Of all text so far only this stands: a document that the rest was made of is gone. Not where it is streamed. */
  | { type: "retracted"; kept: string };

/**
 * Answers a stateless request in a conversation that is kept. Whatever becomes of it (answered, refused,
 * broken off, left by its reader) the conversation is released as it then stands.
 */
export async function* completeChat(
  ctx: Ctx,
  input: { model: string | undefined; transcript: Transcript; isStreamed: boolean; signal: AbortSignal },
): AsyncGenerator<CompletionEvent, Outcome> {
  const { transcript, isStreamed, signal } = input;
  const claim = await claimThread(ctx, input);
  const { conversationId, clientId } = claim;
  const events = ask(ctx, { conversationId, text: transcript.question, clientId, signal });
  const outcome: Outcome = { answer: null, conversationId, handoff: false, offered: null };
  let answerId: string | null = null;
  let said = "";
  let heard = false;
  let words = new InertMarkdown();
  const say = (text: string): CompletionEvent => {
    said += text;
    return { type: "text", text };
  };
  try {
    let step = await events.next(); // what is refused is refused here, before a word
    yield { type: "accepted", id: newId().replaceAll("-", ""), model: claim.bot.publicUrlId };
    const replies = claim.replies.map(inWords).join("\n\n");
    if (replies !== "") yield say(replies);
    let isApart = replies !== ""; // what comes next is a paragraph of its own
    for (; !step.done; step = await events.next()) {
      const event = step.value;
      if (event.type === "paragraph" || event.type === "delivered" || event.type === "end") {
        const rest = words.end();
        if (rest !== "") yield say(rest);
      }
      if (event.type === "retracted") {
        words = new InertMarkdown();
        if (!isStreamed) {
          said = replies;
          yield { type: "retracted", kept: replies };
        } else if (said !== replies) yield say(`\n\n${withdrawn(transcript.question)}`); // nobody can unsay words
        isApart = said !== "";
      }
      if (event.type === "paragraph") isApart = true;
      if (event.type === "handoff") outcome.offered = event.reason;
      if (event.type === "end") answerId = event.answerId;
      if (event.type === "delivered") {
        outcome.handoff = true;
        isApart = said !== "";
      }
      const text =
        event.type === "delta" ? words.push(event.delta) : textOf(event, transcript, conversationId);
      if (text === "") continue;
      yield say(isApart ? `\n\n${text}` : text);
      isApart = false;
    }
    if (answerId) outcome.answer = await getAnswer(ctx, { id: answerId });
    heard = !signal.aborted;
    return outcome;
  } finally {
    await events.return(undefined);
    await releaseThread(ctx, { claim, transcript, said, heard });
  }
}

/** What an event that is not the model's own words adds to the completion. */
function textOf(event: AnswerEvent, { earlier, question }: Transcript, conversationId: string): string {
  if (event.type !== "delivered") return "";
  const questions = earlier.filter(({ role }) => role === "user").map(({ text }) => text);
  return handedOver([...questions, question], conversationId);
}

/** A person's reply, with their name, as the client sees no other sign of them. */
function inWords({ authorName, text }: Claim["replies"][number]): string {
  return authorName ? `**${authorName}**: ${text}` : text;
}
