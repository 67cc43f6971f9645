import { z } from "zod";

/** `provider:model`, as a vector space keeps it. */
export const embeddingModelName = z.string().trim().min(1).max(250);

const modelShape = {
  model: z.string(),
  dimensions: z.number(),
  /** Compares words and their parts; knows no meanings. */
  isBuiltin: z.boolean(),
};

/**
 * `changed`: the provider is connected for another model now; this one is still asked for with its key.
 * `unusable`: there is no connection, or its key cannot be read: searches go by words alone.
 */
export const connectionStates = ["builtin", "connected", "changed", "unusable"] as const;

/** Which model searches a knowledge base, what is being built beside it, and what may be chosen. */
export const embeddingStateSchema = z.object({
  /** Passages that are searched. */
  chunks: z.number(),
  active: z.object({ ...modelShape, connection: z.enum(connectionStates) }),
  building: z
    .object({
      ...modelShape,
      /** Passages that have a vector of the new model. */
      done: z.number(),
      /** Why it stopped; null while it goes on. */
      failure: z.string().nullable(),
    })
    .nullable(),
  /** Every other model that may be chosen: the built-in one, connected ones, and those that were in use. */
  choices: z.array(
    z.object({
      ...modelShape,
      /** Passages that would have to be embedded first. */
      missing: z.number(),
      /** Of these passages, roughly. */
      tokens: z.number(),
      /** US dollars for these tokens; null: the model's price is not known. */
      price: z.number().nullable(),
      /** It was in use before: a switch back. */
      wasActive: z.boolean(),
      /** When the vectors that are kept of it go; null where there are none or they are in use. */
      keptUntil: z.date().nullable(),
    }),
  ),
});
export type EmbeddingState = z.infer<typeof embeddingStateSchema>;
