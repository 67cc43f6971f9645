import { boolean, index, integer, pgTable, text, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "../../../platform/db/columns.ts";
import { users } from "../identity.tables.ts";

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
  // one credential signs in one person, whoever claims it
  (t) => [index("passkeys_user_idx").on(t.userId), uniqueIndex("passkeys_credential_idx").on(t.credentialID)],
);

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
