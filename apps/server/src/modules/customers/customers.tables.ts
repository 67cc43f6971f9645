import {
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
import { tenants } from "../identity/identity.tables.ts";
import {
  type Evidence,
  identityKinds,
  identitySources,
  type MergeSnapshot,
  verificationKinds,
} from "./customers.types.ts";

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
    /** Who they turned out to be. No list shows them then; what they were stays, so that it can be undone. */
    mergedIntoId: uuid("merged_into_id"),
    /** Raised by each change: who saves an older one is told. */
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("customers_email_idx").on(t.tenantId, t.email),
    index("customers_merged_idx").on(t.tenantId, t.mergedIntoId),
    tenantPolicy(),
  ],
).enableRLS();

/** By what a customer is known: an address, a number, an account elsewhere, a device. Each belongs to one customer. */
export const customerIdentities = pgTable(
  "customer_identities",
  {
    tenantId: tenantId(),
    id: id(),
    customerId: uuid("customer_id").notNull(),
    kind: text("kind", { enum: identityKinds }).notNull(),
    /** Of a social account: whose. Empty for all others, so that they are unique as well. */
    provider: text("provider").notNull().default(""),
    /** As `normaliseIdentity` writes it. */
    value: text("value").notNull(),
    /** Since when it is proven to be theirs; null: somebody said so. */
    verifiedAt: moment("verified_at"),
    source: text("source", { enum: identitySources }).notNull(),
    /** Who linked it, and where. */
    evidence: jsonb("evidence").$type<Evidence>().notNull(),
    /** The merge that brought it to this customer; null: it was linked to them itself. */
    mergeId: uuid("merge_id"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
    unique("customer_identities_value_key").on(t.tenantId, t.kind, t.provider, t.value),
    index("customer_identities_customer_idx").on(t.tenantId, t.customerId),
    tenantPolicy(),
  ],
).enableRLS();

/** Two customers who turned out to be one, with all that it takes to part them again. */
export const customerMerges = pgTable(
  "customer_merges",
  {
    tenantId: tenantId(),
    id: id(),
    sourceId: uuid("source_id").notNull(),
    targetId: uuid("target_id").notNull(),
    snapshot: jsonb("snapshot").$type<MergeSnapshot>().notNull(),
    /** The target's version that it made: later merges have greater ones, whatever the clock says. */
    targetVersion: integer("target_version").notNull(),
    mergedBy: text("merged_by").notNull(),
    createdAt: createdAt(),
    undoneAt: moment("undone_at"),
    undoneBy: text("undone_by"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.sourceId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.tenantId, t.targetId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
    index("customer_merges_target_idx").on(t.tenantId, t.targetId, t.targetVersion),
    index("customer_merges_source_idx").on(t.tenantId, t.sourceId),
    tenantPolicy(),
  ],
).enableRLS();

/** A code that was sent to an address to prove that it is a customer's. */
export const customerCodes = pgTable(
  "customer_codes",
  {
    tenantId: tenantId(),
    id: id(),
    customerId: uuid("customer_id").notNull(),
    kind: text("kind", { enum: verificationKinds }).notNull(),
    address: text("address").notNull(),
    /** The code's hash, sealed by the vault: six digits alone would be found by trying. */
    sealedHash: text("sealed_hash").notNull(),
    attempts: integer("attempts").notNull().default(0),
    expiresAt: moment("expires_at").notNull(),
    usedAt: moment("used_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.customerId],
      foreignColumns: [customers.tenantId, customers.id],
    }).onDelete("cascade"),
    index("customer_codes_address_idx").on(t.tenantId, t.address, t.createdAt),
    index("customer_codes_created_idx").on(t.tenantId, t.createdAt),
    tenantPolicy(),
  ],
).enableRLS();

/** The secret under which the tenant's own site signs who its visitor is. */
export const identitySecrets = pgTable(
  "identity_secrets",
  {
    tenantId: tenantId()
      .primaryKey()
      .references(() => tenants.id, { onDelete: "cascade" }),
    sealedSecret: text("sealed_secret").notNull(),
    /** The one before, for a day: pages that are open go on working. */
    sealedPrevious: text("sealed_previous"),
    previousUntil: moment("previous_until"),
    createdAt: createdAt(),
  },
  () => [tenantPolicy()],
).enableRLS();
