import { integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "../../../platform/db/columns.ts";
import { users } from "../identity.tables.ts";

/** An authenticator app of a person's: global, like people. Every try locks the row, so that tries come one by one. */
export const twoFactors = pgTable("two_factors", {
  userId: uuid("user_id")
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  /** The shared secret, sealed by the vault. */
  secret: text("secret").notNull(),
  /** The backup codes that are left, as a sealed list; null until the first code was shown. */
  backupCodes: text("backup_codes"),
  /** When the first code was shown; null: it is being set up and asks nobody for a code yet. */
  confirmedAt: moment("confirmed_at"),
  /** The time step of the last code that worked: no code of it, or of an earlier one, works again. */
  lastStep: integer("last_step"),
  /** Wrong tries since the last right one. */
  failures: integer("failures").notNull().default(0),
  lockedUntil: moment("locked_until"),
  createdAt: createdAt(),
});
