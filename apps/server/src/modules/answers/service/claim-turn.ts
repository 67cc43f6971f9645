import type { Ctx } from "../../../ports/index.ts";
import { type BotTurn, beginBotMessage, conversationChanges } from "../../conversations/index.ts";

/** Milliseconds after which it is looked again whether the other request has died. */
const patience = 10_000;

/**
 * Begins the reply to a message. While another request writes it, this waits for that one's end: a message
 * sent twice, at once even, gets one reply, and both senders get to read it.
 */
export async function claimTurn(
  ctx: Ctx,
  { signal, ...turn }: { conversationId: string; replyTo: string; botName: string; signal: AbortSignal },
): Promise<BotTurn> {
  for (;;) {
    const waiting = new AbortController();
    const changes = conversationChanges(ctx, {
      conversationId: turn.conversationId,
      signal: AbortSignal.any([signal, waiting.signal, AbortSignal.timeout(patience)]),
    });
    try {
      const result = await beginBotMessage(ctx, turn);
      if (result.kind !== "taken" || result.message.state === "complete") return result;
      for await (const _change of changes) break;
    } finally {
      waiting.abort();
    }
    signal.throwIfAborted();
  }
}
