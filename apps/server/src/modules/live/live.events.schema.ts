import { z } from "zod";
import { conversationStatuses, sentiments, severities } from "../conversations/index.ts";

/** Of which conversation and, where it stands in its log, under which number. */
const ofConversation = z.object({ conversationId: z.uuid() });
const numbered = ofConversation.extend({
  /** Numbers of a conversation have no gaps: whoever finds one asks `conversation:since`. */
  sequence: z.number().int(),
  at: z.iso.datetime(),
});

/** Seed 004 has `web_chat` where we have `widget`; what it has no name for keeps ours. */
export const liveChannel = z.string();

export const liveMessageSchema = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  channel: liveChannel,
  direction: z.enum(["inbound", "outbound"]),
  senderType: z.enum(["customer", "ai", "agent", "system"]),
  senderId: z.uuid().nullable(),
  senderName: z.string().nullable(),
  content: z.string(),
  contentType: z.string(),
  internal: z.boolean(),
  status: z.string(),
  /** `streaming` while the bot writes it: it comes again under another number when it is whole. */
  state: z.enum(["streaming", "complete", "interrupted"]),
  /** The number of the event that first showed it: the order within the conversation. */
  sequence: z.number().int(),
  deletedAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
});

export const newConversation = ofConversation.extend({
  customerId: z.uuid().nullable(),
  channel: liveChannel,
  severity: z.enum(severities).nullable(),
  state: z.enum(conversationStatuses),
  createdAt: z.iso.datetime(),
});

export const newMessage = numbered.extend({ message: liveMessageSchema });

export const stateChanged = numbered.extend({
  state: z.enum(conversationStatuses),
  /** Null in events from before it was written down. */
  previousState: z.enum(conversationStatuses).nullable(),
});

export const assigned = numbered.extend({
  assignedAgentId: z.uuid().nullable(),
  assignedTeamId: z.uuid().nullable(),
  previousAgentId: z.uuid().nullable(),
  reason: z.string().nullable(),
});

/** Its properties as they are now; `changed` names those that this event changed. */
export const updated = numbered.extend({
  changed: z.array(z.string()),
  customerId: z.uuid().nullable(),
  subject: z.string().nullable(),
  severity: z.enum(severities).nullable(),
  intent: z.string().nullable(),
  sentiment: z.enum(sentiments).nullable(),
  tags: z.array(z.string()),
  summary: z.string().nullable(),
  snoozedUntil: z.iso.datetime().nullable(),
  mergedIntoId: z.uuid().nullable(),
  version: z.number().int(),
});

export const deleted = ofConversation;

export const typingTold = ofConversation.extend({
  userId: z.uuid(),
  name: z.string(),
  isTyping: z.boolean(),
  internal: z.boolean(),
});

export const readTold = ofConversation.extend({
  by: z.enum(["agent", "customer"]),
  sequence: z.number().int(),
});

export const told = z.object({ event: z.string(), data: z.record(z.string(), z.unknown()) });
