import { z } from "zod";
import { channels, conversationStatuses, sentiments, severities } from "../conversations/index.ts";

type Channel = (typeof channels)[number];

/** Seed 004 calls the widget's channel `web_chat`. */
export const v1Channels = channels.map((name) => (name === "widget" ? ("web_chat" as const) : name));
export type V1Channel = Exclude<Channel, "widget"> | "web_chat";
export const v1Channel = z.enum(v1Channels);

export const toV1Channel = (name: Channel): V1Channel => (name === "widget" ? "web_chat" : name);
export const fromV1Channel = (name: V1Channel): Channel => (name === "web_chat" ? "widget" : name);

/** Seed 004, "Messages". */
export const v1MessageSchema = z.object({
  id: z.uuid(),
  conversationId: z.uuid(),
  channel: v1Channel,
  direction: z.enum(["inbound", "outbound"]),
  senderType: z.enum(["customer", "agent", "bot", "system"]),
  senderId: z.uuid().nullable(),
  senderName: z.string().nullable(),
  content: z.string(),
  contentType: z.enum(["text", "markdown", "html"]),
  /** How far it got; `deleted`: its words are hidden. */
  status: z.enum(["pending", "sent", "delivered", "read", "failed", "deleted"]),
  internal: z.boolean(),
  aiAnnotations: z.record(z.string(), z.unknown()).nullable(),
  attachments: z.array(
    z.object({ id: z.uuid(), filename: z.string(), contentType: z.string(), size: z.number().int() }),
  ),
  createdAt: z.date(),
});
export type V1Message = z.input<typeof v1MessageSchema>;

/** Seed 004, "Conversations". */
export const v1ConversationSchema = z.object({
  id: z.uuid(),
  customerId: z.uuid().nullable(),
  customer: z
    .object({
      id: z.uuid(),
      profile: z.object({ name: z.string().nullable() }),
      slaTier: z.string().nullable(),
    })
    .nullable(),
  state: z.enum(conversationStatuses),
  channelsUsed: z.array(v1Channel),
  currentChannel: v1Channel,
  assignedAgentId: z.uuid().nullable(),
  assignedAgent: z.object({ id: z.uuid(), displayName: z.string() }).nullable(),
  assignedTeamId: z.uuid().nullable(),
  intent: z.string().nullable(),
  severity: z.enum(severities).nullable(),
  sentiment: z.enum(sentiments).nullable(),
  /** Null where nothing was promised. */
  sla: z
    .object({
      tier: z.string(),
      firstResponseDueAt: z.date().nullable(),
      resolutionDueAt: z.date().nullable(),
      breached: z.boolean(),
      minutesUntilBreach: z.number().nullable(),
      status: z.enum(["ok", "warning", "breached", "paused", "met"]),
    })
    .nullable(),
  subject: z.string().nullable(),
  summary: z.string().nullable(),
  tags: z.array(z.string()),
  messageCount: z.number().int(),
  unreadCount: z.number().int(),
  /** Into which it was merged. */
  mergedIntoId: z.uuid().nullable(),
  snoozedUntil: z.date().nullable(),
  lastMessageAt: z.date().nullable(),
  /** To be sent with a change, so that a newer one is not written over. */
  version: z.number().int(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type V1Conversation = z.input<typeof v1ConversationSchema>;

export const v1EventSchema = z.object({
  sequence: z.number().int(),
  type: z.enum(["message", "message_changed", "status", "assignment", "properties"]),
  message: v1MessageSchema
    .pick({ id: true, content: true, internal: true, createdAt: true })
    .extend({
      senderType: v1MessageSchema.shape.senderType,
    })
    .nullable(),
  data: z.record(z.string(), z.unknown()).nullable(),
  createdAt: z.date(),
});

export const v1ConversationDetailSchema = v1ConversationSchema.extend({
  resolutionId: z.uuid().nullable(),
  messages: z.array(v1MessageSchema).optional(),
  timeline: z.array(v1EventSchema).optional(),
});
