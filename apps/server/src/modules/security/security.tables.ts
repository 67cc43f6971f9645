import { pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment, tenantId, tenantPolicy } from "../../platform/db/columns.ts";
import { tenants } from "../identity/identity.tables.ts";

/** When a kind of event was last told of by mail. */
export const securityAlerts = pgTable(
  "security_alerts",
  {
    tenantId: tenantId().references(() => tenants.id, { onDelete: "cascade" }),
    kind: text("kind").notNull(),
    sentAt: moment("sent_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.kind] }), tenantPolicy()],
).enableRLS();
