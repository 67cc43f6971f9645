import { plainText, sentences } from "../../../platform/text/index.ts";
import { phrase } from "../assist.strings.ts";
import type { Talk } from "../service/read-talk.ts";

/** Characters of a quotation. */
const longestQuote = 240;
const mostTried = 5;

/** What a conversation comes to, in words that were said: nothing is made up. */
export interface Extract {
  asked: string;
  tried: string[];
  found: { documentId: string; title: string }[];
}

export function extractOf({ messages, language }: Talk): Extract {
  const said = messages.filter(({ author }) => author === "customer");
  const asked = said.find(({ text }) => isQuestion(text)) ?? said[0];
  const tried: string[] = [];
  let question = asked?.text ?? "";
  for (const { author, text, authorName, answer } of messages) {
    if (author === "customer") question = text;
    else if (author === "agent") {
      tried.push(
        phrase("tried.agent", language, {
          name: authorName ?? phrase("colleague", language),
          text: shortened(text),
        }),
      );
    } else if (answer) {
      const isAnswered = answer.mode === "model" || answer.mode === "extractive";
      tried.push(
        isAnswered
          ? phrase("tried.answered", language, { text: shortened(withoutMarks(text)) })
          : phrase("tried.unanswered", language, { text: shortened(question) }),
      );
    }
  }
  const found = messages.flatMap(({ answer }) =>
    (answer?.citations ?? []).map(({ documentId, documentName }) => ({ documentId, title: documentName })),
  );
  return {
    asked: asked ? shortened(asked.text) : phrase("asked.nothing", language),
    tried: tried.slice(-mostTried),
    found: [...new Map(found.map((source) => [source.documentId, source])).values()].slice(0, 10),
  };
}

/** Some sentences that were said: the first question, what was tried, and how it stands. */
export function extractiveSummary(talk: Talk): string {
  const { conversation, messages, language } = talk;
  const { asked, tried } = extractOf(talk);
  const said = messages.filter(({ author }) => author === "customer");
  const last = said.at(-1);
  const lines = [
    said.length > 0 ? phrase("asked", language, { text: asked }) : asked,
    ...tried,
    ...(last && said.length > 1 ? [phrase("last.customer", language, { text: shortened(last.text) })] : []),
    phrase(`state.${conversation.status}`, language),
  ];
  return lines.join("\n");
}

/** More than a greeting. */
function isQuestion(text: string): boolean {
  return /[?؟]/.test(text) || text.trim().split(/\s+/).length > 3;
}

/** The first sentences, as they are read aloud. */
function shortened(text: string): string {
  const whole = plainText(text).replace(/\s+/g, " ").trim();
  if (whole.length <= longestQuote) return whole;
  let kept = "";
  for (const sentence of sentences(whole)) {
    if (kept.length + sentence.text.length > longestQuote) break;
    kept += `${kept === "" ? "" : " "}${sentence.text}`;
  }
  return kept === "" ? `${whole.slice(0, longestQuote - 1).toWellFormed()}…` : kept;
}

/** "[1]" of an answer names a source that stands elsewhere. */
function withoutMarks(text: string): string {
  return text.replace(/ ?\[\d{1,2}\]/g, "");
}
