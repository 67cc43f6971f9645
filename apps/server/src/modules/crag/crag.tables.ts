import { foreignKey, index, jsonb, pgTable, primaryKey, real, text, uuid } from "drizzle-orm/pg-core";
import { createdAt, id, tenantId, tenantPolicy } from "../../platform/db/columns.ts";
import { answers } from "../answers/answers.tables.ts";
import { knowledgeBases } from "../knowledge/knowledge.tables.ts";
import type { EvidencePassage } from "./crag.types.ts";

/** What the evidence for a question was worth when somebody asked to weigh it. Answers keep their own grade. */
export const cragEvaluations = pgTable(
  "crag_evaluations",
  {
    tenantId: tenantId(),
    id: id(),
    knowledgeBaseId: uuid("knowledge_base_id").notNull(),
    /** Null: the knowledge base was asked, no bot. */
    botId: uuid("bot_id"),
    question: text("question").notNull(),
    language: text("language").notNull(),
    verdict: text("verdict", { enum: ["correct", "ambiguous", "incorrect"] }).notNull(),
    /** 0 to 1. */
    confidence: real("confidence").notNull(),
    missingTerms: text("missing_terms").array().notNull(),
    refinement: text("refinement", { enum: answers.refinement.enumValues }).notNull(),
    refinedQuery: text("refined_query"),
    /** Before the second search; equal to `confidence` where there was none or it did not help. */
    firstConfidence: real("first_confidence").notNull(),
    evidence: jsonb("evidence").$type<EvidencePassage[]>().notNull(),
    /** Milliseconds. */
    ms: real("ms").notNull(),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.knowledgeBaseId],
      foreignColumns: [knowledgeBases.tenantId, knowledgeBases.id],
    }).onDelete("cascade"),
    index("crag_evaluations_created_idx").on(t.tenantId, t.createdAt),
    index("crag_evaluations_bot_idx").on(t.tenantId, t.botId, t.createdAt),
    tenantPolicy(),
  ],
).enableRLS();
