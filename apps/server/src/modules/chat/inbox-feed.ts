import type { Ctx } from "../../ports/index.ts";
import { type ConversationChange, followInbox, merge } from "../conversations/index.ts";
import { surveyChanges } from "../surveys/index.ts";

/** What an open inbox hears: one line for all of it, for a browser keeps few open. Ends when either end does. */
export async function* inboxFeed(
  ctx: Ctx,
  signal: AbortSignal,
): AsyncGenerator<ConversationChange | { type: "survey"; conversationId: string }> {
  const left = new AbortController();
  const ended = AbortSignal.any([signal, left.signal]);
  try {
    yield* merge<ConversationChange | { type: "survey"; conversationId: string }>(ended, [
      followInbox(ctx, ended),
      surveyChanges(ctx, ended),
    ]);
  } finally {
    left.abort();
  }
}
