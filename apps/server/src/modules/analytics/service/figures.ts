import type { TxCtx } from "../../../ports/index.ts";
import {
  answersByKind,
  answersBySlot,
  type KindFigures,
  mostCited,
  prepareForFigures,
  recentComments,
  responseTimes,
  topUnanswered,
} from "../../answers/index.ts";
import { type Audience, countHandOffs } from "../../conversations/index.ts";
import type { Figures } from "../analytics.schema.ts";
import { breakDown } from "./breakdown.ts";
import type { Period } from "./period.ts";
import { foldSlots, totalsOf } from "./trend.ts";

/** How many rows a list shows. */
const listed = 20;

/** All figures of a period, of one bot or of all, with the kinds that they were made of. */
export async function readFigures(
  ctx: TxCtx,
  { period, ...who }: { botId: string | null; audience: Audience; period: Period },
): Promise<{ figures: Figures; kinds: KindFigures[] }> {
  const { preset, zone, startDate, endDate, days, previous, from, split, to } = period;
  const both = { ...who, from, to };
  const current = { ...who, from: split, to };
  await prepareForFigures(ctx);
  const trend = foldSlots(await answersBySlot(ctx, both), period);
  const times = await responseTimes(ctx, { ...both, split });
  const handOffs = await countHandOffs(ctx, { ...both, split });
  const kinds = await answersByKind(ctx, current);
  const totals = totalsOf(trend.totals, times.after, handOffs.after);
  const { positive, negative, queries, positiveFeedbackRate: rate } = totals;
  return {
    kinds,
    figures: {
      range: { preset, startDate, endDate, days, timeZone: zone.name, audience: who.audience, previous },
      totals,
      previous: totalsOf(trend.previous, times.before, handOffs.before),
      queryTrend: trend.queryTrend,
      hours: trend.hours,
      ...breakDown(kinds),
      unanswered: await topUnanswered(ctx, current, listed),
      citedDocuments: await mostCited(ctx, current, listed),
      feedbackSummary: {
        positive,
        negative,
        unrated: queries - positive - negative,
        rate,
        comments: await recentComments(ctx, current, listed),
      },
    },
  };
}
