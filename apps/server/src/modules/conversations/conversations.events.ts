import { z } from "zod";
import type { Actor } from "../../platform/ctx/index.ts";
import { defineEvent } from "../../platform/events/index.ts";
import { conversationEventTypes, conversationStatuses } from "./conversation-state.ts";
import { messageAuthors } from "./conversations.schema.ts";

/** Something of a conversation changed. `sequence` is the number of the durable event. */
export const conversationChanged = defineEvent(
  "conversation.changed",
  z.object({
    conversationId: z.uuid(),
    sequence: z.number(),
    type: z.enum(conversationEventTypes),
    status: z.enum(conversationStatuses),
    /** Under which the process that wrote it may still have it ready. */
    mark: z.uuid().optional(),
  }),
);
export type ConversationChange = z.infer<typeof conversationChanged.schema>;

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

/** An agent begins or stops to write. Broadcast and kept nowhere. */
export const typing = defineEvent(
  "conversation.typing",
  z.object({
    conversationId: z.uuid(),
    userId: z.uuid(),
    name: z.string().max(500),
    isTyping: z.boolean(),
    /** Of a note: no customer is told. */
    internal: z.boolean(),
  }),
);

/** A colleague opened the conversation, still looks at it, or left. Broadcast and kept nowhere. */
export const looking = defineEvent(
  "conversation.looking",
  z.object({
    conversationId: z.uuid(),
    userId: z.uuid(),
    name: z.string().max(500),
    /** `came`: whoever looks already says so at once. */
    what: z.enum(["came", "stays", "left"]),
  }),
);

/** The customer writes. They say so again while it lasts. Broadcast and kept nowhere. */
export const customerTyping = defineEvent(
  "conversation.customer-typing",
  z.object({ conversationId: z.uuid() }),
);

/** Up to which event somebody has read. */
export const conversationRead = defineEvent(
  "conversation.read",
  z.object({ conversationId: z.uuid(), by: z.enum(["agent", "customer"]), sequence: z.number() }),
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
    /** The automation rules that led to it, the first one first. */
    rules: z.array(z.uuid()),
  }),
);

/** What is said of each thing that happened, for those that follow: clocks, rules, sockets. */
const happening = z.object({
  conversationId: z.uuid(),
  at: z.iso.datetime(),
  /** The automation rules that led to it, the first one first; so that none follows from itself. */
  rules: z.array(z.uuid()),
});

/** The automation rules that an act comes from. */
export function rulesBehind(actor: Actor): string[] {
  return actor.kind === "system" ? [...(actor.rules ?? [])] : [];
}

export const conversationOpened = defineEvent("conversation.opened", happening);

/** Somebody said or noted something; a bot's message is told when it is begun. */
export const messageAdded = defineEvent(
  "conversation.message-added",
  happening.extend({ messageId: z.uuid(), author: z.enum(messageAuthors), internal: z.boolean() }),
);

export const conversationMoved = defineEvent(
  "conversation.moved",
  happening.extend({ from: z.enum(conversationStatuses), to: z.enum(conversationStatuses) }),
);

/** It has another owner or team, or none any more. */
export const conversationAssigned = defineEvent(
  "conversation.assigned",
  happening.extend({
    agentId: z.uuid().nullable(),
    teamId: z.uuid().nullable(),
    previousAgentId: z.uuid().nullable(),
    reason: z.string().nullable(),
  }),
);

/** Properties changed: which ones. */
export const conversationUpdated = defineEvent(
  "conversation.updated",
  happening.extend({ changed: z.array(z.string()) }),
);
