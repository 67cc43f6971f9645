import { foreignKey, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { bots } from "../bots/bots.tables.ts";

/** An embed of one bot. */
export const widgets = pgTable(
  "widgets",
  {
    tenantId: tenantId(),
    id: id(),
    botId: uuid("bot_id").notNull(),
    headerText: text("header_text").notNull(),
    /** `#rrggbb` */
    primaryColor: text("primary_color").notNull(),
    initialGreeting: text("initial_greeting").notNull(),
    /** en, fr or ar; null: as the visitor's browser says. */
    locale: text("locale", { enum: ["en", "fr", "ar"] }),
    /** Hosts that may embed it; empty: any. */
    allowedDomains: text("allowed_domains").array().notNull(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.botId], foreignColumns: [bots.tenantId, bots.id] }).onDelete(
      "cascade",
    ),
    unique("widgets_bot_key").on(t.tenantId, t.botId),
    tenantPolicy(),
  ],
).enableRLS();
