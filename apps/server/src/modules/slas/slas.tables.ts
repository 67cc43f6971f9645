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
import { conversations } from "../conversations/conversations.tables.ts";
import type { ConversationStatus } from "../conversations/index.ts";
import { tenants } from "../identity/identity.tables.ts";
import type { Opening, Weekday } from "./business-time.ts";
import { clockKinds, type Severity, type Targets, type Terms } from "./clocks.ts";

/** When somebody works. */
export const businessCalendars = pgTable(
  "business_calendars",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    name: text("name").notNull(),
    /** An IANA name. */
    timezone: text("timezone").notNull(),
    hours: jsonb("hours").$type<Record<Weekday, Opening[]>>().notNull(),
    holidays: jsonb("holidays").$type<{ date: string; name: string }[]>().notNull(),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("business_calendars_name_key").on(t.tenantId, t.name),
    tenantPolicy(),
  ],
).enableRLS();

/** What is promised to the customers of a tier. */
export const slaPolicies = pgTable(
  "sla_policies",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    name: text("name").notNull(),
    tier: text("tier").notNull(),
    targets: jsonb("targets").$type<Targets>().notNull(),
    /** Null: around the clock. */
    calendarId: uuid("calendar_id"),
    pauseWithBot: boolean("pause_with_bot").notNull().default(false),
    active: boolean("active").notNull().default(true),
    /** Whoever wrote before was promised nothing. */
    activeSince: moment("active_since").notNull(),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("sla_policies_tier_key").on(t.tenantId, t.tier),
    foreignKey({
      columns: [t.tenantId, t.calendarId],
      foreignColumns: [businessCalendars.tenantId, businessCalendars.id],
    }),
    tenantPolicy(),
  ],
).enableRLS();

/** The clocks of a conversation that has some; `clocks.ts` says what each field means. */
export const slaClocks = pgTable(
  "sla_clocks",
  {
    tenantId: tenantId(),
    conversationId: uuid("conversation_id").notNull(),
    kind: text("kind", { enum: clockKinds }).notNull(),
    /** What was promised, as it was when the clock started. */
    terms: jsonb("terms").$type<Terms>().notNull(),
    startedAt: moment("started_at").notNull(),
    targetMs: bigint("target_ms", { mode: "number" }),
    elapsedMs: bigint("elapsed_ms", { mode: "number" }).notNull(),
    runningSince: moment("running_since"),
    pausedAt: moment("paused_at"),
    warnAt: moment("warn_at"),
    dueAt: moment("due_at"),
    warnedAt: moment("warned_at"),
    breachedAt: moment("breached_at"),
    metAt: moment("met_at"),
    /** When it has something to say; null: never, as it stands. */
    nextAt: moment("next_at"),
    /** Up to which event of the conversation it counts, and what held after that. */
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    status: text("status").$type<ConversationStatus>().notNull(),
    severity: text("severity").$type<Severity>(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.conversationId, t.kind] }),
    foreignKey({
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    index("sla_clocks_next_idx").on(t.tenantId, t.nextAt),
    tenantPolicy(),
  ],
).enableRLS();

/** What was said of a clock. The key is why nothing is said twice. */
export const slaFirings = pgTable(
  "sla_firings",
  {
    tenantId: tenantId(),
    conversationId: uuid("conversation_id").notNull(),
    kind: text("kind", { enum: clockKinds }).notNull(),
    what: text("what", { enum: ["warning", "breach"] }).notNull(),
    dueAt: moment("due_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.conversationId, t.kind, t.what] }),
    foreignKey({
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
).enableRLS();
