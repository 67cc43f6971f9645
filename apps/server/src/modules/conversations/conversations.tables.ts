import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { customers } from "../customers/customers.tables.ts";
import {
  channels,
  contentTypes,
  conversationEventTypes,
  conversationStatuses,
  deliveries,
  escalationPriorities,
  escalationStatuses,
  sentiments,
  severities,
} from "./conversation-state.ts";

/** A thread with a customer. A member's own test of a bot is one too, on the channel `playground`. */
export const conversations = pgTable(
  "conversations",
  {
    tenantId: tenantId(),
    id: id(),
    customerId: uuid("customer_id"),
    /** As whom its visitor holds it, where that customer was merged into another since; null: as `customerId`. */
    visitorId: uuid("visitor_id"),
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
    /** Whose queue it stands in; null: everybody's. */
    teamId: uuid("team_id"),
    /** What whoever takes it must know. */
    requiredSkills: text("required_skills").array().notNull().default([]),
    /** Since when it waits for a person without having one; null otherwise. Queues are served in this order. */
    queuedAt: moment("queued_at"),
    /** P0 is the worst; null: nobody has judged it. */
    severity: text("severity", { enum: severities }),
    intent: text("intent"),
    sentiment: text("sentiment", { enum: sentiments }),
    /** Which of severity, intent and sentiment people or their rules set: what is found out later leaves them alone. */
    setByHand: text("set_by_hand").array().notNull().default([]),
    tags: text("tags").array().notNull().default([]),
    summary: text("summary"),
    /** Over which channels it went, the present one last; empty: over `channel` alone. */
    channelsUsed: text("channels_used", { enum: channels }).array().notNull().default([]),
    messageCount: integer("message_count").notNull().default(0),
    firstResponseAt: moment("first_response_at"),
    resolvedAt: moment("resolved_at"),
    /** Out of sight in the inbox until then, or until the customer writes. */
    snoozedUntil: moment("snoozed_until"),
    /** The next moment at which a promise would be broken, and whether one was: kept by `slas`. */
    slaDueAt: moment("sla_due_at"),
    slaBreached: boolean("sla_breached").notNull().default(false),
    /** Into which conversation this one was merged. */
    mergedIntoId: uuid("merged_into_id"),
    /** Up to which event the owner and the customer have read. */
    agentReadSequence: bigint("agent_read_sequence", { mode: "number" }).notNull().default(0),
    customerReadSequence: bigint("customer_read_sequence", { mode: "number" }).notNull().default(0),
    /** Raised when a property changes (not by messages): who saves over a newer one is told. */
    version: integer("version").notNull().default(1),
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
    // a message changes most of these, so what few conversations have is indexed of those alone
    index("conversations_status_idx").on(t.tenantId, t.status, t.lastMessageAt),
    index("conversations_customer_idx").on(t.tenantId, t.customerId, t.createdAt, t.id),
    index("conversations_resolved_idx")
      .on(t.tenantId, t.customerId, t.resolvedAt, t.id)
      .where(sql`resolved_at is not null`),
    index("conversations_visitor_idx").on(t.tenantId, t.visitorId).where(sql`visitor_id is not null`),
    index("conversations_queue_idx").on(t.tenantId, t.queuedAt, t.id).where(sql`queued_at is not null`),
    index("conversations_assignee_idx").on(t.tenantId, t.assigneeId, t.status),
    index("conversations_recent_idx").on(t.tenantId, t.lastMessageAt, t.id),
    index("conversations_created_idx").on(t.tenantId, t.createdAt, t.id),
    index("conversations_due_idx").on(t.tenantId, t.slaDueAt, t.id).where(sql`sla_due_at is not null`),
    index("conversations_member_idx")
      .on(t.tenantId, t.memberId, t.createdAt)
      .where(sql`member_id is not null`),
    index("conversations_team_idx").on(t.tenantId, t.teamId, t.lastMessageAt),
    index("conversations_severity_idx").on(t.tenantId, t.severity, t.lastMessageAt),
    index("conversations_channel_idx").on(t.tenantId, t.channel, t.lastMessageAt),
    index("conversations_breached_idx").on(t.tenantId, t.lastMessageAt).where(sql`sla_breached`),
    index("conversations_snoozed_idx").on(t.tenantId, t.snoozedUntil).where(sql`snoozed_until is not null`),
    index("conversations_tags_idx").using("gin", t.tags),
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
    /** A note among colleagues: no customer and no bot ever reads it. */
    internal: boolean("internal").notNull().default(false),
    /** Over which it came or went; null: over the conversation's. */
    channel: text("channel", { enum: channels }),
    contentType: text("content_type", { enum: contentTypes }).notNull().default("text"),
    /** Of type `html`: what was written, made harmless. `text` says the same without marks, for all who read words. */
    markup: text("markup"),
    /** How many files came with it: only those of a message that has some are looked up. */
    attachmentCount: integer("attachment_count").notNull().default(0),
    /** How far it got on its way. */
    delivery: text("delivery", { enum: deliveries }).notNull().default("sent"),
    /** What a classification said of it. */
    annotations: jsonb("annotations").$type<Record<string, unknown>>(),
    /** Since when its words are hidden, and by whom; the row stays for the audit. */
    deletedAt: moment("deleted_at"),
    deletedBy: uuid("deleted_by"),
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
    // for what was said with a customer, the latest first: all that a timeline shows, and nothing else
    index("messages_said_idx")
      .on(t.tenantId, t.conversationId, t.createdAt, t.id)
      .where(sql`deleted_at is null and text <> ''`),
    // searched by `found.queries.ts`; what was deleted is not in it
    index("messages_words_idx")
      .using("gin", sql`to_tsvector('simple', ${t.text})`)
      .where(sql`deleted_at is null`),
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
    type: text("type", { enum: conversationEventTypes }).notNull(),
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
    status: text("status", { enum: escalationStatuses }).notNull(),
    priority: text("priority", { enum: escalationPriorities }).notNull().default("normal"),
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

/** A file of a message; it belongs to none until the message is sent. The bytes lie in the blob store. */
export const messageAttachments = pgTable(
  "message_attachments",
  {
    tenantId: tenantId(),
    id: id(),
    conversationId: uuid("conversation_id").notNull(),
    messageId: uuid("message_id"),
    fileName: text("file_name").notNull(),
    contentType: text("content_type").notNull(),
    size: integer("size").notNull(),
    blobKey: text("blob_key").notNull(),
    /** Who brought it: only they send it. */
    uploadedBy: uuid("uploaded_by").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    index("message_attachments_message_idx").on(t.tenantId, t.messageId),
    tenantPolicy(),
  ],
).enableRLS();
