import { z } from "zod";
import { channels, conversationStatuses, severities } from "./conversation-state.ts";

export const conversationOrders = ["created_at", "last_message_at", "sla_due_at"] as const;

const some = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(20).optional();

/** A tag: of several words, but no comma, which parts tags in a query. */
export const tag = z
  .string()
  .trim()
  .min(1)
  .max(50)
  .regex(/^[^,\p{Cc}]+$/u, "A tag holds no comma.");

/** Which conversations: what a list asks, a saved view keeps and a rule may name. */
export const conversationFilter = z.object({
  status: some(z.enum(conversationStatuses)),
  /** `null`: whoever has none. */
  assigneeId: z.uuid().nullable().optional(),
  teamId: z.uuid().nullable().optional(),
  severity: some(z.enum(severities)),
  channel: some(z.enum(channels)),
  slaBreached: z.boolean().optional(),
  customerId: z.uuid().optional(),
  /** All of them. */
  tags: some(tag),
  /** Words that one message, or the subject, holds. */
  search: z.string().trim().min(1).max(200).optional(),
});
export type ConversationFilter = z.infer<typeof conversationFilter>;

export const conversationOrder = z.object({
  sortBy: z.enum(conversationOrders).default("last_message_at"),
  sortOrder: z.enum(["asc", "desc"]).default("desc"),
});
export type ConversationOrder = z.infer<typeof conversationOrder>;
