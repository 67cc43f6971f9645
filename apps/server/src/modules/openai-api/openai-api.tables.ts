import { bigint, foreignKey, index, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { conversations } from "../conversations/conversations.tables.ts";

/**
 * How far a stateless client has read a conversation of its own. The client sends the whole transcript
 * with each request; its digest finds the conversation that holds exactly these words.
 */
export const apiThreads = pgTable(
  "api_threads",
  {
    tenantId: tenantId(),
    conversationId: uuid("conversation_id").notNull(),
    apiKeyId: uuid("api_key_id").notNull(),
    botId: uuid("bot_id").notNull(),
    /** Of the transcript as the client has it; null while a request is being answered. */
    digest: text("digest"),
    /** The last message of the conversation that the client was told of. */
    toldSequence: bigint("told_sequence", { mode: "number" }).notNull().default(0),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.conversationId] }),
    foreignKey({
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    index("api_threads_digest_idx").on(t.tenantId, t.apiKeyId, t.digest),
    tenantPolicy(),
  ],
).enableRLS();
