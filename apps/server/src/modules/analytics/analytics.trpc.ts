import { z } from "zod";
import { router, tenantProcedure } from "../../faces/trpc/index.ts";
import { botAnalyticsSchema, overviewSchema, rangeSchema } from "./analytics.schema.ts";
import { getBotAnalytics, getOverview } from "./index.ts";

/** Seed 001, section 4.9. */
export const analyticsRouter = router({
  getOverview: tenantProcedure
    .input(rangeSchema.optional())
    .output(overviewSchema)
    .query(({ ctx, input }) => getOverview(ctx, input ?? rangeSchema.parse({}))),
  getBotSpecific: tenantProcedure
    .input(rangeSchema.extend({ botId: z.uuid() }))
    .output(botAnalyticsSchema)
    .query(({ ctx, input }) => getBotAnalytics(ctx, input)),
});
