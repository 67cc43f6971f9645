import { z } from "zod";

export const mostIntents = 100;
export const mostExamples = 500;
/** Of all intents of a bot together: what is trained in seconds. */
export const mostExamplesOfBot = 5_000;

export const intentName = z
  .string()
  .trim()
  .min(1, "Give the intent a name.")
  .max(100, "A name has at most 100 characters.");
export const intentExamples = z
  .array(
    z
      .string()
      .trim()
      .min(1, "An example cannot be empty.")
      .max(1_000, "An example has at most 1,000 characters."),
  )
  .max(mostExamples, `An intent has at most ${mostExamples} examples.`)
  .transform((examples) => [...new Set(examples)]);

export const intentSchema = z.object({
  id: z.string(),
  name: z.string(),
  examples: z.array(z.string()),
  updatedAt: z.date(),
});
export type Intent = z.infer<typeof intentSchema>;

export const intentListSchema = z.object({
  /** By name. */
  items: z.array(intentSchema),
  training: z.object({
    /** `untaught`: it takes two intents with two examples each. */
    state: z.enum(["untaught", "training", "trained"]),
    /** 0 to 1: of examples that were held out, the share that was told right. Null without a model. */
    accuracy: z.number().nullable(),
    trainedAt: z.date().nullable(),
  }),
});
export type IntentList = z.infer<typeof intentListSchema>;

/** What a text wants. */
export const classificationSchema = z.object({
  /** Null: none of the intents. */
  intent: z.object({ id: z.string(), name: z.string() }).nullable(),
  /** The ones that fit best, best first. Past 0 an intent claims the text, about 1 it is sure. */
  ranking: z.array(z.object({ id: z.string(), name: z.string(), score: z.number() })),
});
export type IntentClassification = z.infer<typeof classificationSchema>;
