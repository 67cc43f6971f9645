import { z } from "zod";
import { modelProviders } from "../models/models.tables.ts";
import { templateLocales } from "../templates/index.ts";
import { unsupportedClaims } from "./bots.tables.ts";

export const botStatuses = ["CREATING", "PROCESSING_DOCUMENTS", "READY", "ERROR", "UPDATING"] as const;
export type BotStatus = (typeof botStatuses)[number];

/** Seed 001, section 2.5: characters, characters, passages. */
export const ragConfigInputSchema = z
  .object({
    chunkSize: z.number().int().min(200).max(2000).optional(),
    overlap: z.number().int().min(0).max(200).optional(),
    topK: z.number().int().min(1).max(10).optional(),
  })
  .strict();
export const ragConfigSchema = z.object({ chunkSize: z.number(), overlap: z.number(), topK: z.number() });

/** Which connection answers. `builtin`: none, the documents are quoted; null: whichever there is. */
export const providerSchema = z.enum([...modelProviders, "builtin"]);

export const botSchema = z.object({
  id: z.uuid(),
  userId: z.uuid().nullable(),
  name: z.string(),
  description: z.string().nullable(),
  publicUrlId: z.string(),
  templateId: z.uuid().nullable(),
  ragConfig: ragConfigSchema,
  /** Null: it answers by a personality, its own or the tenant's default. */
  activePromptId: z.uuid().nullable(),
  /** Beyond the seed: the personality that the bot names. */
  personalityId: z.uuid().nullable(),
  activeLlmConfigProvider: providerSchema.nullable(),
  unsupportedClaims: z.enum(unsupportedClaims),
  withholdBelow: z.number(),
  judgeClaims: z.boolean(),
  publicPage: z.boolean(),
  documentCount: z.number(),
  status: z.enum(botStatuses),
  createdAt: z.date(),
  updatedAt: z.date(),
  /** Beyond the seed: what the caller may do with it. */
  can: z.object({ update: z.boolean(), remove: z.boolean() }),
});
export type Bot = z.infer<typeof botSchema>;

const name = z.string().trim().min(1).max(100);
const description = z.string().trim().max(1000);

export const createBotSchema = z.object({
  name,
  description: description.optional(),
  templateId: z.uuid().optional(),
  /** Beyond the seed: in which language the template's prompt is wanted. */
  templateLocale: z.enum(templateLocales).optional(),
  ragConfig: ragConfigInputSchema.optional(),
  activeLlmConfigProvider: providerSchema.nullish(),
});
export const updateBotSchema = z.object({
  id: z.uuid(),
  name: name.optional(),
  description: description.nullish(),
  ragConfig: ragConfigInputSchema.optional(),
  activeLlmConfigProvider: providerSchema.nullish(),
  /** Beyond the seed: the personality to answer by from now on, in place of the bot's own prompts; null: none. */
  personalityId: z.uuid().nullish(),
  /** Beyond the seed: what becomes of claims that no source supports (PRODUCT.md, "The answer pipeline"). */
  unsupportedClaims: z.enum(unsupportedClaims).optional(),
  withholdBelow: z.number().min(0).max(1).optional(),
  /** Beyond the seed: whether the bot's model judges claims of which the built-in check is in doubt. */
  judgeClaims: z.boolean().optional(),
  /** Beyond the seed: whether the public page `/c/{publicUrlId}` shows a chat with the bot. */
  publicPage: z.boolean().optional(),
});
/** Two who have the same value are in the order of their making. */
export const botSorts = ["name", "createdAt", "updatedAt"] as const;
export const listBotsSchema = z
  .object({
    page: z.number().int().min(1).default(1),
    pageSize: z.number().int().min(1).max(100).default(20),
    search: z.string().trim().max(100).optional(),
    status: z.enum(botStatuses).optional(),
    /** By default by createdAt. */
    sort: z.enum(botSorts).optional(),
    /** By default names from A to Z, and the latest first. */
    direction: z.enum(["asc", "desc"]).optional(),
  })
  .prefault({});
export type ListBots = z.infer<typeof listBotsSchema>;

export const promptSchema = z.object({
  id: z.uuid(),
  botId: z.uuid(),
  name: z.string(),
  content: z.string(),
  /** Of its name and text; each change counts on by one. */
  version: z.number(),
  isActive: z.boolean(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type BotPrompt = z.infer<typeof promptSchema>;
export const promptName = z.string().trim().min(1).max(100);
export const promptContent = z.string().min(1).max(20_000);

/** The number of a version, as it fits into its column. */
export const versionNumber = z.number().int().min(1).max(2_147_483_647);

/** Beyond the seed: what a prompt was. */
export const promptVersionSchema = z.object({
  promptId: z.uuid(),
  version: z.number(),
  name: z.string(),
  content: z.string(),
  /** The version that a rollback brought back; null for one that somebody wrote. */
  restoredFrom: z.number().nullable(),
  /** Null where nobody is known: written before there were versions, or by the server itself. */
  createdBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  createdAt: z.date(),
});
export type PromptVersion = z.infer<typeof promptVersionSchema>;

/** In a list: with the length of the text in place of the text. */
export const promptVersionSummarySchema = promptVersionSchema
  .omit({ content: true })
  .extend({ characters: z.number() });
export type PromptVersionSummary = z.infer<typeof promptVersionSummarySchema>;

/** Beyond the seed: what a bot asks of a text before it goes to customers. */
export const publishingGateSchema = z.object({
  /** Share of the bot's cases, 0 to 1, that must have passed; null: no gate. */
  minPassRate: z.number().min(0).max(1).nullable(),
  /** How many cases that the active text passes the new one may fail. */
  maxRegressions: z.number().int().min(0).max(1000).default(0),
});
export type PublishingGate = z.infer<typeof publishingGateSchema>;

/** Publishing in spite of the gate, which stands in the audit log. */
export const gateOverrideSchema = z.object({ reason: z.string().trim().min(3).max(500) });

export const gateRefusals = ["not_evaluated", "active_not_evaluated", "pass_rate", "regressions"] as const;

/** What the gate says to one text. */
export const gateStateSchema = z.object({
  gate: publishingGateSchema,
  contentSha256: z.string(),
  /** The bot answers by it already. */
  isActive: z.boolean(),
  /** What its last evaluation under the bot's present settings found; null where there was none. */
  check: z
    .object({
      runId: z.uuid(),
      passed: z.number(),
      total: z.number(),
      /** Against the active text; null where that was not evaluated. */
      regressions: z.number().nullable(),
      checkedAt: z.string(),
    })
    .nullable(),
  /** Why it may not be published; null where it may. */
  refusal: z.enum(gateRefusals).nullable(),
});
export type GateState = z.infer<typeof gateStateSchema>;
