import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { router, tenantProcedure } from "../../faces/trpc/index.ts";
import * as quality from "./index.ts";
import {
  checkInputSchema,
  checkSchema,
  contradictionsInputSchema,
  listedContradictionSchema,
  listInputSchema,
  metricsInputSchema,
  metricsSchema,
  reviewableSchema,
  reviewInputSchema,
  reviewSchema,
} from "./quality.schema.ts";

/** Seed 000: are the answers right? Its names; the shapes are ours. */
export const qualityAssuranceRouter = router({
  check: tenantProcedure
    .input(checkInputSchema)
    .output(checkSchema)
    .mutation(({ ctx, input }) => quality.checkAnswer(ctx, input)),
  review: tenantProcedure
    .input(reviewInputSchema)
    .output(reviewSchema.nullable())
    .mutation(({ ctx, input }) => quality.reviewAnswer(ctx, input)),
  list: tenantProcedure
    .input(listInputSchema)
    .output(paginatedSchema(reviewableSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await quality.listAnswers(ctx, input);
      return paginate("/trpc/qualityAssurance.list", input, items, total);
    }),
  metrics: tenantProcedure
    .input(metricsInputSchema)
    .output(metricsSchema)
    .query(({ ctx, input }) => quality.readMetrics(ctx, input)),
  /** Beyond the seed: passages that say different things of the same. */
  contradictions: tenantProcedure
    .input(contradictionsInputSchema)
    .output(paginatedSchema(listedContradictionSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await quality.listContradictions(ctx, input);
      return paginate("/trpc/qualityAssurance.contradictions", input, items, total);
    }),
  dismissContradiction: tenantProcedure
    .input(z.object({ contradictionId: z.uuid(), dismissed: z.boolean().default(true) }))
    .output(z.object({ success: z.literal(true) }))
    .mutation(async ({ ctx, input }) => {
      await quality.dismissContradiction(ctx, input);
      return { success: true } as const;
    }),
});
