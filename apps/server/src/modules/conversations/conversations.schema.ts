import { z } from "zod";
import {
  channels,
  type contentTypes,
  conversationStatuses,
  type deliveries,
  severities,
} from "./conversation-state.ts";

export const messageAuthors = ["customer", "bot", "agent", "system"] as const;

/** A file of a message, as its readers see it. */
export interface Attachment {
  id: string;
  fileName: string;
  contentType: string;
  size: number;
}

export interface Message {
  id: string;
  sequence: number;
  author: (typeof messageAuthors)[number];
  authorId: string | null;
  authorName: string | null;
  text: string;
  contentType: (typeof contentTypes)[number];
  /** Of type `html`: harmless markup of the same words; null otherwise. */
  markup: string | null;
  /** Over which it came or went; null: over the conversation's. */
  channel: (typeof channels)[number] | null;
  delivery: (typeof deliveries)[number];
  /** The sender's own id of it. */
  clientId: string | null;
  /** A note among colleagues. */
  internal: boolean;
  /** Since when its words are hidden. */
  deletedAt: Date | null;
  state: "streaming" | "complete" | "interrupted";
  /** Its files, where whoever reads a conversation reads it. */
  attachments: Attachment[];
  createdAt: Date;
}

/** Characters of one message. */
export const messageText = z
  .string()
  .overwrite((text) => text.toWellFormed().replaceAll("\0", "")) // what no database keeps
  .trim()
  .min(1)
  .max(8_000);

/** Characters of HTML before it is made harmless. */
export const messageMarkup = z.string().trim().min(1).max(100_000);

export const conversationSchema = z.object({
  id: z.uuid(),
  status: z.enum(conversationStatuses),
  severity: z.enum(severities).nullable(),
  tags: z.array(z.string()),
  /** When the next promise would be broken, and whether one was. */
  slaDueAt: z.date().nullable(),
  slaBreached: z.boolean(),
  snoozedUntil: z.date().nullable(),
  /** Of its properties: who saves over a newer one is told. */
  version: z.number(),
  /** Messages of the customer that no agent has read. */
  unread: z.number(),
  channel: z.enum(channels),
  subject: z.string().nullable(),
  lastMessageText: z.string().nullable(),
  lastMessageAt: z.date().nullable(),
  createdAt: z.date(),
  customer: z.object({ id: z.uuid(), name: z.string().nullable(), email: z.string().nullable() }).nullable(),
  assignee: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  bot: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});
export type Conversation = z.infer<typeof conversationSchema>;

/** A row of a list that was searched: the words around what was found, in parts. */
export const foundConversationSchema = conversationSchema.extend({
  hit: z.array(z.object({ text: z.string(), found: z.boolean() })).nullable(),
});

export const conversationViews = [
  "needs_human",
  "mine",
  "breaching",
  "snoozed",
  "open",
  "resolved",
  "all",
] as const;
/** The views of which a list says how many they hold, up to 100. */
export const countedViews = ["needs_human", "mine", "breaching", "snoozed", "open"] as const;
export const viewCountsSchema = z.record(z.enum(countedViews), z.number());
export type ConversationView = (typeof conversationViews)[number];

/** What the caller may do with the conversation now, so that the interface asks nobody else. */
export const allowedSchema = z.object({
  reply: z.boolean(),
  note: z.boolean(),
  takeOver: z.boolean(),
  handBack: z.boolean(),
  resolve: z.boolean(),
  reopen: z.boolean(),
});

export const conversationDetailSchema = conversationSchema.extend({
  allowed: allowedSchema,
  escalation: z.object({ reason: z.string(), status: z.string(), createdAt: z.date() }).nullable(),
  /** The team in whose queue it stands, or whose member has it. */
  teamId: z.uuid().nullable(),
  /** The customer's own, ISO 639-1, where it is known. */
  language: z.string().nullable(),
  /** The last message to the customer that they have seen. */
  seenMessageId: z.uuid().nullable(),
});
export type ConversationDetail = z.infer<typeof conversationDetailSchema>;
