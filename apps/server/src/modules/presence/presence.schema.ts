import { z } from "zod";

export const agentStatuses = ["available", "busy", "away", "offline"] as const;
export type AgentStatus = (typeof agentStatuses)[number];

/** Languages in which the product itself speaks to visitors. */
export const promiseLanguages = ["en", "fr", "ar"] as const;
export type PromiseLanguage = (typeof promiseLanguages)[number];

/** Characters of a promise. */
const promiseText = z.string().trim().min(1).max(500);

export const promisesSchema = z.object({
  en: promiseText.optional(),
  fr: promiseText.optional(),
  ar: promiseText.optional(),
});
export type Promises = Partial<Record<PromiseLanguage, string>>;

/** How many conversations somebody has at once. */
export const capacity = z.number().int().min(1).max(100);

export const routingSettingsSchema = z.object({
  defaultCapacity: capacity,
  /** Minutes without a sign of an agent after which what waits for them goes back to the queue. */
  awayAfterMinutes: z.number().int().min(1).max(1_440),
  /** Whether waiting conversations are given to whoever is available. */
  autoAssign: z.boolean(),
  /** In which a language without words of the tenant's is missing. */
  promises: promisesSchema,
});
export type RoutingSettings = z.output<typeof routingSettingsSchema>;

export const presenceSchema = z.object({
  /** As it is for others: who is not there is `offline`, or `away` where the sweep found so. */
  status: z.enum(agentStatuses),
  isThere: z.boolean(),
  /** Of their own; null: the tenant's default. */
  maxConcurrent: z.number().int().nullable(),
  /** Null: never. */
  lastSeenAt: z.date().nullable(),
  since: z.date().nullable(),
});
export type Presence = z.output<typeof presenceSchema>;
