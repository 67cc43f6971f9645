import { boolean, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "../../../platform/db/columns.ts";
import { tenants, users } from "../identity.tables.ts";

/* What better-auth's plugins keep: global, like people. It reads and writes them by these very fields. */

const ofUser = () =>
  uuid("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

export const passkeys = pgTable(
  "passkeys",
  {
    id: uuid("id").primaryKey(),
    userId: ofUser(),
    name: text("name"),
    publicKey: text("public_key").notNull(),
    credentialID: text("credential_id").notNull(),
    counter: integer("counter").notNull(),
    deviceType: text("device_type").notNull(),
    backedUp: boolean("backed_up").notNull(),
    transports: text("transports"),
    aaguid: text("aaguid"),
    createdAt: createdAt(),
  },
  (t) => [index("passkeys_user_idx").on(t.userId), index("passkeys_credential_idx").on(t.credentialID)],
);

/** A tenant's identity providers, by OIDC or SAML. */
export const ssoProviders = pgTable("sso_providers", {
  id: uuid("id").primaryKey(),
  providerId: text("provider_id").notNull().unique(),
  issuer: text("issuer").notNull(),
  domain: text("domain").notNull(),
  domainVerified: boolean("domain_verified").default(false),
  oidcConfig: text("oidc_config"),
  samlConfig: text("saml_config"),
  userId: uuid("user_id").references(() => users.id, { onDelete: "set null" }),
  organizationId: uuid("provider_of_tenant").references(() => tenants.id, { onDelete: "cascade" }),
});

/** Key pairs that sign access tokens; the private part is encrypted. */
export const signingKeys = pgTable("signing_keys", {
  id: uuid("id").primaryKey(),
  publicKey: text("public_key").notNull(),
  privateKey: text("private_key").notNull(),
  alg: text("alg"),
  crv: text("crv"),
  expiresAt: moment("expires_at"),
  createdAt: createdAt(),
});
