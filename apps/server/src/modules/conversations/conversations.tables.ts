import {
  bigint,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { tenants } from "../identity/identity.tables.ts";
import { channels, conversationStatuses } from "./conversation-state.ts";

/** Someone who writes to us. */
export const customers = pgTable(
  "customers",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    name: text("name"),
    email: text("email"),
    locale: text("locale"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.id] }), tenantPolicy()],
).enableRLS();

/** A thread with a customer. A member's own test of a bot is one too, on the channel `playground`. */
export const conversations = pgTable(
  "conversations",
  {
    tenantId: tenantId(),
    id: id(),
    customerId: uuid("customer_id"),
    /** The member who talks to the bot, on the channels `playground` and `portal`. */
    memberId: uuid("member_id"),
    /** The API key that opened it, on the channel `api`. */
    apiKeyId: uuid("api_key_id"),
    botId: uuid("bot_id"),
    channel: text("channel", { enum: channels }).notNull(),
    status: text("status", { enum: conversationStatuses }).notNull(),
    /** In which the customer wants to be answered; null: as each question is written. */
    language: text("language"),
    /** Who owns it now; null while the bot or the queue does. */
    assigneeId: uuid("assignee_id"),
    /** The number of the last event; raised under the row's lock, so that numbers commit in order. */
    lastSequence: bigint("last_sequence", { mode: "number" }).notNull().default(0),
    /** The first question, for lists. */
    subject: text("subject"),
    lastMessageText: text("last_message_text"),
    lastMessageAt: moment("last_message_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
    index("conversations_status_idx").on(t.tenantId, t.status, t.lastMessageAt),
    index("conversations_customer_idx").on(t.tenantId, t.customerId, t.createdAt),
    index("conversations_member_idx").on(t.tenantId, t.memberId, t.createdAt),
    tenantPolicy(),
  ],
).enableRLS();

export const messages = pgTable(
  "messages",
  {
    tenantId: tenantId(),
    id: id(),
    conversationId: uuid("conversation_id").notNull(),
    /** The number of the event that first showed it: the order within the conversation. */
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    author: text("author", { enum: ["customer", "bot", "agent", "system"] }).notNull(),
    authorId: uuid("author_id"),
    authorName: text("author_name"),
    text: text("text").notNull(),
    /** `streaming` while a bot writes it; `interrupted` when the reader left or the model broke off. */
    state: text("state", { enum: ["streaming", "complete", "interrupted"] }).notNull(),
    /** The sender's own id of it: sending twice makes one message. */
    clientId: text("client_id"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    unique("messages_sequence_key").on(t.tenantId, t.conversationId, t.sequence),
    unique("messages_client_key").on(t.tenantId, t.conversationId, t.clientId),
    tenantPolicy(),
  ],
).enableRLS();

/** What happened in a conversation, numbered without gaps: what a client that was away asks for. */
export const conversationEvents = pgTable(
  "conversation_events",
  {
    tenantId: tenantId(),
    conversationId: uuid("conversation_id").notNull(),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    type: text("type", { enum: ["message", "status"] }).notNull(),
    /** Of type `message`: which one. It is read fresh when it is sent. */
    messageId: uuid("message_id"),
    data: jsonb("data").$type<Record<string, unknown>>(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.conversationId, t.sequence] }),
    foreignKey({
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
).enableRLS();

/** A request for a human. */
export const escalations = pgTable(
  "escalations",
  {
    tenantId: tenantId(),
    id: id(),
    conversationId: uuid("conversation_id").notNull(),
    reason: text("reason").notNull(),
    status: text("status", { enum: ["pending", "assigned", "resolved", "cancelled"] }).notNull(),
    assigneeId: uuid("assignee_id"),
    createdAt: createdAt(),
    assignedAt: moment("assigned_at"),
    resolvedAt: moment("resolved_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    index("escalations_conversation_idx").on(t.tenantId, t.conversationId),
    index("escalations_status_idx").on(t.tenantId, t.status, t.createdAt),
    tenantPolicy(),
  ],
).enableRLS();
