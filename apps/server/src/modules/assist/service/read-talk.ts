import { inTx } from "../../../platform/ctx/index.ts";
import { detectLanguage, type Language } from "../../../platform/text/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { type AnsweredMessage, withAnswers } from "../../answers/index.ts";
import { type ConversationRow, findConversation, readMessages } from "../../conversations/index.ts";

/** Messages that are read: a longer conversation is read by its end, with the first question. */
const mostRead = 200;

/** A conversation as the assistance reads it: what was said, with what lies behind the bot's answers; no notes. */
export interface Talk {
  conversation: ConversationRow;
  /** With words, oldest first. */
  messages: AnsweredMessage[];
  /** The customer's. */
  language: Language;
}

/** Reads a conversation that the caller may read; NOT_FOUND otherwise. */
export async function readTalk(ctx: Ctx, conversationId: string): Promise<Talk> {
  const conversation = await inTx(ctx, (ctx) => findConversation(ctx, conversationId));
  const all = (await readMessages(ctx, { conversationId })).filter(
    ({ text, author, deletedAt }) => text !== "" && author !== "system" && deletedAt === null,
  );
  const first = all.find(({ author }) => author === "customer");
  const last = all.slice(-mostRead);
  const read = first && !last.includes(first) ? [first, ...last] : last;
  const said = read.filter(({ author }) => author === "customer").map(({ text }) => text);
  return {
    conversation,
    messages: await withAnswers(ctx, read),
    language: detectLanguage(said.slice(-5).join("\n")),
  };
}
