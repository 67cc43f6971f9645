import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { tenants, users } from "../identity/identity.tables.ts";
import { agentStatuses, type Promises } from "./presence.schema.ts";

/** Who is there to answer, for all processes: a member who was never there has no row. */
export const agentPresence = pgTable(
  "agent_presence",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    /** As they said, or as the sweep found. */
    status: text("status", { enum: agentStatuses }).notNull(),
    /** True where the sweep made it `away`: the next sign of life makes it `available` again. */
    setBySweep: boolean("set_by_sweep").notNull().default(false),
    /** How many conversations they have at once; null: as many as the tenant's settings say. */
    maxConcurrent: integer("max_concurrent"),
    lastSeenAt: moment("last_seen_at").notNull(),
    /** They count as there until then, unless an open inbox says so again. */
    thereUntil: moment("there_until").notNull(),
    /** Since when the status is what it is. */
    since: moment("since").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.userId] }),
    index("agent_presence_there_idx").on(t.tenantId, t.thereUntil),
    tenantPolicy(),
  ],
).enableRLS();

/** How a tenant's conversations find somebody; a tenant without a row has the defaults. */
export const routingSettings = pgTable(
  "routing_settings",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    defaultCapacity: integer("default_capacity").notNull(),
    awayAfterMinutes: integer("away_after_minutes").notNull(),
    autoAssign: boolean("auto_assign").notNull(),
    /** What a visitor is promised where nobody is there, by language; the product's words for those without. */
    promises: jsonb("promises").$type<Promises>().notNull(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId] }), tenantPolicy()],
).enableRLS();
