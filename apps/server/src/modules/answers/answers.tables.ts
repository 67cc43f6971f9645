import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  real,
  text,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy } from "../../platform/db/columns.ts";
import { conversations, messages } from "../conversations/conversations.tables.ts";
import { type AnswerClaim, type AnswerTrace, refinements } from "./answers.types.ts";

/** What lies behind a bot's message: the evidence, the checks, the cost, and every stage's scores. */
export const answers = pgTable(
  "answers",
  {
    tenantId: tenantId(),
    id: id(),
    conversationId: uuid("conversation_id").notNull(),
    messageId: uuid("message_id").notNull(),
    botId: uuid("bot_id").notNull(),
    question: text("question").notNull(),
    verdict: text("verdict", { enum: ["correct", "ambiguous", "incorrect"] }).notNull(),
    /** 0 to 1. */
    confidence: real("confidence").notNull(),
    /** Of the question, as `understand` read it; null for answers from before it was kept. */
    language: text("language"),
    mode: text("mode", { enum: ["model", "extractive", "abstained", "withheld"] }).notNull(),
    /** `provider:model`, as it named itself. */
    model: text("model").notNull(),
    /** Why another model than the bot's own answered; null when none did. */
    fallbackReason: text("fallback_reason"),
    claims: jsonb("claims").$type<AnswerClaim[]>().notNull(),
    trace: jsonb("trace").$type<AnswerTrace>().notNull(),
    inputTokens: integer("input_tokens").notNull(),
    outputTokens: integer("output_tokens").notNull(),
    /** The provider did not tell the tokens: they were estimated from the text's length. */
    usageEstimated: boolean("usage_estimated").notNull().default(false),
    /** US dollars, at the price of that moment. */
    cost: numeric("cost", { mode: "number", precision: 12, scale: 6 }).notNull().default(0),
    /** Whether the evidence was searched for once more, and to what end; null for answers from before it was kept. */
    refinement: text("refinement", { enum: refinements }),
    /** Milliseconds that finding and weighing the evidence took; null for answers from before it was kept. */
    evidenceMs: real("evidence_ms"),
    latencyMs: integer("latency_ms").notNull(),
    /** How many claims were checked, and how many their sources support; null for answers from before it was kept. */
    checkedClaims: integer("checked_claims"),
    supportedClaims: integer("supported_claims"),
    /** How many pairs of its sources contradict each other; null for answers from before it was kept. */
    contradictions: integer("contradictions"),
    /** Milliseconds that checking them took; null for answers from before it was kept. */
    verifyMs: real("verify_ms"),
    rating: text("rating", { enum: ["up", "down"] }),
    /** 1 to 5, where the rating was given as a number: 1 and 2 are down, 4 and 5 up, 3 is neither. */
    ratingScore: real("rating_score"),
    ratingComment: text("rating_comment"),
    ratedAt: moment("rated_at"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    foreignKey({
      columns: [t.tenantId, t.messageId],
      foreignColumns: [messages.tenantId, messages.id],
    }).onDelete("cascade"),
    index("answers_conversation_idx").on(t.tenantId, t.conversationId),
    index("answers_message_idx").on(t.tenantId, t.messageId),
    index("answers_bot_idx").on(t.tenantId, t.botId, t.createdAt),
    index("answers_created_idx").on(t.tenantId, t.createdAt),
    // the few that lists look for, so that they need not read all the others
    index("answers_unanswered_idx").on(t.tenantId, t.createdAt).where(sql`mode in ('abstained', 'withheld')`),
    index("answers_comment_idx").on(t.tenantId, t.createdAt).where(sql`rating_comment is not null`),
    tenantPolicy(),
  ],
).enableRLS();

/**
 * A numbered source of an answer, kept for good: it names the document's version and the place in it,
 * and holds the quote itself, so that it stands after the document is replaced or deleted.
 */
export const citations = pgTable(
  "citations",
  {
    tenantId: tenantId(),
    answerId: uuid("answer_id").notNull(),
    number: integer("number").notNull(),
    documentId: uuid("document_id").notNull(),
    documentName: text("document_name").notNull(),
    version: integer("version").notNull(),
    chunkId: uuid("chunk_id").notNull(),
    headingPath: text("heading_path").array().notNull(),
    page: integer("page"),
    startOffset: integer("start_offset").notNull(),
    endOffset: integer("end_offset").notNull(),
    quote: text("quote").notNull(),
    quoteSha256: text("quote_sha256").notNull(),
    /** How old the cited version's content was; null for citations from before it was kept. */
    sourceUpdatedAt: moment("source_updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.answerId, t.number] }),
    foreignKey({
      columns: [t.tenantId, t.answerId],
      foreignColumns: [answers.tenantId, answers.id],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
).enableRLS();
