import { sql } from "drizzle-orm";
import { foreignKey, integer, pgTable, primaryKey, real, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import {
  bytes,
  createdAt,
  id,
  moment,
  tenantId,
  tenantPolicy,
  updatedAt,
} from "../../platform/db/columns.ts";
import { bots } from "../bots/bots.tables.ts";

/** What customers want of a bot, by the examples that teach it. */
export const intents = pgTable(
  "intents",
  {
    tenantId: tenantId(),
    id: id(),
    botId: uuid("bot_id").notNull(),
    name: text("name").notNull(),
    examples: text("examples").array().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.botId], foreignColumns: [bots.tenantId, bots.id] }).onDelete(
      "cascade",
    ),
    uniqueIndex("intents_name_key").on(t.tenantId, t.botId, sql`lower(${t.name})`),
    tenantPolicy(),
  ],
).enableRLS();

/** What a bot learnt of its intents. It is behind them while `trainedRevision` is behind `revision`. */
export const intentModels = pgTable(
  "intent_models",
  {
    tenantId: tenantId(),
    botId: uuid("bot_id").notNull(),
    /** Raised by every change of an intent. */
    revision: integer("revision").notNull(),
    trainedRevision: integer("trained_revision"),
    trainedAt: moment("trained_at"),
    /** Of held-out examples the share that was told right; null without a model. */
    accuracy: real("accuracy"),
    /** Null: too little was taught for a model. */
    model: bytes("model"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.botId] }),
    foreignKey({ columns: [t.tenantId, t.botId], foreignColumns: [bots.tenantId, bots.id] }).onDelete(
      "cascade",
    ),
    tenantPolicy(),
  ],
).enableRLS();
