import { strings } from "../answers.strings.ts";
import type { Turn } from "./prompt.ts";

/** Messages back that may say what a question is about. */
const MOST_TURNS = 20;
/** Characters of each: a pasted page says it at its beginning. */
const LONGEST_TURN = 1_000;

/**
 * What was said before a question, newest first, as a search takes it: the words, and the names of what an answer of the
 * bot cited, since the document that was just quoted is what "it" will mean.
 */
export function contextOf(history: readonly Turn[]): string[] {
  return history
    .filter(({ author, text }) => author !== "system" && text !== "")
    .slice(-MOST_TURNS)
    .map(({ text, cited = [] }) => [text.slice(0, LONGEST_TURN).toWellFormed(), ...cited].join("\n"))
    .reverse();
}

const offers = Object.values(strings).flatMap(({ empty, unknown, withheld }) => [empty, unknown, withheld]);

/** The last thing said before is the bot's offer to bring in a person. */
export function hasOfferedPerson(history: readonly Turn[]): boolean {
  const last = history.findLast(({ author, text }) => author !== "system" && text !== "");
  return last?.author === "bot" && offers.some((offer) => last.text.endsWith(offer));
}
