import { z } from "zod";
import { type Route, route } from "../../faces/http/route.ts";
import { paginate, paginatedSchema } from "../../faces/pagination.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { notFound } from "../../platform/errors/index.ts";
import { findNamedBot } from "../bots/index.ts";
import * as schema from "./evaluations.schema.ts";
import { compareRuns } from "./service/compare-runs.ts";
import { cancelRun } from "./service/end-run.ts";
import { getRun, listResults, listRuns } from "./service/read-runs.ts";
import { startRun } from "./service/start-run.ts";

const byRun = z.object({ runId: z.uuid() });
const pages = z.object({
  page: z.coerce.number().int().min(1).max(100_000).default(1),
  pageSize: z.coerce.number().int().min(1).max(100).default(20),
});

/** The same runs as in the console, for programs: with an API key that has the permission `evaluate`. */
export const evaluationRoutes: Route[] = [
  route({
    method: "POST",
    path: "/api/evaluations/runs",
    summary: "Starts a run of a bot's cases. `bot` is its id or its public id; the rest says what to try.",
    auth: "api key",
    limit: "programStart",
    body: schema.startRunSchema.omit({ botId: true }).extend({ bot: z.string().min(1).max(200) }),
    response: schema.runSchema,
    async run(ctx, { body: { bot, ...input } }) {
      const named = await inTx(ctx, (ctx) => findNamedBot(ctx, bot));
      if (!named) throw notFound("The bot");
      return startRun(ctx, { ...input, botId: named.id });
    },
  }),
  route({
    method: "GET",
    path: "/api/evaluations/runs",
    summary: "A bot's runs, the newest first.",
    auth: "api key",
    limit: "program",
    query: pages.extend({ botId: z.uuid() }),
    response: paginatedSchema(schema.runSchema),
    async run(ctx, { query }) {
      const { items, total } = await listRuns(ctx, query);
      return paginate("/api/evaluations/runs", query, items, total);
    },
  }),
  route({
    method: "GET",
    path: "/api/evaluations/runs/{runId}",
    summary: "A run with its figures, over what was answered so far.",
    auth: "api key",
    limit: "programRead",
    params: byRun,
    response: schema.runDetailSchema,
    run: (ctx, { params }) => getRun(ctx, params),
  }),
  route({
    method: "GET",
    path: "/api/evaluations/runs/{runId}/results",
    summary: "A run's cases in their order, each with its answer and scores.",
    auth: "api key",
    limit: "programRead",
    params: byRun,
    query: pages,
    response: paginatedSchema(schema.resultSchema),
    async run(ctx, { params, query }) {
      const { items, total } = await listResults(ctx, { ...params, ...query });
      return paginate(`/api/evaluations/runs/${params.runId}/results`, query, items, total);
    },
  }),
  route({
    method: "GET",
    path: "/api/evaluations/runs/{runId}/comparison",
    summary: "A run beside an earlier one: what got worse, what got better, and how likely that is chance.",
    auth: "api key",
    limit: "program",
    params: byRun,
    query: pages.extend({ baseRunId: z.uuid(), change: z.enum(schema.changes).optional() }),
    response: paginatedSchema(schema.comparedCaseSchema).extend({ totals: schema.comparisonTotalsSchema }),
    async run(ctx, { params, query }) {
      const { items, total, totals } = await compareRuns(ctx, { ...params, ...query });
      return {
        ...paginate(`/api/evaluations/runs/${params.runId}/comparison`, query, items, total),
        totals,
      };
    },
  }),
  route({
    method: "POST",
    path: "/api/evaluations/runs/{runId}/cancellation",
    summary: "Stops a run; what was answered stays.",
    auth: "api key",
    limit: "program",
    params: byRun,
    response: schema.runSchema,
    run: (ctx, { params }) => cancelRun(ctx, params),
  }),
];
