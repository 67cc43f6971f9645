import { index, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, moment } from "../../platform/db/columns.ts";
import { sessions } from "../identity/identity.tables.ts";

/**
 * What a program shows for its next access token. Those of one session are a family, of which only the last works:
 * one that is shown a second time ends them all. Global like the sessions, with which they go.
 */
export const refreshTokens = pgTable(
  "refresh_tokens",
  {
    id: uuid("id").primaryKey(),
    sessionId: uuid("session_id")
      .notNull()
      .references(() => sessions.id, { onDelete: "cascade" }),
    /** SHA-256 of the token, in hex. */
    tokenHash: text("token_hash").notNull().unique(),
    /** When the next one was given out for it; null: it is the last of its family. */
    usedAt: moment("used_at"),
    createdAt: createdAt(),
  },
  (t) => [index("refresh_tokens_session_idx").on(t.sessionId)],
);
