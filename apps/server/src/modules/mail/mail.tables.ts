import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy } from "../../platform/db/columns.ts";
import { tenants } from "../identity/identity.tables.ts";

/** A mail that is to go out, and what became of it. Its words are sealed, and gone once that is settled. */
export const mails = pgTable(
  "mails",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    id: id(),
    recipient: text("recipient").notNull(),
    /** Subject and text, sealed by the vault: a link in it may sign somebody in. Null once sent or given up. */
    sealed: text("sealed"),
    status: text("status", { enum: ["queued", "sent", "failed"] })
      .notNull()
      .default("queued"),
    attempts: integer("attempts").notNull().default(0),
    /** What the mail server said of the last attempt that failed. */
    failure: text("failure"),
    createdAt: createdAt(),
    settledAt: moment("settled_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index("mails_settled_idx").on(t.tenantId, t.settledAt),
    tenantPolicy(),
  ],
).enableRLS();
