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
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { bots } from "../bots/bots.tables.ts";
import { conversations } from "../conversations/conversations.tables.ts";
import {
  type CaseContent,
  caseOrigins,
  expectations,
  type HistoryTurn,
  type RunSettings,
  type RunSummary,
  reasons,
  runKinds,
  runStatuses,
  type Scores,
} from "./evaluations.types.ts";
import type { KeptAnswer } from "./kept-answer.ts";

/** Questions with what is right, that a bot's versions are measured by. */
export const evaluationCases = pgTable(
  "evaluation_cases",
  {
    tenantId: tenantId(),
    id: id(),
    botId: uuid("bot_id").notNull(),
    question: text("question").notNull(),
    history: jsonb("history").$type<HistoryTurn[]>().notNull(),
    /** Of the question and what was said before, in search form: the same question is one case. */
    questionHash: text("question_hash").notNull(),
    expects: text("expects", { enum: expectations }).notNull(),
    goldAnswers: text("gold_answers").array().notNull(),
    mustContain: text("must_contain").array().notNull(),
    goldDocumentId: uuid("gold_document_id"),
    goldQuote: text("gold_quote"),
    /** Runs over all cases leave it out while this is false: nobody said yet what is right. */
    isEnabled: boolean("is_enabled").notNull().default(true),
    origin: text("origin", { enum: caseOrigins }).notNull(),
    /** The answer, conversation or document that it was made from; it stands after that has gone. */
    originId: uuid("origin_id"),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.botId], foreignColumns: [bots.tenantId, bots.id] }).onDelete(
      "cascade",
    ),
    uniqueIndex("evaluation_cases_question_key").on(t.tenantId, t.botId, t.questionHash),
    index("evaluation_cases_created_idx").on(t.tenantId, t.botId, t.createdAt),
    tenantPolicy(),
  ],
).enableRLS();

/** One version of a bot, asked all or some of its cases, or the turns of a past conversation. */
export const evaluationRuns = pgTable(
  "evaluation_runs",
  {
    tenantId: tenantId(),
    id: id(),
    botId: uuid("bot_id").notNull(),
    kind: text("kind", { enum: runKinds }).notNull(),
    /** Of a replay. */
    conversationId: uuid("conversation_id"),
    name: text("name"),
    status: text("status", { enum: runStatuses }).notNull(),
    /** Why it failed, for its owner. */
    failure: text("failure"),
    /** Null for a text that is no saved version. */
    promptId: uuid("prompt_id"),
    promptVersion: integer("prompt_version"),
    prompt: text("prompt").notNull(),
    promptSha256: text("prompt_sha256").notNull(),
    settings: jsonb("settings").$type<RunSettings>().notNull(),
    /** Of what the bot had beside its text when the run was started. */
    botSettingsSha256: text("bot_settings_sha256").notNull(),
    /** All enabled cases, by the bot's own settings: what publishing may rest on. */
    isWhole: boolean("is_whole").notNull(),
    total: integer("total").notNull(),
    done: integer("done").notNull().default(0),
    passed: integer("passed").notNull().default(0),
    cost: numeric("cost", { mode: "number", precision: 12, scale: 6 }).notNull().default(0),
    /** Once it has ended. */
    summary: jsonb("summary").$type<RunSummary>(),
    startedBy: uuid("started_by"),
    createdAt: createdAt(),
    startedAt: moment("started_at"),
    finishedAt: moment("finished_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.botId], foreignColumns: [bots.tenantId, bots.id] }).onDelete(
      "cascade",
    ),
    foreignKey({
      columns: [t.tenantId, t.conversationId],
      foreignColumns: [conversations.tenantId, conversations.id],
    }).onDelete("cascade"),
    index("evaluation_runs_created_idx").on(t.tenantId, t.botId, t.createdAt),
    index("evaluation_runs_conversation_idx").on(t.tenantId, t.conversationId),
    tenantPolicy(),
  ],
).enableRLS();

/** What one question of a run came to. Written without an answer when the run starts, and answered once. */
export const evaluationResults = pgTable(
  "evaluation_results",
  {
    tenantId: tenantId(),
    runId: uuid("run_id").notNull(),
    /** Of a case, or of the customer's message in a replay. */
    itemId: uuid("item_id").notNull(),
    /** In the run, from 1. */
    position: integer("position").notNull(),
    content: jsonb("content").$type<CaseContent>().notNull(),
    /** Of a replay: the answer that was given then; null where none was. */
    formerAnswerId: uuid("former_answer_id"),
    /** Null until the question was asked. */
    passed: boolean("passed"),
    reason: text("reason", { enum: reasons }),
    answer: jsonb("answer").$type<KeptAnswer>(),
    scores: jsonb("scores").$type<Scores>(),
    latencyMs: real("latency_ms"),
    /** US dollars; null where it is not known. */
    cost: numeric("cost", { mode: "number", precision: 12, scale: 6 }),
    answeredAt: moment("answered_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.runId, t.itemId] }),
    foreignKey({
      columns: [t.tenantId, t.runId],
      foreignColumns: [evaluationRuns.tenantId, evaluationRuns.id],
    }).onDelete("cascade"),
    index("evaluation_results_position_idx").on(t.tenantId, t.runId, t.position),
    tenantPolicy(),
  ],
).enableRLS();
