import { tokenize } from "../../../platform/text/index.ts";
import type { SearchResult } from "../../knowledge/index.ts";
import type { Understanding } from "./understand.ts";

/** What a question took over from the conversation: a name, and how many messages before it was said. */
export interface TakenOver {
  name: string;
  messagesAgo: number;
  /** How much the name weighed beside the question, 0 to 1. */
  share: number;
}

export interface Asked {
  /** As it can be understood without what was said before. */
  question: string;
  carried: TakenOver | null;
}

/**
 * The query of the first search. A follow-up that goes on from the question before is searched together with it, its own
 * words counting twice; one that says "it" first with the name of what was spoken of, which the search finds.
 */
export function firstSearch(message: string, { leansOn, standaloneQuestion }: Understanding): string {
  if (leansOn === "question") return `${message}\n${standaloneQuestion}`;
  return leansOn === "name" ? message : standaloneQuestion;
}

/**
 * The question after a search: with the name that the conversation was about where the best passage bears it, since
 * otherwise the question is about something else. Null: a follow-up took nothing over, and is to be read with the
 * question before it instead.
 */
export function asTakenOver(
  message: string,
  { leansOn, standaloneQuestion }: Understanding,
  { carried, passages: [best] }: Pick<SearchResult, "carried" | "passages">,
): Asked | null {
  const isAbout = best && carried && [best.documentName, ...best.headingPath].includes(carried.name);
  if (!isAbout) return leansOn === "name" ? null : { question: standaloneQuestion, carried: null };
  const { name, turn, share, before } = carried;
  if (leansOn === "question") {
    const previous = standaloneQuestion.slice(message.length + 1);
    const own = turn === 0 && before ? withoutWordsOf(previous, before, name) : previous;
    return turn === 0
      ? { question: `${message}\n${own}`, carried: null }
      : { question: `${message}\n${own}\n${name}`, carried: { name, messagesAgo: turn, share } };
  }
  if (turn === 0) return { question: message, carried: null };
  return { question: `${message}\n${name}`, carried: { name, messagesAgo: turn, share } };
}

/** "how much is the Basic plan?" for the Pro plan: the words that name the other one go, what they share stays. */
function withoutWordsOf(question: string, other: string, name: string): string {
  const termsOf = (text: string) => new Set(tokenize(text).map(({ term }) => term));
  const kept = termsOf(name);
  const dropped = new Set([...termsOf(other)].filter((term) => !kept.has(term)));
  return tokenize(question)
    .filter(({ term }) => dropped.has(term))
    .reduceRight((text, { start, end }) => text.slice(0, start) + text.slice(end), question)
    .replace(/ {2,}/g, " ");
}
