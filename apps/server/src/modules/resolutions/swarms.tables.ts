import { foreignKey, index, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { users } from "../identity/identity.tables.ts";
import { resolutions } from "./resolutions.tables.ts";

export const swarmStatuses = ["active", "closed"] as const;
export const swarmRoles = ["lead", "member"] as const;

/** Colleagues who work on one resolution together, and talk about it. */
export const swarms = pgTable(
  "swarms",
  {
    tenantId: tenantId(),
    id: id(),
    resolutionId: uuid("resolution_id").notNull(),
    leadId: uuid("lead_id").notNull(),
    name: text("name").notNull(),
    status: text("status", { enum: swarmStatuses }).notNull(),
    closedAt: moment("closed_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.resolutionId],
      foreignColumns: [resolutions.tenantId, resolutions.id],
    }).onDelete("cascade"),
    index("swarms_resolution_idx").on(t.tenantId, t.resolutionId, t.createdAt),
    index("swarms_status_idx").on(t.tenantId, t.status, t.createdAt, t.id),
    tenantPolicy(),
  ],
).enableRLS();

export const swarmParticipants = pgTable(
  "swarm_participants",
  {
    tenantId: tenantId(),
    swarmId: uuid("swarm_id").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    role: text("role", { enum: swarmRoles }).notNull(),
    /** Whether they are in its channel of Slack; null until it was tried. */
    slackInvite: text("slack_invite", { enum: ["invited", "unknown", "refused"] }),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.swarmId, t.userId] }),
    foreignKey({ columns: [t.tenantId, t.swarmId], foreignColumns: [swarms.tenantId, swarms.id] }).onDelete(
      "cascade",
    ),
    tenantPolicy(),
  ],
).enableRLS();

export const swarmMessages = pgTable(
  "swarm_messages",
  {
    tenantId: tenantId(),
    id: id(),
    swarmId: uuid("swarm_id").notNull(),
    authorId: uuid("author_id"),
    authorName: text("author_name").notNull(),
    text: text("text").notNull(),
    /** The sender's own id of it: sending twice makes one message. */
    clientId: text("client_id"),
    /** By which Slack knows it in the swarm's channel: it is there. */
    slackTs: text("slack_ts"),
    /** Since when it may be there without our having heard of it. */
    slackTriedAt: moment("slack_tried_at"),
    /** Who said it in Slack; null for what was said here. */
    slackUserId: text("slack_user_id"),
    /** When its author's last change in Slack came, and when that was by Slack. */
    editedAt: moment("edited_at"),
    slackEditTs: text("slack_edit_ts"),
    /** When it was deleted in Slack: its words are gone, that there was one stays. */
    deletedAt: moment("deleted_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.swarmId], foreignColumns: [swarms.tenantId, swarms.id] }).onDelete(
      "cascade",
    ),
    unique("swarm_messages_client_key").on(t.tenantId, t.swarmId, t.clientId),
    unique("swarm_messages_slack_key").on(t.tenantId, t.swarmId, t.slackTs),
    index("swarm_messages_swarm_idx").on(t.tenantId, t.swarmId, t.createdAt, t.id),
    tenantPolicy(),
  ],
).enableRLS();
