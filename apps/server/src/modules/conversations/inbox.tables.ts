import { boolean, index, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { tenants, users } from "../identity/identity.tables.ts";

/** A filter of the inbox by name: a person's own, or one that they share with all colleagues. */
export const savedViews = pgTable(
  "saved_views",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    ownerId: uuid("owner_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    shared: boolean("shared").notNull().default(false),
    name: text("name").notNull(),
    /** Held to the schema of the list's filter whenever it is written. */
    filter: jsonb("filter").$type<Record<string, unknown>>().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("saved_views_name_key").on(t.tenantId, t.ownerId, t.name),
    index("saved_views_shared_idx").on(t.tenantId, t.shared, t.name),
    tenantPolicy(),
  ],
).enableRLS();

/** A reply that is written often, found by its shortcut. */
export const cannedReplies = pgTable(
  "canned_replies",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    shortcut: text("shortcut").notNull(),
    text: text("text").notNull(),
    /** Of whoever reads it; the same shortcut may stand once in each. */
    language: text("language", { enum: ["en", "fr", "ar"] }).notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("canned_replies_shortcut_key").on(t.tenantId, t.shortcut, t.language),
    tenantPolicy(),
  ],
).enableRLS();
