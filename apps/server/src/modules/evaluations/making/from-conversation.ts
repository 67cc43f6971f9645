import type { Message } from "../../conversations/index.ts";
import type { HistoryTurn } from "../evaluations.types.ts";

/** Turns before a question that a case keeps. */
const mostTurns = 8;

export interface Exchange {
  messageId: string;
  question: string;
  history: HistoryTurn[];
  /** What a person of the team answered to it; null where none did before the next question. */
  agentReply: string | null;
}

/**
 * The customer's turns of a conversation, each with what was said before it and the person's reply to it, if there was
 * one. What a person said before counts as said by the bot: the customer had one partner.
 */
export function exchangesOf(messages: readonly Message[]): Exchange[] {
  const spoken = messages.filter(({ author, text }) => author !== "system" && text.trim() !== "");
  return spoken.flatMap((message, at) => {
    if (message.author !== "customer") return [];
    const next = spoken.findIndex(({ author }, index) => index > at && author === "customer");
    const replies = spoken
      .slice(at + 1, next < 0 ? undefined : next)
      .filter(({ author }) => author === "agent")
      .map(({ text }) => text);
    return [
      {
        messageId: message.id,
        question: message.text,
        history: spoken.slice(Math.max(0, at - mostTurns), at).map(toTurn),
        agentReply: replies.length > 0 ? replies.join("\n\n") : null,
      },
    ];
  });
}

function toTurn({ author, text }: Message): HistoryTurn {
  return { author: author === "customer" ? "customer" : "bot", text };
}
