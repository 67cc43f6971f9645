import type { Ctx } from "../../ports/index.ts";
import { eventsAfter, type NumberedEvent } from "../conversations/index.ts";

export interface MissedEvent extends Pick<NumberedEvent, "sequence" | "message" | "data"> {
  /** `message`: one that is new; `message_changed`: one that the reader has, as it is now. */
  type: NumberedEvent["type"] | "message_changed";
  createdAt: Date;
}

/**
 * What a reader missed after event `after`, in order: each message once where it was said or moved to, each later change
 * of one that the reader already has. What a message became within the same page is in it. `nextAfter` is where to ask on.
 */
export async function missedEvents(
  ctx: Ctx,
  input: { conversationId: string; after: number; limit: number },
): Promise<{ events: MissedEvent[]; nextAfter: number; hasMore: boolean }> {
  const { events, upTo, lastSequence } = await eventsAfter(ctx, input);
  const given = new Set<string>();
  const missed = events.flatMap(({ sequence, type, message, data, at: createdAt }): MissedEvent[] => {
    if (type !== "message") return [{ sequence, type, message: null, data, createdAt }];
    if (!message || given.has(message.id)) return []; // a note, or moved elsewhere, or given above as it is now
    given.add(message.id);
    const isNew = message.sequence === sequence;
    return [{ sequence, type: isNew ? "message" : "message_changed", message, data: null, createdAt }];
  });
  return { events: missed, nextAfter: upTo, hasMore: upTo < lastSequence };
}
