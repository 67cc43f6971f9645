import { z } from "zod";

/** One limit of the plan beside what is used of it. Storage is in bytes. */
export const limitUsageSchema = z.object({
  limit: z.enum(["bots", "documents", "storage", "queries", "processingJobs"]),
  used: z.number(),
  max: z.number(),
  /** Used of max: 0 to 1, more where the plan was lowered below what there is. */
  share: z.number(),
  /** No installation reaches this limit. */
  unlimited: z.boolean(),
  /** When a monthly limit starts anew; null for what is counted as it stands. */
  resetsAt: z.date().nullable(),
  /** Documents are counted by bot: the one that has the most. */
  bot: z.object({ id: z.uuid(), name: z.string() }).nullable(),
});
export type LimitUsage = z.infer<typeof limitUsageSchema>;

export const usageSchema = z.object({
  plan: z.object({
    id: z.uuid(),
    name: z.string(),
    description: z.string().nullable(),
    allowAdvancedRagConfig: z.boolean(),
  }),
  limits: z.array(limitUsageSchema),
});
export type Usage = z.infer<typeof usageSchema>;
