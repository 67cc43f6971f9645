import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  real,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { bots } from "../bots/bots.tables.ts";
import { problemStatuses } from "./problem-state.ts";
import type { ArticleSource, TestedQuestion } from "./problems.types.ts";

/** A cluster of questions of a bot that found no good answer. */
export const problems = pgTable(
  "problems",
  {
    tenantId: tenantId(),
    id: id(),
    botId: uuid("bot_id").notNull(),
    /** The one that stands for all: the most often asked. */
    question: text("question").notNull(),
    status: text("status", { enum: problemStatuses }).notNull(),
    /** How many answers to its questions were no good; an answer that was both empty and rated counts once. */
    occurrences: integer("occurrences").notNull().default(1),
    lastAnswerId: uuid("last_answer_id"),
    /** Null for problems from before it was kept. */
    lastSeenAt: moment("last_seen_at"),
    resolvedAt: moment("resolved_at"),
    /** `evidence`: its questions were asked again and answered. Null while it is not resolved. */
    resolvedBy: text("resolved_by", { enum: ["person", "evidence"] }),
    /** When it was asked again after it had been resolved; null once somebody changed its status. */
    reopenedAt: moment("reopened_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.botId], foreignColumns: [bots.tenantId, bots.id] }).onDelete(
      "cascade",
    ),
    index("problems_bot_idx").on(t.tenantId, t.botId, t.updatedAt),
    index("problems_status_idx").on(t.tenantId, t.status, t.occurrences),
    tenantPolicy(),
  ],
).enableRLS();

/** A wording of a problem: equal wordings are one row, whoever asked. */
export const problemQuestions = pgTable(
  "problem_questions",
  {
    tenantId: tenantId(),
    id: id(),
    botId: uuid("bot_id").notNull(),
    problemId: uuid("problem_id").notNull(),
    question: text("question").notNull(),
    /** SHA-256 of its words in search form: what makes two wordings equal. */
    wordsHash: text("words_hash").notNull(),
    language: text("language"),
    /** A person put it into this problem: no reclustering moves it. */
    isPlaced: boolean("is_placed").notNull().default(false),
    /** By a trained model, where the bot's knowledge base has one; with the model's name. */
    vector: real("vector").array(),
    vectorModel: text("vector_model"),
    createdAt: createdAt(),
    lastSeenAt: moment("last_seen_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.problemId],
      foreignColumns: [problems.tenantId, problems.id],
    }).onDelete("cascade"),
    unique("problem_questions_words_key").on(t.tenantId, t.botId, t.wordsHash),
    index("problem_questions_problem_idx").on(t.tenantId, t.problemId),
    index("problem_questions_seen_idx").on(t.tenantId, t.botId, t.lastSeenAt),
    tenantPolicy(),
  ],
).enableRLS();

export const occurrenceKinds = ["unanswered", "rated_down", "escalated", "reviewed_wrong"] as const;

/** One sign that one answer was no good. An answer may have several, one of each kind. */
export const problemOccurrences = pgTable(
  "problem_occurrences",
  {
    tenantId: tenantId(),
    answerId: uuid("answer_id").notNull(),
    kind: text("kind", { enum: occurrenceKinds }).notNull(),
    botId: uuid("bot_id").notNull(),
    questionId: uuid("question_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    /** As it was asked; its wording's row stands for all that differ in case and marks alone. */
    question: text("question").notNull(),
    language: text("language"),
    /** What was written beside a bad rating. */
    comment: text("comment"),
    /** When the question was asked. */
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.answerId, t.kind] }),
    foreignKey({
      columns: [t.tenantId, t.questionId],
      foreignColumns: [problemQuestions.tenantId, problemQuestions.id],
    }).onDelete("cascade"),
    index("problem_occurrences_question_idx").on(t.tenantId, t.questionId, t.createdAt),
    tenantPolicy(),
  ],
).enableRLS();

export const articleStatuses = ["draft", "publishing", "approved", "rejected"] as const;

/** An answer that people write for a problem. Only a person's approval makes it a document. */
export const problemArticles = pgTable(
  "problem_articles",
  {
    tenantId: tenantId(),
    id: id(),
    problemId: uuid("problem_id").notNull(),
    botId: uuid("bot_id").notNull(),
    title: text("title").notNull(),
    content: text("content").notNull(),
    status: text("status", { enum: articleStatuses }).notNull(),
    /** Who wrote the first version: `person`, `builtin`, or a model as `provider:model`. */
    writtenBy: text("written_by").notNull(),
    /** Why a connected model did not write it; null when none should have. */
    fallbackReason: text("fallback_reason"),
    sources: jsonb("sources").$type<ArticleSource[]>().notNull(),
    /** Raised by each change, so that nobody approves what they have not read. */
    revision: integer("revision").notNull().default(1),
    /** Chosen when its publishing begins, so that however often that is tried there is one document. */
    documentId: uuid("document_id"),
    createdBy: uuid("created_by"),
    /** Who approved or rejected it. */
    decidedBy: uuid("decided_by"),
    decidedAt: moment("decided_at"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.problemId],
      foreignColumns: [problems.tenantId, problems.id],
    }).onDelete("cascade"),
    index("problem_articles_problem_idx").on(t.tenantId, t.problemId, t.createdAt),
    tenantPolicy(),
  ],
).enableRLS();

export const testStatuses = ["waiting", "running", "done", "failed"] as const;

/** A problem's questions asked again. */
export const problemTests = pgTable(
  "problem_tests",
  {
    tenantId: tenantId(),
    id: id(),
    problemId: uuid("problem_id").notNull(),
    /** The article whose document it waits for; null for a test that somebody asked for. */
    articleId: uuid("article_id"),
    status: text("status", { enum: testStatuses }).notNull(),
    total: integer("total").notNull().default(0),
    results: jsonb("results").$type<TestedQuestion[]>().notNull(),
    /** Of the questions that were asked again, those answered from evidence; null until it is done. */
    answeredShare: real("answered_share"),
    /** Why it failed, for its owner. */
    failure: text("failure"),
    requestedBy: uuid("requested_by"),
    createdAt: createdAt(),
    finishedAt: moment("finished_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.problemId],
      foreignColumns: [problems.tenantId, problems.id],
    }).onDelete("cascade"),
    index("problem_tests_problem_idx").on(t.tenantId, t.problemId, t.createdAt),
    tenantPolicy(),
  ],
).enableRLS();

/** A bot's questions put together anew. */
export const problemClusterings = pgTable(
  "problem_clusterings",
  {
    tenantId: tenantId(),
    id: id(),
    botId: uuid("bot_id").notNull(),
    status: text("status", { enum: ["waiting", "running", "done", "failed"] }).notNull(),
    /** Questions looked at, of `total`. */
    done: integer("done").notNull().default(0),
    total: integer("total").notNull().default(0),
    problemsBefore: integer("problems_before"),
    problemsAfter: integer("problems_after"),
    failure: text("failure"),
    requestedBy: uuid("requested_by"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.botId], foreignColumns: [bots.tenantId, bots.id] }).onDelete(
      "cascade",
    ),
    index("problem_clusterings_bot_idx").on(t.tenantId, t.botId, t.createdAt),
    tenantPolicy(),
  ],
).enableRLS();
