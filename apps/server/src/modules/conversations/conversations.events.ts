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

/** `retracted`: forget the words and sources so far, other ones follow. */
export const progressKinds = ["delta", "retracted", "citation", "verification", "handoff"] as const;
export type ProgressKind = (typeof progressKinds)[number];

/**
 * How a message grows while the bot writes it: words, sources, checks, the offer of a person. Kept nowhere: the
 * finished message follows as a change, with all of it.
 */
export const messageProgress = defineEvent(
  "conversation.progress",
  z.object({
    conversationId: z.uuid(),
    messageId: z.uuid(),
    kind: z.enum(progressKinds),
    data: z.record(z.string(), z.unknown()),
  }),
);

/** The conversation is no more. */
export const conversationDeleted = defineEvent(
  "conversation.deleted",
  z.object({ conversationId: z.uuid() }),
);

/** Someone asked for a human. */
export const humanRequested = defineEvent(
  "conversation.human-requested",
  z.object({
    conversationId: z.uuid(),
    escalationId: z.uuid(),
    reason: z.string(),
    at: z.iso.datetime(),
    /** Whoever asks the bot wanted it; false where the bot could not go on. */
    wanted: z.boolean(),
  }),
);
