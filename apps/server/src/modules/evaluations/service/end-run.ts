import { inTx } from "../../../platform/ctx/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { recordPromptCheck } from "../../bots/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { runChanged } from "../evaluations.events.ts";
import * as queries from "../evaluations.queries.ts";
import type { EvaluationRun } from "../evaluations.schema.ts";
import { evaluationRuns } from "../evaluations.tables.ts";
import { assertOwnBot } from "./own-bot.ts";
import { summaryOf } from "./summary-of.ts";

/** Ends a run that has not ended. A whole run that was completed is what publishing its text may rest on. */
export async function endRun(
  ctx: Ctx,
  {
    runId,
    status,
    failure,
  }: { runId: string; status: "completed" | "cancelled" | "failed"; failure: string | null },
): Promise<queries.RunRow> {
  return inTx(ctx, async (ctx) => {
    const run = await queries.findRun(ctx, runId, { lock: true });
    if (run.status !== "queued" && run.status !== "running") return run;
    const results = await queries.answeredResults(ctx, runId);
    const ended = { status, failure, summary: summaryOf(results), finishedAt: ctx.now() };
    await ctx.tx.update(evaluationRuns).set(ended).where(queries.thisRun(ctx, runId));
    if (status === "completed" && run.isWhole && run.kind === "cases") {
      const idsOf = (passed: boolean) =>
        results.filter((result) => result.passed === passed).map(({ itemId }) => itemId);
      await recordPromptCheck(ctx, {
        botId: run.botId,
        contentSha256: run.promptSha256,
        settingsSha256: run.botSettingsSha256,
        runId,
        passedCases: idsOf(true),
        failedCases: idsOf(false),
      });
    }
    await emit(ctx, runChanged, { runId, botId: run.botId });
    return { ...run, ...ended };
  });
}

/** Stops a run; what was answered stays. One that has ended stays as it is. */
export async function cancelRun(ctx: Ctx, input: { runId: string }): Promise<EvaluationRun> {
  assertCan(ctx.actor, "evaluate bots");
  return inTx(ctx, async (ctx) => {
    const before = await queries.findRun(ctx, input.runId, { lock: true });
    assertOwnBot(ctx, before.botId);
    const run = await endRun(ctx, { runId: before.id, status: "cancelled", failure: null });
    if (run.status !== before.status) {
      await recordAudit(ctx, {
        action: "evaluation-run.cancelled",
        subjectType: "evaluation run",
        subjectId: run.id,
        after: { done: run.done, total: run.total },
      });
    }
    return queries.toRun(run);
  });
}
