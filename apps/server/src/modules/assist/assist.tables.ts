import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { bytes, createdAt, id, moment, tenantId, tenantPolicy } from "../../platform/db/columns.ts";
import { conversations } from "../conversations/conversations.tables.ts";
import { labelKinds } from "./label-kinds.ts";

/** What a tenant teaches: that this text has this label. */
export const labelExamples = pgTable(
  "label_examples",
  {
    tenantId: tenantId(),
    id: id(),
    kind: text("kind", { enum: labelKinds }).notNull(),
    label: text("label").notNull(),
    text: text("text").notNull(),
    language: text("language").notNull(),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("label_examples_kind_idx").on(t.tenantId, t.kind, t.label, t.id),
    tenantPolicy(),
  ],
).enableRLS();

/** What was learnt of the examples of a kind. It is behind them while `trainedRevision` is behind `revision`. */
export const labelModels = pgTable(
  "label_models",
  {
    tenantId: tenantId(),
    kind: text("kind", { enum: labelKinds }).notNull(),
    /** Raised by every change of an example. */
    revision: integer("revision").notNull(),
    trainedRevision: integer("trained_revision"),
    trainedAt: moment("trained_at"),
    accuracy: real("accuracy"),
    /** Null: nothing is taught. */
    model: bytes("model"),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.kind] }), tenantPolicy()],
).enableRLS();

/** For the colleague who takes a conversation: what was asked, tried and found, and how the customer feels. */
export const handoffBriefs = pgTable(
  "handoff_briefs",
  {
    tenantId: tenantId(),
    conversationId: uuid("conversation_id").notNull(),
    /** The request for a person that it was written for; null: a colleague had it written. */
    escalationId: uuid("escalation_id"),
    asked: text("asked").notNull(),
    tried: text("tried").array().notNull(),
    found: jsonb("found").$type<{ documentId: string; title: string }[]>().notNull(),
    feeling: text("feeling", { enum: conversations.sentiment.enumValues }).notNull(),
    severity: text("severity", { enum: conversations.severity.enumValues }).notNull(),
    intent: text("intent").notNull(),
    language: text("language").notNull(),
    reason: text("reason"),
    byModel: boolean("by_model").notNull(),
    writtenAt: moment("written_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.conversationId] }),
    foreignKey({
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
).enableRLS();
