import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { allBots, findBot } from "../../bots/index.ts";
import { assertCan } from "../../identity/index.ts";
import type { BotAnalytics, Overview, RangeInput } from "../analytics.schema.ts";
import { rowsOfBots } from "./breakdown.ts";
import { readFigures } from "./figures.ts";
import { resolvePeriod } from "./period.ts";

/** The figures of all the tenant's bots together, those of deleted ones too, and a row for each. */
export async function getOverview(ctx: Ctx, input: RangeInput): Promise<Overview> {
  assertCan(ctx.actor, "read analytics");
  const period = resolvePeriod(input, ctx.now());
  return inTx(ctx, async (ctx) => {
    const { figures, kinds } = await readFigures(ctx, { botId: null, audience: input.audience, period });
    const { queries, avgResponseTimeMs, positiveFeedbackRate } = figures.totals;
    return {
      ...figures,
      totalQueries: queries,
      avgResponseTime: avgResponseTimeMs ?? 0,
      positiveFeedbackRate,
      bots: rowsOfBots(kinds, new Map((await allBots(ctx)).map(({ id, name }) => [id, name]))),
    };
  });
}

/** The figures of one bot. */
export async function getBotAnalytics(
  ctx: Ctx,
  input: RangeInput & { botId: string },
): Promise<BotAnalytics> {
  assertCan(ctx.actor, "read analytics");
  const period = resolvePeriod(input, ctx.now());
  return inTx(ctx, async (ctx) => {
    const { id: botId } = await findBot(ctx, input.botId);
    const { figures } = await readFigures(ctx, { botId, audience: input.audience, period });
    return { ...figures, botId };
  });
}
