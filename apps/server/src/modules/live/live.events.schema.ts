import { z } from "zod";
import { conversationStatuses, sentiments, severities } from "../conversations/index.ts";
import { v1Channel, v1MessageSchema } from "../helpdesk/index.ts";
import { agentStatuses } from "../presence/index.ts";
import { slaStateSchema } from "../slas/index.ts";

/** Of which conversation and, where it stands in its log, under which number. */
const ofConversation = z.object({ conversationId: z.uuid() });
const numbered = ofConversation.extend({
  /** Numbers of a conversation have no gaps: whoever finds one asks `conversation:since`. */
  sequence: z.number().int(),
  at: z.iso.datetime(),
});

/** Seed 004's message, and where it stands. */
export const liveMessageSchema = v1MessageSchema.extend({
  /** `streaming` while the bot writes it: it comes again under another number when it is whole. */
  state: z.enum(["streaming", "complete", "interrupted"]),
  /** The number of the event that first showed it: the order within the conversation. */
  sequence: z.number().int(),
  createdAt: z.iso.datetime(),
});

export const newConversation = ofConversation.extend({
  customerId: z.uuid().nullable(),
  channel: v1Channel,
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

const moment = z.iso.datetime().nullable();

export const slaTold = ofConversation.extend({
  /** Which promise, and when its time is over or was. */
  kind: z.enum(["first_response", "resolution"]),
  dueAt: z.iso.datetime(),
  /** All that was promised as it stands now; null where it no longer is. */
  sla: slaStateSchema.extend({ firstResponseDueAt: moment, resolutionDueAt: moment }).nullable(),
});

export const resolutionTold = ofConversation.extend({
  resolutionId: z.uuid(),
  issueType: z.string(),
  owningTeam: z.string(),
  status: z.string(),
  priority: z.string(),
  ownerId: z.uuid().nullable(),
  expectedResolutionAt: moment,
  version: z.number().int(),
});

export const agentTold = z.object({
  agentId: z.uuid(),
  status: z.enum(agentStatuses),
  isThere: z.boolean(),
  maxConcurrent: z.number().int().nullable(),
});

export const told = z.object({ event: z.string(), data: z.record(z.string(), z.unknown()) });
