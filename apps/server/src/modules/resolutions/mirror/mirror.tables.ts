import {
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, moment, tenantId, tenantPolicy, updatedAt } from "../../../platform/db/columns.ts";
import { slackActs } from "../../../ports/index.ts";
import { swarms } from "../swarms.tables.ts";

export const mirrorStates = ["pending", "linked", "failed"] as const;
/**
 * Why a mirror stands still. `disconnected`: no Slack is connected. `token`: Slack does not take the app's token, or it
 * lacks a right. `gone`: the channel was archived or removed. `refused`: Slack said no otherwise. `unreachable`: Slack had
 * trouble for too long; the next message of the swarm tries again by itself.
 */
export const mirrorReasons = ["disconnected", "token", "gone", "refused", "unreachable"] as const;

/** A swarm's channel in Slack, and how far it is on the way there. */
export const swarmMirrors = pgTable(
  "swarm_mirrors",
  {
    tenantId: tenantId(),
    swarmId: uuid("swarm_id").notNull(),
    state: text("state", { enum: mirrorStates }).notNull(),
    reason: text("reason", { enum: mirrorReasons }),
    /** What Slack said, in words for whoever works in the swarm. */
    failure: text("failure"),
    channelId: text("channel_id"),
    /** Without the #. */
    channelName: text("channel_name"),
    /** The name that was last asked for; since when, while it is not known what came of it. */
    wantedName: text("wanted_name"),
    wantedSince: moment("wanted_since"),
    hasTopic: boolean("has_topic").notNull().default(false),
    archivedAt: moment("archived_at"),
    /** Tries in a row that came to nothing. */
    attempts: integer("attempts").notNull().default(0),
    /** Who works on it now, and until when they are believed to. */
    holder: text("holder"),
    heldUntil: moment("held_until"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.swarmId] }),
    foreignKey({ columns: [t.tenantId, t.swarmId], foreignColumns: [swarms.tenantId, swarms.id] }).onDelete(
      "cascade",
    ),
    unique("swarm_mirrors_channel_key").on(t.tenantId, t.channelId),
    tenantPolicy(),
  ],
).enableRLS();

/** What Slack told of a mirrored channel, once each; its words go when they are in the swarm. */
export const slackEvents = pgTable(
  "slack_events",
  {
    tenantId: tenantId(),
    /** Slack's own id, the same in every attempt of theirs. */
    eventId: text("event_id").notNull(),
    swarmId: uuid("swarm_id").notNull(),
    /** When Slack told it; of words that were said, by this it knows the message in its channel. */
    ts: text("ts").notNull(),
    act: text("act", { enum: slackActs }).notNull().default("said"),
    /** The message that was edited or deleted; null for one that was said. */
    messageTs: text("message_ts"),
    slackUserId: text("slack_user_id").notNull(),
    text: text("text"),
    takenInAt: moment("taken_in_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.eventId] }),
    foreignKey({ columns: [t.tenantId, t.swarmId], foreignColumns: [swarms.tenantId, swarms.id] }).onDelete(
      "cascade",
    ),
    index("slack_events_swarm_idx").on(t.tenantId, t.swarmId, t.takenInAt, t.ts),
    tenantPolicy(),
  ],
).enableRLS();
