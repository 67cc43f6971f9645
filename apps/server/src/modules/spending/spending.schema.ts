import { z } from "zod";
import { modelProviders } from "../models/models.tables.ts";

/** `provider:model` */
const modelName = z
  .string()
  .trim()
  .max(210)
  .regex(new RegExp(`^(${modelProviders.join("|")}):\\S.*$`), {
    error: `A model is named provider:model, where the provider is ${modelProviders.join(", ")}.`,
  })
  .meta({ examples: ["openai:gpt-4o-mini"] });
const dollarsPerMillion = z.number().min(0).max(100_000);
const price = z.object({ input: z.number(), output: z.number() });

export const modelSchema = z.object({ model: modelName });
export const setPriceSchema = modelSchema.extend({ input: dollarsPerMillion, output: dollarsPerMillion });

export const priceRowSchema = z.object({
  model: z.string(),
  purpose: z.enum(["answering", "embedding"]),
  /** Connected, or used this month. */
  isInUse: z.boolean(),
  listPrice: price.nullable(),
  ownPrice: price.nullable(),
  /** What counts; null: no price is set, and the model's calls cost nothing that is known. */
  price: price.nullable(),
});
export type PriceRow = z.infer<typeof priceRowSchema>;

export const priceListSchema = z.object({
  /** The day on which the list prices were true: `2026-10-01`. */
  listDate: z.string(),
  items: z.array(priceRowSchema),
});
export type PriceList = z.infer<typeof priceListSchema>;

export const usageRowSchema = z.object({
  model: z.string(),
  purpose: z.enum(["answering", "embedding"]),
  calls: z.number(),
  /** Of the calls, those whose tokens the provider did not tell. */
  estimatedCalls: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  cost: z.number(),
  hasPrice: z.boolean(),
});
export type UsageRow = z.infer<typeof usageRowSchema>;

/** A bot's budget; without a bot the tenant's. */
export const budgetIdSchema = z.object({ botId: z.uuid().optional() });
export const setBudgetSchema = budgetIdSchema.extend({
  /** US dollars per calendar month; null takes the limit away. */
  limit: z.number().min(0).max(1_000_000).multipleOf(0.01).nullable(),
});

export const budgetSchema = z.object({
  /** Null: the tenant's. */
  botId: z.uuid().nullable(),
  /** `2026-11`, in UTC. */
  month: z.string(),
  /** US dollars; null: no limit. */
  limit: z.number().nullable(),
  spent: z.number(),
  /** For answers that are being written. */
  reserved: z.number(),
  /** Nothing more is asked of a model that costs something until `resetsAt`, or a higher limit. */
  isExhausted: z.boolean(),
  resetsAt: z.date(),
});
export type Budget = z.infer<typeof budgetSchema>;
