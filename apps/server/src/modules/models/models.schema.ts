import { z } from "zod";
import { modelProviders, modelPurposes } from "./models.tables.ts";

export const providerSchema = z.enum(modelProviders);
export type Provider = z.infer<typeof providerSchema>;
export const purposeSchema = z.enum(modelPurposes);
export type Purpose = z.infer<typeof purposeSchema>;

/** Which of a tenant's connections: it has at most one a purpose and provider. */
export const connectionIdSchema = z.object({
  provider: providerSchema,
  purpose: purposeSchema.default("answering"),
});

/** Seed 001, section 2.4, with where the model is, what it is called, and what it is for. */
export const connectionInputSchema = connectionIdSchema.extend({
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

/** `unreadable`: sealed under a secret that the server no longer has. */
export const connectionStates = ["absent", "working", "failing", "unreadable"] as const;

export const connectionSchema = z.object({
  provider: providerSchema,
  purpose: purposeSchema,
  isConfigured: z.boolean(),
  /** Of the last test that succeeded. */
  lastTested: z.date().nullable(),
  state: z.enum(connectionStates),
  statusMessage: z.string(),
  baseUrl: z.string().nullable(),
  model: z.string().nullable(),
  /** Of an embedding model's vectors. */
  dimensions: z.number().nullable(),
});
export type ConnectionOutput = z.infer<typeof connectionSchema>;
