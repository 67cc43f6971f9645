import { z } from "zod";
import { channels, conversationStatuses, severities } from "./conversation-state.ts";

export const conversationOrders = ["created_at", "last_message_at", "sla_due_at"] as const;

const some = <Item extends z.ZodType>(item: Item) => z.array(item).min(1).max(20).optional();

/** One id, or several of which it has one; `null`: whoever has none. Read as a list. */
const oneOf = z
  .union([z.uuid().nullable(), z.array(z.uuid().nullable()).min(1).max(20)])
  .transform((given) => [given].flat())
  .optional();

/** A tag: of several words, but no comma, which parts tags in a query. */
export const tag = z
  .string()
  .trim()
  .min(1)
  .max(50)
  .regex(/^[^,\p{Cc}]+$/u, "A tag holds no comma.");

/**
 * Which conversations: what a list asks, a saved view keeps and a rule may name. Of several values of a field a
 * conversation has one; of several tags it has all.
 */
export const conversationFilter = z.object({
  status: some(z.enum(conversationStatuses)),
  assigneeId: oneOf,
  teamId: oneOf,
  severity: some(z.enum(severities)),
  channel: some(z.enum(channels)),
  slaBreached: z.boolean().optional(),
  customerId: z.uuid().optional(),
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
