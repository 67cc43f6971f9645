import {
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
import { tenants } from "../identity/identity.tables.ts";
import {
  firingOutcomes,
  type PerformedAction,
  triggerNames,
  type WeighedCondition,
} from "./automation.types.ts";
import type { Action, Condition } from "./rules/rule.schema.ts";

/** When this happens (trigger), if all of that holds (conditions), then do these things (actions). */
export const automationRules = pgTable(
  "automation_rules",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    name: text("name").notNull(),
    triggerEvent: text("trigger_event", { enum: triggerNames }).notNull(),
    conditions: jsonb("conditions").$type<Condition[]>().notNull(),
    actions: jsonb("actions").$type<Action[]>().notNull(),
    /** The greater runs first; of the same, the older rule. */
    priority: integer("priority").notNull().default(0),
    enabled: boolean("enabled").notNull().default(false),
    /** Raised by each saved text; each stands in `automation_rule_versions`. */
    version: integer("version").notNull().default(1),
    /** The last dry run: of which version, when, over how many happenings, in how many it would have fired. */
    testedVersion: integer("tested_version"),
    testedAt: moment("tested_at"),
    testedScanned: integer("tested_scanned"),
    testedMatched: integer("tested_matched"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("automation_rules_trigger_idx").on(t.tenantId, t.triggerEvent, t.enabled),
    tenantPolicy(),
  ],
).enableRLS();

/** Every saved text of a rule: what a firing names by its number can be read for as long as the rule stands. */
export const automationRuleVersions = pgTable(
  "automation_rule_versions",
  {
    tenantId: tenantId(),
    ruleId: uuid("rule_id").notNull(),
    version: integer("version").notNull(),
    name: text("name").notNull(),
    triggerEvent: text("trigger_event", { enum: triggerNames }).notNull(),
    conditions: jsonb("conditions").$type<Condition[]>().notNull(),
    actions: jsonb("actions").$type<Action[]>().notNull(),
    priority: integer("priority").notNull(),
    /** Who saved it. */
    savedBy: uuid("saved_by"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.ruleId, t.version] }),
    foreignKey({
      columns: [t.tenantId, t.ruleId],
      foreignColumns: [automationRules.tenantId, automationRules.id],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
).enableRLS();

/**
 * That a rule's conditions held for an event, and what came of it. One for each rule and event, so that a job which
 * runs twice acts once. It outlives its rule and goes with its conversation.
 */
export const automationFirings = pgTable(
  "automation_firings",
  {
    tenantId: tenantId(),
    id: id(),
    ruleId: uuid("rule_id").notNull(),
    ruleName: text("rule_name").notNull(),
    ruleVersion: integer("rule_version").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    triggerEvent: text("trigger_event", { enum: triggerNames }).notNull(),
    eventId: uuid("event_id").notNull(),
    outcome: text("outcome", { enum: firingOutcomes }).notNull(),
    /** The rules whose acts led to the event, the first one first. */
    chain: uuid("chain").array().notNull(),
    conditions: jsonb("conditions").$type<WeighedCondition[]>().notNull(),
    actions: jsonb("actions").$type<PerformedAction[]>().notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    unique("automation_firings_event_key").on(t.tenantId, t.ruleId, t.eventId),
    index("automation_firings_conversation_idx").on(t.tenantId, t.conversationId, t.createdAt, t.id),
    index("automation_firings_rule_idx").on(t.tenantId, t.ruleId, t.createdAt),
    tenantPolicy(),
  ],
).enableRLS();
