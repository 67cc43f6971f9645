import { z } from "zod";
import { defineEvent } from "../../platform/events/index.ts";
import { conversationStatuses } from "./conversation-state.ts";

/** A conversation got a message or another status. `sequence` is the number of the durable event. */
export const conversationChanged = defineEvent(
  "conversation.changed",
  z.object({
    conversationId: z.uuid(),
    sequence: z.number(),
    type: z.enum(["message", "status"]),
    status: z.enum(conversationStatuses),
  }),
);

/** Words of an answer as it is written. Kept nowhere: the finished message follows as a change. */
export const messageDelta = defineEvent(
  "conversation.delta",
  z.object({ conversationId: z.uuid(), messageId: z.uuid(), delta: z.string() }),
);

/** Someone asked for a human. */
export const humanRequested = defineEvent(
  "conversation.human-requested",
  z.object({ conversationId: z.uuid(), escalationId: z.uuid(), reason: z.string() }),
);
