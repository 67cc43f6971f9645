import { bigint, index, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, tenantId, tenantPolicy } from "../../platform/db/columns.ts";
import { tenants } from "./identity.tables.ts";

/** What happened to accounts, keys and the tenant that its owners should know. Rows are added and never changed. */
export const securityEvents = pgTable(
  "security_events",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    kind: text("kind").notNull(),
    /** Whom it is about; null where nobody is known. It outlives the account. */
    userId: uuid("user_id"),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    detail: jsonb("detail"),
    createdAt: createdAt(),
    sequence: bigint("sequence", { mode: "number" }).notNull(),
    hash: text("hash").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("security_events_sequence_idx").on(t.tenantId, t.sequence),
    index("security_events_time_idx").on(t.tenantId, t.createdAt, t.id),
    index("security_events_user_idx").on(t.tenantId, t.userId, t.createdAt, t.id),
    index("security_events_kind_idx").on(t.tenantId, t.kind, t.createdAt, t.id),
    tenantPolicy(),
  ],
).enableRLS();

/** How far each of a tenant's logs goes: number and hash of its last row, sealed so that nobody can write another. */
export const logHeads = pgTable(
  "log_heads",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    log: text("log", { enum: ["audit_log", "security_events"] }).notNull(),
    sealedHead: text("sealed_head").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.log] }), tenantPolicy()],
).enableRLS();
