import { foreignKey, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { apiPermissions } from "../../platform/ctx/index.ts";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { bots } from "../bots/bots.tables.ts";
import { tenants } from "../identity/identity.tables.ts";

/** Keys by which programs act for the tenant. Of a key's secret only the hash is kept. */
export const apiKeys = pgTable(
  "api_keys",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    name: text("name").notNull(),
    /** Which key it is: stands in the key itself and in `tenant_directory`, and opens nothing. */
    publicPart: text("public_part").notNull(),
    /** SHA-256 of the secret, in hex. */
    secretHash: text("secret_hash").notNull(),
    /** The secret before the last rotation, which opens until the moment beside it. */
    previousSecretHash: text("previous_secret_hash"),
    previousUntil: moment("previous_until"),
    permissions: text("permissions", { enum: apiPermissions }).array().notNull(),
    /** The one bot that it may ask; null: any of the tenant's. */
    botId: uuid("bot_id"),
    createdBy: uuid("created_by"),
    /** Null: never. */
    expiresAt: moment("expires_at"),
    /** To the minute. */
    lastUsedAt: moment("last_used_at"),
    revokedAt: moment("revoked_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.botId], foreignColumns: [bots.tenantId, bots.id] }).onDelete(
      "cascade",
    ),
    unique("api_keys_public_part_key").on(t.tenantId, t.publicPart),
    tenantPolicy(),
  ],
).enableRLS();

/** From where a key was used. The first use of a new place is a security event. */
export const apiKeyPlaces = pgTable(
  "api_key_places",
  {
    tenantId: tenantId(),
    keyId: uuid("key_id").notNull(),
    /** SHA-256 of the address (of IPv6: the network) and the kind of program. */
    place: text("place").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    firstSeenAt: moment("first_seen_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.keyId, t.place] }),
    foreignKey({ columns: [t.tenantId, t.keyId], foreignColumns: [apiKeys.tenantId, apiKeys.id] }).onDelete(
      "cascade",
    ),
    tenantPolicy(),
  ],
).enableRLS();
