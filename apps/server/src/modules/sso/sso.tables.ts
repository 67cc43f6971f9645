import {
  boolean,
  foreignKey,
  index,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { tenants } from "../identity/identity.tables.ts";

/**
 * A tenant's identity provider: at most one. That its domain is the tenant's alone stands in `tenant_directory`, from
 * the moment it is verified.
 */
export const ssoConnections = pgTable(
  "sso_connections",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    /** Changes with the provider's identity: what one provider called a person says nothing at another. */
    id: id(),
    protocol: text("protocol", { enum: ["oidc", "saml"] }).notNull(),
    /** Which instructions the set-up shows. */
    template: text("template", { enum: ["google", "okta", "entra", "oidc", "saml"] }).notNull(),
    domain: text("email_domain").notNull(),
    enabled: boolean("enabled").notNull().default(false),
    /** One of the product's roles, or the id of one of the tenant's own. */
    defaultRole: text("default_role").notNull(),
    passwordAllowed: boolean("password_allowed").notNull().default(true),
    /** Whether the provider may begin a sign-in by itself (SAML). */
    idpInitiated: boolean("idp_initiated").notNull().default(false),
    /** OIDC: the issuer. SAML: the provider's entity id. */
    issuer: text("issuer").notNull(),
    clientId: text("client_id"),
    /** Sealed by the vault. */
    sealedSecret: text("sealed_secret"),
    entryPoint: text("entry_point"),
    /** Base64 of the DER of those that sign its assertions. */
    certificates: text("certificates").array().notNull().default([]),
    /** What the DNS record has to say. */
    domainToken: text("domain_token").notNull(),
    domainVerifiedAt: moment("domain_verified_at"),
    domainCheckedAt: moment("domain_checked_at"),
    /** Since when a verified domain's record has been missing; after some days it counts as unverified. */
    domainMissingSince: moment("domain_missing_since"),
    lastSignInAt: moment("last_sign_in_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    unique("sso_connections_id_key").on(t.tenantId, t.id),
    tenantPolicy(),
  ],
).enableRLS();

/** A sign-in that was begun and is not finished; and, of an assertion nobody asked for, that it was used. */
export const ssoAttempts = pgTable(
  "sso_attempts",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    /** SHA-256 of the state that went to the provider, or of the id of an assertion that nobody asked for. */
    id: text("id").notNull(),
    connectionId: uuid("connection_id").notNull(),
    /** SHA-256 of the cookie of the browser that began; null where the provider did. */
    browserHash: text("browser_hash"),
    /** OIDC's nonce and code verifier, sealed by the vault. */
    sealed: text("sealed"),
    /** A path of ours to go to. */
    next: text("next").notNull(),
    /** SAML: who the assertion says it is, until the browser comes to fetch its session by the ticket. */
    identity: jsonb("identity"),
    ticketHash: text("ticket_hash"),
    answeredAt: moment("answered_at"),
    expiresAt: moment("expires_at").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      name: "sso_attempts_connection_fkey",
      columns: [t.tenantId, t.connectionId],
      foreignColumns: [ssoConnections.tenantId, ssoConnections.id],
    })
      .onDelete("cascade")
      .onUpdate("cascade"),
    index("sso_attempts_expiry_idx").on(t.tenantId, t.expiresAt),
    tenantPolicy(),
  ],
).enableRLS();
