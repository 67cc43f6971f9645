import type { ServerSentEvent } from "../../faces/http/server-sent-events.ts";
import { isAppError } from "../../platform/errors/index.ts";
import { FellBehind } from "../../platform/events/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { withAnswers } from "../answers/index.ts";
import { followCurrent } from "../conversations/index.ts";
import { toUiMessage } from "./ui-message.ts";

/**
 * A conversation as server-sent events. Numbered are `message` and `status`: a client that was away asks for those
 * after its last number and misses none. Between them come, once and unnumbered, what a message is while it grows
 * (`delta`, `citation`, `verification`, `handoff`), `typing` while an agent writes, and `end` after each message of the
 * bot's that is finished.
 * Ends when the reader may read no longer, fell behind, or the conversation was deleted or merged into another. Whoever
 * comes back with the number that they have goes on in that one: its numbers stand behind its id then, and how it stands
 * is told first. Throws NOT_FOUND at once.
 */
export async function liveFeed(
  ctx: Ctx,
  input: Parameters<typeof followCurrent>[1],
): Promise<AsyncGenerator<ServerSentEvent>> {
  const { conversationId, standing, events } = await followCurrent(ctx, input);
  const idOf = (sequence: number) =>
    conversationId === input.conversationId ? sequence : `${conversationId}:${sequence}`;
  return (async function* () {
    try {
      if (standing) yield { event: "status", data: standing };
      for await (const event of events) {
        if (event.type === "progress") {
          yield { event: event.kind, data: { messageId: event.messageId, ...event.data } };
        } else if (event.type === "typing") {
          yield { event: "typing", data: { author: { kind: "agent", name: event.name } } };
        } else if (event.type === "status") {
          yield {
            id: idOf(event.sequence),
            event: "status",
            data: { status: event.status, agent: event.agent },
          };
        } else {
          const [message] = await withAnswers(ctx, [event.message]);
          if (!message) continue;
          yield { id: idOf(event.sequence), event: "message", data: { message: toUiMessage(message) } };
          // a message that is read late is whole already where it began; it ends with the event of its own end
          const isEnd = event.sequence > message.sequence && message.state !== "streaming";
          if (message.author === "bot" && isEnd) {
            const { id: messageId, state, answer } = message;
            yield { event: "end", data: { messageId, answerId: answer?.id ?? null, state } };
          }
        }
      }
    } catch (error) {
      // the answer has begun: a refusal can only be its end, and the next request hears why
      if (isAppError(error)) return;
      if (error instanceof FellBehind) ctx.log.info({ conversationId: input.conversationId }, error.message);
      else ctx.log.error({ error, conversationId: input.conversationId }, "a live feed failed");
    }
  })();
}
