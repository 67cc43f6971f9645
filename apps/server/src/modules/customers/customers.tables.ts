import { index, integer, jsonb, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { tenants } from "../identity/identity.tables.ts";

export const customerStatuses = ["active", "inactive", "blocked"] as const;

/** Someone who writes to us. `name`, `email` and `phone` are what lists show; all that is known stands in the identities. */
export const customers = pgTable(
  "customers",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    name: text("name"),
    email: text("email"),
    phone: text("phone"),
    company: text("company"),
    avatarUrl: text("avatar_url"),
    locale: text("locale"),
    status: text("status", { enum: customerStatuses }).notNull().default("active"),
    /** By which the service level agreement is chosen; null: the tenant's default. */
    slaTier: text("sla_tier"),
    tags: text("tags").array().notNull().default([]),
    segments: text("segments").array().notNull().default([]),
    riskFlags: text("risk_flags").array().notNull().default([]),
    /** What the tenant's own programs note about them. */
    metadata: jsonb("metadata").$type<Record<string, unknown>>().notNull().default({}),
    /** Raised by each change: who saves an older one is told. */
    version: integer("version").notNull().default(1),
    lastContactAt: moment("last_contact_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("customers_last_contact_idx").on(t.tenantId, t.lastContactAt, t.id),
    index("customers_email_idx").on(t.tenantId, t.email),
    tenantPolicy(),
  ],
).enableRLS();
