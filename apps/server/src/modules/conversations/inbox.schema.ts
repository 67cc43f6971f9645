import { z } from "zod";
import { conversationFilter, conversationOrder } from "./conversations.filter.ts";
import { conversationViews, messageText } from "./conversations.schema.ts";

/** What a saved view keeps: the list's own view, filter and order, held to the same schema. */
export const viewFilter = conversationFilter
  .extend({ view: z.enum(conversationViews).optional(), ...conversationOrder.partial().shape })
  .strict();

export const saveViewSchema = z.object({
  /** To change one; a new one is made without. */
  id: z.uuid().optional(),
  name: z.string().trim().min(1).max(80),
  filter: viewFilter,
  shared: z.boolean().default(false),
});
export type SaveView = z.infer<typeof saveViewSchema>;

export const savedViewSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  shared: z.boolean(),
  /** Only whoever saved it changes or deletes it. */
  isMine: z.boolean(),
  filter: viewFilter,
});
export type SavedView = z.infer<typeof savedViewSchema>;

export const createCannedReplySchema = z.object({
  /** What is typed after a slash: one word. */
  shortcut: z
    .string()
    .trim()
    .toLowerCase()
    .min(1)
    .max(40)
    .regex(/^[\p{L}\p{N}_-]+$/u, "A shortcut is one word of letters, digits, - and _."),
  text: messageText,
  language: z.enum(["en", "fr", "ar"]),
});
export type CreateCannedReply = z.infer<typeof createCannedReplySchema>;

export const cannedReplySchema = createCannedReplySchema.extend({ id: z.uuid() });
export type CannedReply = z.infer<typeof cannedReplySchema>;
