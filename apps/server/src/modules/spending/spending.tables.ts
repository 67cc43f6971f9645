import {
  bigint,
  foreignKey,
  index,
  integer,
  numeric,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { bots } from "../bots/bots.tables.ts";
import { tenants } from "../identity/identity.tables.ts";

/** US dollars, exact enough for a single token of the cheapest model. */
const dollars = (name: string) => numeric(name, { mode: "number", precision: 20, scale: 12 });

/** What a tenant pays for a model where that is not the list price. US dollars per million tokens. */
export const modelPrices = pgTable(
  "model_prices",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    /** `provider:model` */
    model: text("model").notNull(),
    input: dollars("input").notNull(),
    output: dollars("output").notNull(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.model] }), tenantPolicy()],
).enableRLS();

/** What models were used for, summed up: one row a month, bot, purpose and model. It outlives the bot. */
export const modelUsage = pgTable(
  "model_usage",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    /** `2026-11`, in UTC. */
    month: text("month").notNull(),
    /** Null: for no bot in particular. */
    botId: uuid("bot_id"),
    purpose: text("purpose", { enum: ["answering", "embedding"] }).notNull(),
    /** `provider:model` */
    model: text("model").notNull(),
    calls: integer("calls").notNull(),
    /** Of the calls, those whose tokens the provider did not tell. */
    estimatedCalls: integer("estimated_calls").notNull(),
    inputTokens: bigint("input_tokens", { mode: "number" }).notNull(),
    outputTokens: bigint("output_tokens", { mode: "number" }).notNull(),
    /** At the prices of the moment of each call. */
    cost: dollars("cost").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("model_usage_key").on(t.tenantId, t.month, t.botId, t.purpose, t.model).nullsNotDistinct(),
    tenantPolicy(),
  ],
).enableRLS();

/** What may be spent in a calendar month (UTC): by one bot, or by the whole tenant. */
export const budgets = pgTable(
  "budgets",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    /** Null: the tenant's. */
    botId: uuid("bot_id"),
    limit: dollars("limit").notNull(),
    /** The month in which an answer found it used up; null after the limit was changed. */
    exhaustedMonth: text("exhausted_month"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("budgets_key").on(t.tenantId, t.botId).nullsNotDistinct(),
    foreignKey({ columns: [t.tenantId, t.botId], foreignColumns: [bots.tenantId, bots.id] }).onDelete(
      "cascade",
    ),
    tenantPolicy(),
  ],
).enableRLS();

/** What answers that are being written may cost at most: set aside until they are kept, or it expires. */
export const budgetReservations = pgTable(
  "budget_reservations",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    /** Null: for no bot in particular. */
    botId: uuid("bot_id"),
    amount: dollars("amount").notNull(),
    expiresAt: moment("expires_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("budget_reservations_bot_idx").on(t.tenantId, t.botId),
    tenantPolicy(),
  ],
).enableRLS();
