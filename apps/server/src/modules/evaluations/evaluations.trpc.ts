import { z } from "zod";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { protectedProcedure, router } from "../../faces/trpc/index.ts";
import * as schema from "./evaluations.schema.ts";
import { compareRuns } from "./service/compare-runs.ts";
import { cancelRun } from "./service/end-run.ts";
import { importCases } from "./service/import-cases.ts";
import { makeCases } from "./service/make-cases.ts";
import { createCase, deleteCase, getCase, listCases, updateCase } from "./service/manage-cases.ts";
import { getResult, getRun, listResults, listRuns, watchRun } from "./service/read-runs.ts";
import { getReplay, replaysOf, startReplay } from "./service/replay.ts";
import { startRun } from "./service/start-run.ts";

const byCase = z.object({ caseId: z.uuid() });
const byRun = z.object({ runId: z.uuid() });
const success = z.object({ success: z.literal(true) });

const casesRouter = router({
  list: protectedProcedure
    .input(schema.listCasesSchema)
    .output(paginatedSchema(schema.caseSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listCases(ctx, input);
      return paginate("/trpc/evaluations.cases.list", input, items, total);
    }),
  get: protectedProcedure
    .input(byCase)
    .output(schema.caseSchema)
    .query(({ ctx, input }) => getCase(ctx, input)),
  create: protectedProcedure
    .input(schema.caseInputSchema.extend({ botId: z.uuid() }))
    .output(schema.caseSchema)
    .mutation(({ ctx, input }) => createCase(ctx, input)),
  update: protectedProcedure
    .input(schema.caseChangeSchema)
    .output(schema.caseSchema)
    .mutation(({ ctx, input }) => updateCase(ctx, input)),
  delete: protectedProcedure
    .input(byCase)
    .output(success)
    .mutation(async ({ ctx, input }) => {
      await deleteCase(ctx, input);
      return { success: true };
    }),
  import: protectedProcedure
    .input(schema.importCasesSchema)
    .output(schema.importedSchema)
    .mutation(({ ctx, input }) => importCases(ctx, input)),
  make: protectedProcedure
    .input(schema.makeCasesSchema)
    .output(schema.addedSchema)
    .mutation(({ ctx, input }) => makeCases(ctx, input)),
});

const runsRouter = router({
  start: protectedProcedure
    .input(schema.startRunSchema)
    .output(schema.runSchema)
    .mutation(({ ctx, input }) => startRun(ctx, input)),
  list: protectedProcedure
    .input(schema.listRunsSchema)
    .output(paginatedSchema(schema.runSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listRuns(ctx, input);
      return paginate("/trpc/evaluations.runs.list", input, items, total);
    }),
  get: protectedProcedure
    .input(byRun)
    .output(schema.runDetailSchema)
    .query(({ ctx, input }) => getRun(ctx, input)),
  cancel: protectedProcedure
    .input(byRun)
    .output(schema.runSchema)
    .mutation(({ ctx, input }) => cancelRun(ctx, input)),
  results: protectedProcedure
    .input(schema.listResultsSchema)
    .output(paginatedSchema(schema.resultSchema))
    .query(async ({ ctx, input }) => {
      const { items, total } = await listResults(ctx, input);
      return paginate("/trpc/evaluations.runs.results", input, items, total);
    }),
  result: protectedProcedure
    .input(byRun.extend({ itemId: z.uuid() }))
    .output(schema.resultDetailSchema)
    .query(({ ctx, input }) => getResult(ctx, input)),
  compare: protectedProcedure
    .input(schema.compareSchema)
    .output(
      paginatedSchema(schema.comparedCaseSchema).extend({
        run: schema.runSchema,
        base: schema.runSchema,
        totals: schema.comparisonTotalsSchema,
      }),
    )
    .query(async ({ ctx, input }) => {
      const { items, total, ...rest } = await compareRuns(ctx, input);
      return { ...paginate("/trpc/evaluations.runs.compare", input, items, total), ...rest };
    }),
  /** The run now and after each change, until it has ended. */
  changes: protectedProcedure
    .input(byRun)
    .subscription(({ ctx, input, signal }) =>
      watchRun(ctx, { ...input, signal: signal ?? new AbortController().signal }),
    ),
});

const replayRouter = router({
  start: protectedProcedure
    .input(schema.startReplaySchema)
    .output(schema.runSchema)
    .mutation(({ ctx, input }) => startReplay(ctx, input)),
  /** Both answers to each of the conversation's questions. */
  get: protectedProcedure
    .input(byRun)
    .output(schema.replaySchema)
    .query(({ ctx, input }) => getReplay(ctx, input)),
  list: protectedProcedure
    .input(z.object({ conversationId: z.uuid() }))
    .output(z.array(schema.runSchema))
    .query(({ ctx, input }) => replaysOf(ctx, input)),
});

/** Whether a bot got better: cases, runs of them, comparisons, and past conversations asked again. */
export const evaluationsRouter = router({ cases: casesRouter, runs: runsRouter, replay: replayRouter });
