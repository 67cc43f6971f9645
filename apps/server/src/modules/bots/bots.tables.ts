import { sql } from "drizzle-orm";
import {
  boolean,
  foreignKey,
  index,
  integer,
  jsonb,
  type PgTableExtraConfigValue,
  pgTable,
  primaryKey,
  real,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { createdAt, id, moment, tenantId, tenantPolicy, updatedAt } from "../../platform/db/columns.ts";
import { knowledgeBases } from "../knowledge/knowledge.tables.ts";

/** How a bot cuts and searches its documents. Characters, characters, passages. */
export interface RetrievalSettings {
  chunkSize: number;
  overlap: number;
  topK: number;
}

export const unsupportedClaims = ["mark", "withhold"] as const;

/** How a prompt would have its model asked; whatever is absent is as the bot or the provider has it. */
export interface ModelSettings {
  temperature?: number;
  /** A preference: it holds for a bot that names no connection of its own. */
  provider?: string;
  /** What that provider's model is called; absent: as the connection says. */
  model?: string;
  /** Of one answer. */
  maxTokens?: number;
}

/** Instructions, model and retrieval settings over one knowledge base. */
export const bots = pgTable(
  "bots",
  {
    tenantId: tenantId(),
    id: id(),
    name: text("name").notNull(),
    description: text("description"),
    /** In public links; unique over all tenants by `tenant_directory`. */
    publicUrlId: text("public_url_id").notNull(),
    knowledgeBaseId: uuid("knowledge_base_id").notNull(),
    retrieval: jsonb("retrieval").$type<RetrievalSettings>().notNull(),
    /** Which of the tenant's model connections answers; null: the built-in extractive answerer, or the server's own model. */
    modelProvider: text("model_provider"),
    /** What to do with a claim that no source supports: show it marked, or withhold the whole answer past the threshold. */
    unsupportedClaims: text("unsupported_claims", { enum: unsupportedClaims }).notNull().default("mark"),
    /** Share of supported claims, 0 to 1, under which an answer is withheld. */
    withholdBelow: real("withhold_below").notNull().default(0.5),
    /** Whether the bot's model judges the claims of which the built-in check is in doubt. */
    judgeClaims: boolean("judge_claims").notNull().default(false),
    /** Whether `/c/{publicUrlId}` shows a chat with the bot. */
    publicPage: boolean("public_page").notNull().default(true),
    /** Share of its cases, 0 to 1, that a text must have passed before it may be published; null: no such gate. */
    publishMinPassRate: real("publish_min_pass_rate"),
    /** How many cases that the active text passes a new one may fail. */
    publishMaxRegressions: integer("publish_max_regressions").notNull().default(0),
    templateId: uuid("template_id"),
    /** The personality by which it answers; null: its own active prompt, or the tenant's default personality. */
    personalityId: uuid("personality_id"),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t): PgTableExtraConfigValue[] => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.knowledgeBaseId],
      foreignColumns: [knowledgeBases.tenantId, knowledgeBases.id],
    }),
    foreignKey({
      columns: [t.tenantId, t.personalityId],
      foreignColumns: [botPrompts.tenantId, botPrompts.id],
    }),
    index("bots_personality_idx").on(t.tenantId, t.personalityId),
    index("bots_created_idx").on(t.tenantId, t.createdAt),
    tenantPolicy(),
  ],
).enableRLS();

/**
 * Named system prompts: of a bot, or without one a personality, which all bots of the tenant may use. At most one of a
 * bot's is active; the active personality is the tenant's default.
 */
export const botPrompts = pgTable(
  "bot_prompts",
  {
    tenantId: tenantId(),
    id: id(),
    /** Null: a personality. */
    botId: uuid("bot_id"),
    name: text("name").notNull(),
    content: text("content").notNull(),
    settings: jsonb("settings").$type<ModelSettings>(),
    /** Of its name, text and settings as they stand; each change counts on by one. */
    version: integer("version").notNull().default(1),
    isActive: boolean("is_active").notNull().default(false),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId, t.botId], foreignColumns: [bots.tenantId, bots.id] }).onDelete(
      "cascade",
    ),
    uniqueIndex("bot_prompts_name_key").on(t.tenantId, t.botId, t.name),
    uniqueIndex("bot_prompts_active_key").on(t.tenantId, t.botId).where(sql`is_active`),
    uniqueIndex("bot_prompts_personality_key").on(t.tenantId, t.name).where(sql`bot_id is null`),
    uniqueIndex("bot_prompts_default_key").on(t.tenantId).where(sql`bot_id is null and is_active`),
    tenantPolicy(),
  ],
).enableRLS();

/**
 * What a prompt was: its versions 1 to `bot_prompts.version`, without gaps. A prompt that has none yet, from before
 * there were versions, is at version 1, which is what it holds; its first change writes that down.
 */
export const botPromptVersions = pgTable(
  "bot_prompt_versions",
  {
    tenantId: tenantId(),
    promptId: uuid("prompt_id").notNull(),
    version: integer("version").notNull(),
    name: text("name").notNull(),
    content: text("content").notNull(),
    settings: jsonb("settings").$type<ModelSettings>(),
    /** The version that a rollback brought back. */
    restoredFrom: integer("restored_from"),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.promptId, t.version] }),
    foreignKey({
      columns: [t.tenantId, t.promptId],
      foreignColumns: [botPrompts.tenantId, botPrompts.id],
    }).onDelete("cascade"),
    tenantPolicy(),
  ],
).enableRLS();

/**
 * What the last whole evaluation of a text came to: the evidence that publishing it may rest on. It is of the text and
 * of the settings that the bot had then, not of a prompt: who checks a draft may publish it under any name.
 */
export const botPromptChecks = pgTable(
  "bot_prompt_checks",
  {
    tenantId: tenantId(),
    botId: uuid("bot_id").notNull(),
    contentSha256: text("content_sha256").notNull(),
    /** What the bot answered with beside the text; a check under other settings counts no more. */
    settingsSha256: text("settings_sha256").notNull(),
    /** The run that found it, to look it up. */
    runId: uuid("run_id").notNull(),
    passedCases: uuid("passed_cases").array().notNull(),
    failedCases: uuid("failed_cases").array().notNull(),
    checkedAt: moment("checked_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.botId, t.contentSha256] }),
    foreignKey({ columns: [t.tenantId, t.botId], foreignColumns: [bots.tenantId, bots.id] }).onDelete(
      "cascade",
    ),
    tenantPolicy(),
  ],
).enableRLS();
