import { foreignKey, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { conversations } from "../conversations/conversations.tables.ts";
import type { ConversationRow } from "../conversations/index.ts";
import { priorities, resolutionStatuses } from "./resolution-state.ts";

/** The work behind a problem that somebody wrote about. */
export const resolutions = pgTable(
  "resolutions",
  {
    tenantId: tenantId(),
    id: id(),
    conversationId: uuid("conversation_id").notNull(),
    /** Both in words of the workspace's: `technical`, `engineering`. */
    issueType: text("issue_type").notNull(),
    owningTeam: text("owning_team").notNull(),
    ownerId: uuid("owner_id"),
    status: text("status", { enum: resolutionStatuses }).notNull(),
    priority: text("priority", { enum: priorities }).notNull(),
    /** When it is expected to be solved, and how many hours earlier or later it may be. */
    eta: moment("eta"),
    etaWindowHours: integer("eta_window_hours"),
    etaUpdatedAt: moment("eta_updated_at"),
    rootCause: text("root_cause"),
    rootCauseCategory: text("root_cause_category"),
    fixDescription: text("fix_description"),
    affectedSystems: text("affected_systems").array().notNull().default([]),
    /** Since when its time runs; it stops at `resolvedAt`, and goes on where it is taken up again. */
    slaStartedAt: moment("sla_started_at").notNull(),
    resolvedAt: moment("resolved_at"),
    /** Raised by each change: who saves an older one is told. */
    version: integer("version").notNull().default(1),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    index("resolutions_conversation_idx").on(t.tenantId, t.conversationId, t.createdAt),
    index("resolutions_status_idx").on(t.tenantId, t.status, t.createdAt, t.id),
    index("resolutions_recent_idx").on(t.tenantId, t.createdAt, t.id),
    index("resolutions_owner_idx").on(t.tenantId, t.ownerId, t.status),
    tenantPolicy(),
  ],
).enableRLS();

export const updateTypes = ["note", "status_change", "eta_change", "assignment", "customer_update"] as const;
export const visibilities = ["internal", "customer"] as const;

/** What was done and noted, in order; `customer` where the customer was told. */
export const resolutionUpdates = pgTable(
  "resolution_updates",
  {
    tenantId: tenantId(),
    id: id(),
    resolutionId: uuid("resolution_id").notNull(),
    type: text("type", { enum: updateTypes }).notNull(),
    visibility: text("visibility", { enum: visibilities }).notNull(),
    content: text("content").notNull(),
    /** The sender's own id of it: sending twice makes one. */
    clientId: text("client_id"),
    /** Null where no person did it; the name is as it was then. */
    authorId: uuid("author_id"),
    authorName: text("author_name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.resolutionId],
      foreignColumns: [resolutions.tenantId, resolutions.id],
    }).onDelete("cascade"),
    unique("resolution_updates_client_key").on(t.tenantId, t.resolutionId, t.clientId),
    index("resolution_updates_resolution_idx").on(t.tenantId, t.resolutionId, t.createdAt, t.id),
    tenantPolicy(),
  ],
).enableRLS();

/** Each time that was ever expected; the last one is the resolution's. */
export const resolutionEtas = pgTable(
  "resolution_etas",
  {
    tenantId: tenantId(),
    id: id(),
    resolutionId: uuid("resolution_id").notNull(),
    /** Null where the expectation was withdrawn. */
    eta: moment("eta"),
    windowHours: integer("window_hours"),
    reason: text("reason"),
    authorId: uuid("author_id"),
    authorName: text("author_name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.resolutionId],
      foreignColumns: [resolutions.tenantId, resolutions.id],
    }).onDelete("cascade"),
    index("resolution_etas_resolution_idx").on(t.tenantId, t.resolutionId, t.createdAt, t.id),
    tenantPolicy(),
  ],
).enableRLS();

/** What the customer was told; the message of the conversation holds the words and says how far they got. */
export const customerUpdates = pgTable(
  "customer_updates",
  {
    tenantId: tenantId(),
    /** The same as that of its line in the history. */
    id: id(),
    resolutionId: uuid("resolution_id").notNull(),
    /** By which template it was written; `custom` for words of one's own. */
    template: text("template").notNull(),
    /** As it was sent. */
    content: text("content").notNull(),
    channel: text("channel").$type<ConversationRow["channel"]>().notNull(),
    messageId: uuid("message_id").notNull(),
    authorId: uuid("author_id"),
    authorName: text("author_name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.resolutionId],
      foreignColumns: [resolutions.tenantId, resolutions.id],
    }).onDelete("cascade"),
    index("customer_updates_resolution_idx").on(t.tenantId, t.resolutionId, t.createdAt, t.id),
    tenantPolicy(),
  ],
).enableRLS();
