import { index, integer, jsonb, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { tenants } from "../identity/identity.tables.ts";
import { connectionKinds, connectionStatuses, messageStatuses } from "./communication.types.ts";

/** A tenant's own account at a provider by which people are reached: one of each kind. */
export const communicationConnections = pgTable(
  "communication_connections",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    kind: text("kind", { enum: connectionKinds }).notNull(),
    name: text("name").notNull(),
    /** As the kind's `kept` schema has it; no secret. */
    settings: jsonb("settings").$type<Record<string, unknown>>().notNull(),
    /** Sealed by the vault; never leaves the server. */
    sealedCredentials: text("sealed_credentials").notNull(),
    status: text("status", { enum: connectionStatuses }).notNull().default("connected"),
    /** Why it does not work, in words for whoever connected it. */
    lastError: text("last_error"),
    lastErrorAt: moment("last_error_at"),
    connectedBy: uuid("connected_by"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.kind] }), tenantPolicy()],
).enableRLS();

/** A text that is to go out, and what became of it. */
export const communicationMessages = pgTable(
  "communication_messages",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    kind: text("kind", { enum: connectionKinds }).notNull(),
    /** A number or a channel, as the kind writes it. */
    recipient: text("recipient").notNull(),
    /** What is sent; null where it is a secret, such as a code. */
    text: text("text"),
    /** A secret text, sealed by the vault until it is sent or given up. */
    sealed: text("sealed"),
    /** By which the caller's second call is known as the first one's. */
    idempotencyKey: text("idempotency_key"),
    status: text("status", { enum: messageStatuses }).notNull().default("queued"),
    attempts: integer("attempts").notNull().default(0),
    /** Since when an attempt may have reached the provider without our hearing of it. */
    uncertainSince: moment("uncertain_since"),
    /** What the provider calls it. */
    providerId: text("provider_id"),
    /** Why the last attempt failed. */
    failure: text("failure"),
    sentBy: text("sent_by").notNull(),
    createdAt: createdAt(),
    settledAt: moment("settled_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    unique("communication_messages_idempotency_key").on(t.tenantId, t.idempotencyKey),
    index("communication_messages_created_idx").on(t.tenantId, t.createdAt),
    index("communication_messages_recipient_idx").on(t.tenantId, t.recipient),
    tenantPolicy(),
  ],
).enableRLS();
