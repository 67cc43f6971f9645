import { protectedProcedure } from "../../faces/trpc/index.ts";
import { getCurrentPlan, planSchema } from "../plans/index.ts";
import { usageSchema } from "./usage.schema.ts";
import { getUsage } from "./usage.service.ts";

/** What a member sees of their tenant's plan. */
export const usageProcedures = {
  /** Seed 001, section 4.2. Never null: who was given no plan has the default one. */
  getCurrentPlan: protectedProcedure.output(planSchema.nullable()).query(({ ctx }) => getCurrentPlan(ctx)),
  /** Beyond the seed: each limit with what is used of it. */
  getUsage: protectedProcedure.output(usageSchema).query(({ ctx }) => getUsage(ctx)),
};
