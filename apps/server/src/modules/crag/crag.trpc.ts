import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { router, tenantProcedure } from "../../faces/trpc/index.ts";
import {
  evaluationSchema,
  listedSchema,
  listSchema,
  metricsInputSchema,
  metricsSchema,
  questionSchema,
  refinedQuerySchema,
} from "./crag.schema.ts";
import { evaluateQuestion, listEvaluations, readCragMetrics, refineCragQuery } from "./index.ts";

const nobodyLeaves = () => new AbortController().signal;

/** Seed 000's names: is what was found enough to answer with? */
export const cragRouter = router({
  evaluate: tenantProcedure
    .meta({ auth: "tenant", limit: "ai" })
    .input(questionSchema)
    .output(evaluationSchema)
    .mutation(({ ctx, input, signal }) =>
      evaluateQuestion(ctx, { ...input, signal: signal ?? nobodyLeaves() }),
    ),
  refineQuery: tenantProcedure
    .meta({ auth: "tenant", limit: "ai" })
    .input(questionSchema)
    .output(refinedQuerySchema)
    .mutation(({ ctx, input, signal }) =>
      refineCragQuery(ctx, { ...input, signal: signal ?? nobodyLeaves() }),
    ),
  list: tenantProcedure
    .input(listSchema)
    .output(paginatedSchema(listedSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listEvaluations(ctx, input);
      return paginate("/trpc/crag.list", input, items, total);
    }),
  metrics: tenantProcedure
    .input(metricsInputSchema)
    .output(metricsSchema)
    .query(({ ctx, input }) => readCragMetrics(ctx, input)),
});
