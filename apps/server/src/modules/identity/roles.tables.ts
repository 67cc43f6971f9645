import { pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { createdAt, id, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { tenants } from "./identity.tables.ts";

/** Roles that a tenant made beside the product's: a name and what it may do. A membership names one by its id. */
export const customRoles = pgTable(
  "custom_roles",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    name: text("name").notNull(),
    description: text("description").notNull().default(""),
    /** Sentences of `policies/`; one that the product no longer knows allows nothing. */
    rights: text("rights").array().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("custom_roles_name_key").on(t.tenantId, t.name),
    tenantPolicy(),
  ],
).enableRLS();
