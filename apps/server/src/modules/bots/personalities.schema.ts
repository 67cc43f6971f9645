import { z } from "zod";
import { modelProviders } from "../models/models.tables.ts";
import { promptContent, promptName, versionNumber } from "./bots.schema.ts";

/** 0: the likeliest words always; providers take at most 2, some of them 1. */
const temperature = z.number().min(0).max(2);

/** Which model should speak, where a bot leaves that open. */
const modelPreferences = z
  .object({
    /** One of the tenant's connections; as long as there is none of it, the preference waits. */
    provider: z.enum(modelProviders).optional(),
    /** Another model of that provider than the connection's. */
    model: z.string().trim().min(1).max(200).optional(),
    /** Of one answer. */
    maxTokens: z.number().int().min(16).max(4_096).optional(),
  })
  .refine(({ provider, model }) => model === undefined || provider !== undefined, {
    path: ["provider"],
    error: "A model is a provider's: name the provider too.",
  });

const fields = {
  name: promptName,
  systemPrompt: promptContent,
  temperature: temperature.nullish(),
  modelPreferences: modelPreferences.nullish(),
};

export const createPersonalitySchema = z.object({ ...fields, isDefault: z.boolean().default(false) });
export type CreatePersonality = z.output<typeof createPersonalitySchema>;

export const updatePersonalitySchema = z.object({
  id: z.uuid(),
  name: promptName.optional(),
  systemPrompt: promptContent.optional(),
  temperature: fields.temperature,
  modelPreferences: fields.modelPreferences,
  /** The version that the change began from. */
  baseVersion: versionNumber.optional(),
});
export type UpdatePersonality = z.output<typeof updatePersonalitySchema>;

export const listPersonalitiesSchema = z
  .object({
    page: z.number().int().min(1).default(1),
    pageSize: z.number().int().min(1).max(100).default(20),
    search: z.string().trim().max(100).optional(),
  })
  .prefault({});
export type ListPersonalities = z.output<typeof listPersonalitiesSchema>;

/** A system prompt of the tenant's own, with how its model is asked: seed 000's AI personality. */
export const personalitySchema = z.object({
  id: z.uuid(),
  name: z.string(),
  systemPrompt: z.string(),
  /** Null: as the provider has it. */
  temperature: z.number().nullable(),
  modelPreferences: z
    .object({
      provider: z.enum(modelProviders).nullable(),
      model: z.string().nullable(),
      maxTokens: z.number().nullable(),
    })
    .nullable(),
  /** Bots answer by it that name no personality and have no prompt in use. */
  isDefault: z.boolean(),
  /** Of its name, text and settings; each change counts on by one. */
  version: z.number(),
  /** How many bots name it. */
  botCount: z.number(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Personality = z.output<typeof personalitySchema>;
