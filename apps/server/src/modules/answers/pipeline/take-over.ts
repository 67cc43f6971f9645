import { tokenize } from "../../../platform/text/index.ts";
import type { SearchResult } from "../../knowledge/index.ts";
import { spokenName } from "../../retrieval/index.ts";
import { withoutWords } from "./parallel.ts";
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
  /** The same without the name that was taken over: what is asked of the passages that bear it. */
  ofName: string;
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
  const stays = (question: string): Asked => ({ question, ofName: question, carried: null });
  if (!best || !carried || !bears(best, carried.name)) {
    return leansOn === "name" ? null : stays(standaloneQuestion);
  }
  const { name, turn, share, before } = carried;
  const goesOn = leansOn === "question";
  if (turn === 0) {
    const previous = standaloneQuestion.slice(message.length + 1);
    return stays(goesOn ? `${message}\n${withoutOthers(previous, before, name)}` : message);
  }
  const ofName = goesOn ? standaloneQuestion : message;
  return { question: `${ofName}\n${spokenName(name)}`, ofName, carried: { name, messagesAgo: turn, share } };
}

/** What is to be quoted from, and for which words: where a name was taken over its own passages, found by it already. */
export function within<Named extends { documentName: string; headingPath: string[] }>(
  { question, ofName, carried }: Asked,
  passages: Named[],
): { question: string; passages: Named[] } {
  if (!carried) return { question, passages };
  return { question: ofName, passages: passages.filter((passage) => bears(passage, carried.name)) };
}

function bears(passage: { documentName: string; headingPath: string[] }, name: string): boolean {
  return passage.documentName === name || passage.headingPath.includes(name);
}

/** "is parking free at the Park Lodge?" for the Grant Inn: the words that name the other one go, what they share stays. */
function withoutOthers(question: string, others: readonly string[], name: string): string {
  const spoken = new Set(tokenize(question).map(({ term }) => term));
  const kept = new Set(tokenize(spokenName(name)).map(({ term }) => term));
  const named = others
    .map((other) => tokenize(spokenName(other)).map(({ term }) => term))
    .filter((terms) => terms.every((term) => spoken.has(term)));
  return withoutWords(question, new Set(named.flat().filter((term) => !kept.has(term))));
}
