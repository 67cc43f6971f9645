import { foreignKey, pgTable, primaryKey, uuid } from "drizzle-orm/pg-core";
import { createdAt, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { bots } from "../bots/bots.tables.ts";

/** Which bot answers a tenant's community portal. Without a row, or when the bot goes: the first that can. */
export const portalSettings = pgTable(
  "portal_settings",
  {
    tenantId: tenantId(),
    botId: uuid("bot_id").notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    foreignKey({ columns: [t.tenantId, t.botId], foreignColumns: [bots.tenantId, bots.id] }).onDelete(
      "cascade",
    ),
    tenantPolicy(),
  ],
).enableRLS();
