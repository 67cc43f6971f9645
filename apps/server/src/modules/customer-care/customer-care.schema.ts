import { z } from "zod";
import { conversationStatuses, sentiments, severities } from "../conversations/index.ts";
import { customerSchema } from "../customers/index.ts";

/** What lists of a customer's conversations show of each. */
export const conversationBriefSchema = z.object({
  id: z.uuid(),
  state: z.enum(conversationStatuses),
  /** Seed 004's words: the widget is `web_chat`. */
  currentChannel: z.string(),
  channelsUsed: z.array(z.string()),
  subject: z.string().nullable(),
  summary: z.string().nullable(),
  severity: z.enum(severities).nullable(),
  intent: z.string().nullable(),
  sentiment: z.enum(sentiments).nullable(),
  tags: z.array(z.string()),
  assignedAgentId: z.uuid().nullable(),
  assignedTeamId: z.uuid().nullable(),
  messageCount: z.number().int(),
  lastMessageAt: z.date().nullable(),
  resolvedAt: z.date().nullable(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type ConversationBrief = z.output<typeof conversationBriefSchema>;

export const statsSchema = z.object({
  totalConversations: z.number().int(),
  openConversations: z.number().int(),
  /** Of those that were resolved; null where none was. */
  avgResolutionTimeHours: z.number().nullable(),
  lastContactAt: z.date().nullable(),
});
export type CustomerStats = z.output<typeof statsSchema>;

export const customerDetailSchema = customerSchema.extend({
  stats: statsSchema,
  recentConversations: z.array(conversationBriefSchema),
  /** Who was merged into them, the latest first: the first one can be parted again. */
  merged: z.array(
    z.object({ customerId: z.uuid(), name: z.string().nullable(), mergedAt: z.date(), mergedBy: z.string() }),
  ),
});
export type CustomerDetail = z.output<typeof customerDetailSchema>;

export const timelineTypes = [
  "created",
  "identity",
  "merge",
  "unmerge",
  "conversation",
  "message",
  "note",
  "resolved",
] as const;

export const timelineItemSchema = z.object({
  id: z.string(),
  type: z.enum(timelineTypes),
  at: z.date(),
  conversationId: z.uuid().nullable(),
  channel: z.string().nullable(),
  /** Of messages and notes: customer, bot, agent or system. */
  author: z.string().nullable(),
  authorName: z.string().nullable(),
  /** What was said, the subject of what was begun, the kind of identity that was linked. */
  text: z.string().nullable(),
  /** Of merges: who was merged, or parted. Of identities: how they came. */
  detail: z.string().nullable(),
});
export type TimelineItem = z.output<typeof timelineItemSchema>;
