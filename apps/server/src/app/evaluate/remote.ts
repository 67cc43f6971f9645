import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { paginatedSchema } from "../../faces/pagination.ts";
import {
  comparisonTotalsSchema,
  resultSchema,
  runDetailSchema,
  runSchema,
} from "../../modules/evaluations/index.ts";
import { allPages, type Evaluator, EvaluatorFailure } from "./evaluator.ts";

/** Milliseconds between two looks at a run. */
const patience = 1_000;

const errorSchema = z.object({ error: z.object({ code: z.string(), message: z.string() }) });
const date = z.coerce.date();
const dates = { createdAt: date, startedAt: date.nullable(), finishedAt: date.nullable() };
const run = runSchema.extend(dates);
const detail = runDetailSchema.extend(dates);

/** A running server, by its API. */
export function remoteEvaluator({ url, key }: { url: string; key: string }): Evaluator {
  async function call<Schema extends z.ZodType>(
    schema: Schema,
    path: string,
    body?: object,
  ): Promise<z.infer<Schema>> {
    const response = await fetch(`${url}/api/evaluations${path}`, {
      method: body ? "POST" : "GET",
      headers: { authorization: `Bearer ${key}`, ...(body ? { "content-type": "application/json" } : {}) },
      body: body ? JSON.stringify(body) : null,
    }).catch((error: unknown) => {
      throw new EvaluatorFailure(`No server answers at ${url}.`, { cause: error });
    });
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return schema.parse(answer);
    const refusal = errorSchema.safeParse(answer);
    throw new EvaluatorFailure(
      refusal.success ? refusal.data.error.message : `The server answered with status ${response.status}.`,
    );
  }
  return {
    start: (input) => call(run, "/runs", input),
    async wait(runId, tell) {
      for (;;) {
        const now = await call(detail, `/runs/${runId}`);
        if (now.finishedAt) return now;
        tell(now);
        await pause(patience);
      }
    },
    results: (runId) =>
      allPages(async (page) => {
        const list = await call(
          paginatedSchema(resultSchema),
          `/runs/${runId}/results?pageSize=100&page=${page}`,
        );
        return { items: list.items, totalPages: list.meta.totalPages };
      }),
    async previous({ id, botId }) {
      const list = await call(paginatedSchema(run), `/runs?botId=${botId}&pageSize=100`);
      return list.items.find((one) => one.id !== id && one.isWhole && one.status === "completed")?.id ?? null;
    },
    async compare(runId, baseRunId) {
      const { totals } = await call(
        z.object({ totals: comparisonTotalsSchema }),
        `/runs/${runId}/comparison?pageSize=1&baseRunId=${baseRunId}`,
      );
      return totals;
    },
    async close() {},
  };
}
