import type { Acknowledged } from "./people.ts";

interface Said {
  author: string;
  text: string;
}

/** What is in the server of one conversation, read after the last crash. */
export interface Kept {
  conversationId: string;
  status: string;
  assignee: unknown;
  /** In order. */
  messages: Said[];
}

/**
 * Everything wrong with what is kept, as sentences: an acknowledged word that is not there, a word that is there twice,
 * one sender's words in another order than they were sent, a queue with an owner.
 */
export function complaints(ledger: readonly Acknowledged[], kept: readonly Kept[]): string[] {
  const found: string[] = [];
  for (const { conversationId, status, assignee, messages } of kept) {
    const here = `conversation ${conversationId}`;
    const words = messages.filter(({ author }) => author === "customer" || author === "agent");
    const seen = new Map<string, number>();
    for (const { text } of words) seen.set(text, (seen.get(text) ?? 0) + 1);
    for (const [text, times] of seen) if (times > 1) found.push(`${here}: “${text}” is there ${times} times`);
    const acknowledged = ledger.filter((one) => one.conversationId === conversationId);
    for (const { text } of acknowledged) {
      if (text !== null && !seen.has(text)) found.push(`${here}: “${text}” was acknowledged and is lost`);
    }
    for (const sender of new Set(acknowledged.map(({ by }) => by))) {
      const numbers = words.flatMap(({ text }) =>
        text.startsWith(`${sender} `) ? [Number(text.split(" ").at(-1))] : [],
      );
      if (numbers.some((number, index) => index > 0 && number < (numbers[index - 1] ?? 0))) {
        found.push(`${here}: the words of ${sender} stand in the order ${numbers.join(", ")}`);
      }
    }
    const asked = acknowledged.some(({ act }) => act === "handoff");
    if (asked && !messages.some(({ author }) => author === "system" || author === "agent")) {
      found.push(`${here}: a person was asked for, and nobody was told`);
    }
    if (status === "escalated" && assignee !== null) found.push(`${here}: it waits for a person and has one`);
  }
  return found;
}
