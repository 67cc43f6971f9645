import { z } from "zod";

/** A limit of this many or more is none that anybody reaches; it is shown as "unlimited". */
export const unlimited = 1_000_000_000;

const most = z.number().int().min(0).max(unlimited);

/** Seed 001, section 2.2, and which plan is the default. */
export const planSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  description: z.string().nullable(),
  priceMonthly: z.number().nullable(),
  maxBots: z.number(),
  maxDocumentsPerBot: z.number(),
  maxTotalDocumentStorageGB: z.number(),
  maxQueriesPerMonth: z.number(),
  maxDocProcessingJobsPerMonth: z.number(),
  allowAdvancedRagConfig: z.boolean(),
  isActive: z.boolean(),
  isDefault: z.boolean(),
  createdAt: z.date(),
  updatedAt: z.date(),
});
export type Plan = z.infer<typeof planSchema>;

export const updatePlanSchema = z.object({
  planId: z.uuid(),
  name: z.string().trim().min(1).max(60).optional(),
  description: z.string().trim().max(500).nullish(),
  priceMonthly: z.number().min(0).max(1_000_000).multipleOf(0.01).nullish(),
  maxBots: most.optional(),
  maxDocumentsPerBot: most.optional(),
  maxTotalDocumentStorageGB: z.number().min(0).max(unlimited).optional(),
  maxQueriesPerMonth: most.optional(),
  maxDocProcessingJobsPerMonth: most.optional(),
  allowAdvancedRagConfig: z.boolean().optional(),
  isActive: z.boolean().optional(),
  /** Only to true: the plan that was the default before is no longer. */
  isDefault: z.literal(true).optional(),
});
