import { z } from "zod";
import { modelProviders } from "../models/models.tables.ts";
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
  activePromptId: z.uuid().nullable(),
  activeLlmConfigProvider: providerSchema.nullable(),
  unsupportedClaims: z.enum(unsupportedClaims),
  withholdBelow: z.number(),
  documentCount: z.number(),
  status: z.enum(botStatuses),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Bot = z.infer<typeof botSchema>;

const name = z.string().trim().min(1).max(100);
const description = z.string().trim().max(1000);

export const createBotSchema = z.object({
  name,
  description: description.optional(),
  ragConfig: ragConfigInputSchema.optional(),
  activeLlmConfigProvider: providerSchema.nullish(),
});
export const updateBotSchema = z.object({
  id: z.uuid(),
  name: name.optional(),
  description: description.nullish(),
  ragConfig: ragConfigInputSchema.optional(),
  activeLlmConfigProvider: providerSchema.nullish(),
  /** Beyond the seed: what becomes of claims that no source supports (PRODUCT.md, "The answer pipeline"). */
  unsupportedClaims: z.enum(unsupportedClaims).optional(),
  withholdBelow: z.number().min(0).max(1).optional(),
});
export const listBotsSchema = z
  .object({
    page: z.number().int().min(1).default(1),
    pageSize: z.number().int().min(1).max(100).default(20),
    search: z.string().trim().max(100).optional(),
  })
  .prefault({});

export const promptSchema = z.object({
  id: z.uuid(),
  botId: z.uuid(),
  name: z.string(),
  content: z.string(),
  isActive: z.boolean(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type BotPrompt = z.infer<typeof promptSchema>;
export const promptName = z.string().trim().min(1).max(100);
export const promptContent = z.string().min(1).max(20_000);
