import { index, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "../../../platform/db/columns.ts";
import { users } from "../identity.tables.ts";

/** Browsers from which a person has signed in: global, like people. The browser holds a token, which changes at each use. */
export const devices = pgTable(
  "devices",
  {
    id: uuid("id").primaryKey(),
    userId: uuid("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    tokenHash: text("token_hash").notNull(),
    name: text("name").notNull(),
    ipAddress: text("ip_address"),
    lastUsedAt: moment("last_used_at").notNull(),
    /** Until then it is asked for no code; null: it is known, not trusted. */
    trustedUntil: moment("trusted_until"),
    createdAt: createdAt(),
  },
  // a browser that two people use has one token, and a row for each of them
  (t) => [
    unique("devices_user_token_key").on(t.userId, t.tokenHash),
    index("devices_token_idx").on(t.tokenHash),
  ],
);
