import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan } from "../../identity/index.ts";
import * as queries from "../evaluations.queries.ts";
import type { changes, compareSchema } from "../evaluations.schema.ts";
import { signTest } from "../scoring/sign-test.ts";
import { assertOwnBot } from "./own-bot.ts";

type Change = (typeof changes)[number];

/**
 * Two runs of one bot side by side, by the cases that both have answered: what moved first, in the order of the later
 * run. Throws VALIDATION_ERROR for runs of different bots.
 */
export async function compareRuns(ctx: Ctx, input: z.infer<typeof compareSchema>) {
  assertCan(ctx.actor, "read evaluations");
  return inTx(ctx, async (ctx) => {
    const run = await queries.findRun(ctx, input.runId);
    const base = await queries.findRun(ctx, input.baseRunId);
    assertOwnBot(ctx, run.botId);
    if (run.botId !== base.botId) {
      throw new AppError("VALIDATION_ERROR", "These runs are of different bots. Choose two of the same one.");
    }
    const before = new Map((await queries.answeredResults(ctx, base.id)).map((row) => [row.itemId, row]));
    const pairs = (await queries.answeredResults(ctx, run.id)).flatMap((after) => {
      const former = before.get(after.itemId);
      return former ? [{ itemId: after.itemId, change: changeOf(former, after), before: former, after }] : [];
    });
    const moved = (change: Change) => pairs.filter((pair) => pair.change === change);
    const [regressed, fixed] = [moved("regressed"), moved("fixed")];
    const shown = input.change ? moved(input.change) : [...regressed, ...fixed, ...moved("same")];
    const from = (input.page - 1) * input.pageSize;
    return {
      run: queries.toRun(run),
      base: queries.toRun(base),
      totals: {
        cases: pairs.length,
        passedBefore: pairs.filter((pair) => pair.before.passed).length,
        passedAfter: pairs.filter((pair) => pair.after.passed).length,
        regressed: regressed.length,
        fixed: fixed.length,
        pValue: signTest(regressed.length, fixed.length),
      },
      items: shown.slice(from, from + input.pageSize).map(({ before, after, ...pair }) => ({
        ...pair,
        before: queries.toResult(before),
        after: queries.toResult(after),
      })),
      total: shown.length,
    };
  });
}

function changeOf(before: queries.ResultRow, after: queries.ResultRow): Change {
  if (before.passed === after.passed) return "same";
  return after.passed ? "fixed" : "regressed";
}
