import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { tenants } from "../identity/identity.tables.ts";

export const modelProviders = ["openai", "anthropic", "grok", "ollama"] as const;

/** A tenant's own model: where it is, what it is called, and its key, sealed. */
export const modelConnections = pgTable(
  "model_connections",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    provider: text("provider", { enum: modelProviders }).notNull(),
    /** Of an OpenAI-compatible API; null: the provider's own address. */
    baseUrl: text("base_url"),
    model: text("model").notNull(),
    /** Sealed by the vault; never leaves the server. */
    sealedKey: text("sealed_key").notNull(),
    lastTestedAt: moment("last_tested_at"),
    statusMessage: text("status_message"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.provider] }), tenantPolicy()],
).enableRLS();
