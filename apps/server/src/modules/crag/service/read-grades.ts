import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { resolvePeriod } from "../../analytics/index.ts";
import { type AnswerScope, prepareForFigures } from "../../answers/index.ts";
import { findBot } from "../../bots/index.ts";
import { assertCan } from "../../identity/index.ts";
import * as queries from "../crag.queries.ts";
import type { Listed, ListInput, Metrics, MetricsInput } from "../crag.schema.ts";

/** Evaluations, and the grades of answers, which answers keep themselves. */
export async function listEvaluations(
  ctx: Ctx,
  input: ListInput,
): Promise<{ items: Listed[]; total: number }> {
  assertCan(ctx.actor, "read analytics");
  return inTx(ctx, async (ctx) => queries.listGrades(ctx, (await scopeOf(ctx, input)).scope, input));
}

/** How good the evidence was over some days, and what refining it was good for. */
export async function readCragMetrics(ctx: Ctx, input: MetricsInput): Promise<Metrics> {
  assertCan(ctx.actor, "read analytics");
  return inTx(ctx, async (ctx) => {
    const { scope, range } = await scopeOf(ctx, input);
    await prepareForFigures(ctx);
    const byTenth = new Map(
      (await queries.ratingsByConfidence(ctx, scope)).map(({ tenth, ...row }) => [tenth, row]),
    );
    return {
      range,
      answers: await queries.figuresOfAnswers(ctx, scope),
      evaluations: await queries.figuresOfEvaluations(ctx, scope),
      confidence: Array.from({ length: 10 }, (_, tenth) => ({
        from: tenth / 10,
        ...(byTenth.get(tenth) ?? { answers: 0, up: 0, down: 0 }),
      })),
    };
  });
}

async function scopeOf(
  ctx: TxCtx,
  input: MetricsInput,
): Promise<{ scope: AnswerScope; range: Metrics["range"] }> {
  const { startDate, endDate, zone, split: from, to } = resolvePeriod(input, ctx.now());
  const botId = input.botId ? (await findBot(ctx, input.botId)).id : null;
  return {
    scope: { botId, audience: input.audience, from, to },
    range: { startDate, endDate, timeZone: zone.name },
  };
}
