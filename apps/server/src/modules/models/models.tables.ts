import { boolean, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { tenants } from "../identity/identity.tables.ts";

export const modelProviders = ["openai", "anthropic", "grok", "ollama"] as const;
/** What a model is asked for: words, or the vectors by which passages are found. */
export const modelPurposes = ["answering", "embedding"] as const;

/** A tenant's own model: where it is, what it is called, and its key, sealed. */
export const modelConnections = pgTable(
  "model_connections",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    purpose: text("purpose", { enum: modelPurposes }).notNull().default("answering"),
    provider: text("provider", { enum: modelProviders }).notNull(),
    /** Null: the provider's own address. */
    baseUrl: text("base_url"),
    model: text("model").notNull(),
    /** Of an embedding model's vectors, as its test call showed; null for a model that answers. */
    dimensions: integer("dimensions"),
    /** Sealed by the vault; never leaves the server. */
    sealedKey: text("sealed_key").notNull(),
    /** Of the last test that succeeded. */
    lastTestedAt: moment("last_tested_at"),
    /** Whether a test failed after that. */
    lastTestFailed: boolean("last_test_failed").notNull().default(false),
    statusMessage: text("status_message"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.purpose, t.provider] }), tenantPolicy()],
).enableRLS();
