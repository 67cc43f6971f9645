import { z } from "zod";
import { modelProviders } from "./models.tables.ts";

export const providerSchema = z.enum(modelProviders);

/** Seed 001, section 2.4, with where the model is and what it is called. */
export const connectionInputSchema = z.object({
  provider: providerSchema,
  /** Empty for a server that asks for none, such as a local Ollama. */
  apiKey: z
    .string()
    .trim()
    .max(500)
    .regex(/^[\x21-\x7e]*$/, "A key has no spaces, line breaks or accented letters."),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
  model: z.string().trim().min(1).max(200).optional(),
});

export const connectionSchema = z.object({
  provider: providerSchema,
  isConfigured: z.boolean(),
  lastTested: z.date().nullable(),
  statusMessage: z.string(),
  baseUrl: z.string().nullable(),
  model: z.string().nullable(),
});
export type ConnectionOutput = z.infer<typeof connectionSchema>;
