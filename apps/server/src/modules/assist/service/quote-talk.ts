import { quoted } from "./model-words.ts";
import type { Talk } from "./read-talk.ts";

/** Characters of one message, and of all of them. */
const longestTurn = 1_500;
const longestTalk = 16_000;

/** A conversation as a model reads it: quotations, the first and the last of them where it is long. */
export function quoteTalk({ messages }: Talk): string {
  const turns = messages.map(
    ({ author, text }) =>
      `<turn by="${author}">\n${quoted(text.slice(0, longestTurn).toWellFormed())}\n</turn>`,
  );
  const [first = "", ...rest] = turns;
  const kept: string[] = [];
  let length = first.length;
  for (const turn of rest.reverse()) {
    length += turn.length;
    if (length > longestTalk) break;
    kept.push(turn);
  }
  return `<conversation>\n${[first, ...kept.reverse()].join("\n")}\n</conversation>`;
}
