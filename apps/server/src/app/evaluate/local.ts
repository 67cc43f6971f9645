import { eq, or, sql } from "drizzle-orm";
import { contextFor, type Services } from "../../faces/principal.ts";
import { bots } from "../../modules/bots/bots.tables.ts";
import {
  compareRuns,
  getRun,
  listResults,
  listRuns,
  runEvaluation,
  startRun,
} from "../../modules/evaluations/index.ts";
import { readEnv } from "../../platform/env/index.ts";
import { createLog } from "../../platform/log/index.ts";
import type { Ctx } from "../../ports/index.ts";
import { buildServices } from "../build-services.ts";
import { allPages, type Evaluator, EvaluatorFailure } from "./evaluator.ts";

/** A data directory, opened by this process: its runs are worked off here and by no server. */
export async function localEvaluator(directory: string, bot: string): Promise<Evaluator> {
  const env = readEnv({ ...process.env, DATA_DIR: directory });
  const running = await buildServices(env, createLog("silent"));
  const { tenantId, botId } = await findBot(running.services, bot);
  const ctx: Ctx = contextFor(running.services, { kind: "system", name: "evaluate" }, tenantId, null);
  return {
    start: ({ bot: _named, ...input }) => startRun(ctx, { ...input, botId }),
    async wait(runId, tell) {
      for (;;) {
        await runEvaluation(ctx, { runId }, { lastTry: true });
        const run = await getRun(ctx, { runId });
        if (run.finishedAt) return run;
        tell(run);
      }
    },
    results: (runId) =>
      allPages(async (page) => {
        const { items, total } = await listResults(ctx, { runId, page, pageSize: 100 });
        return { items, totalPages: Math.ceil(total / 100) };
      }),
    async previous({ id }) {
      const { items } = await listRuns(ctx, { botId, page: 1, pageSize: 100 });
      return items.find((one) => one.id !== id && one.isWhole && one.status === "completed")?.id ?? null;
    },
    async compare(runId, baseRunId) {
      return (await compareRuns(ctx, { runId, baseRunId, page: 1, pageSize: 1 })).totals;
    },
    close: () => running.close(),
  };
}

/** A system query: whose bot it is. The operator, who has the directory, may ask any. */
async function findBot({ db }: Services, named: string): Promise<{ tenantId: string; botId: string }> {
  const [row] = await db
    .system()
    .select({ tenantId: bots.tenantId, botId: bots.id })
    .from(bots)
    .where(or(eq(sql`${bots.id}::text`, named), eq(bots.publicUrlId, named)));
  if (!row) throw new EvaluatorFailure(`There is no bot "${named}" in this data directory.`);
  return row;
}
