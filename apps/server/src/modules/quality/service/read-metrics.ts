import { addDays } from "../../../platform/clock/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { clockOf, type Period, resolvePeriod, share } from "../../analytics/index.ts";
import { prepareForFigures } from "../../answers/index.ts";
import { findBot } from "../../bots/index.ts";
import { countHandOffs } from "../../conversations/index.ts";
import { assertCan } from "../../identity/index.ts";
import * as figures from "../figures.queries.ts";
import type { Metrics, MetricsInput, QualityTotals } from "../quality.schema.ts";

/** How good the answers of a period were, of one bot or of all, and of as many days before. */
export async function readMetrics(ctx: Ctx, input: MetricsInput): Promise<Metrics> {
  assertCan(ctx.actor, "read analytics");
  const period = resolvePeriod(input, ctx.now());
  const { startDate, endDate, days, previous, zone, from, split, to } = period;
  return inTx(ctx, async (ctx) => {
    const botId = input.botId ? (await findBot(ctx, input.botId)).id : null;
    const who = { botId, audience: input.audience };
    const both = { ...who, from, to, split };
    const current = { ...who, from: split, to };
    await prepareForFigures(ctx);
    const folded = fold(await figures.qualityBySlot(ctx, both), period);
    const times = await figures.verifyTimes(ctx, both);
    const handOffs = await countHandOffs(ctx, both);
    return {
      range: { startDate, endDate, days, timeZone: zone.name, previous },
      totals: totalsOf(folded.totals, handOffs.after, times.after),
      previous: totalsOf(folded.previous, handOffs.before, times.before),
      calibration: calibrate(await figures.calibrationOf(ctx, current)),
      trend: [...folded.days].map(([date, sums]) => ({
        date,
        answers: sums.answers,
        answered: sums.answered,
        abstained: sums.abstained,
        withheld: sums.withheld,
        claims: sums.claims,
        unsupportedClaims: sums.claims - sums.supportedClaims,
        supportedShare: share(sums.supportedClaims, sums.claims),
        meanConfidence: mean(sums.confidence, sums.answered),
      })),
      bots: (await figures.qualityByBot(ctx, current)).map((sums) => ({
        botId: sums.botId,
        name: sums.name,
        answers: sums.answers,
        answeredShare: sums.answered / sums.answers,
        supportedShare: share(sums.supportedClaims, sums.claims),
      })),
    };
  });
}

type Sums = figures.QualitySums;

const nothing: Sums = {
  answers: 0,
  answered: 0,
  abstained: 0,
  withheld: 0,
  claims: 0,
  supportedClaims: 0,
  contradicted: 0,
  confidence: 0,
  correct: 0,
  partly: 0,
  wrong: 0,
};

function fold(slots: Awaited<ReturnType<typeof figures.qualityBySlot>>, period: Period) {
  const days = new Map<string, Sums>();
  for (let date = period.startDate; date <= period.endDate; date = addDays(date, 1)) {
    days.set(date, { ...nothing });
  }
  const totals = { ...nothing };
  const previous = { ...nothing };
  const clock = clockOf(period);
  for (const { slot, ...sums } of slots) {
    const { isBefore, date } = clock(slot);
    const day = isBefore ? undefined : days.get(date);
    for (const into of isBefore ? [previous] : day ? [totals, day] : [totals]) add(into, sums);
  }
  return { days, totals, previous };
}

function add(to: Sums, more: Sums): void {
  to.answers += more.answers;
  to.answered += more.answered;
  to.abstained += more.abstained;
  to.withheld += more.withheld;
  to.claims += more.claims;
  to.supportedClaims += more.supportedClaims;
  to.contradicted += more.contradicted;
  to.confidence += more.confidence;
  to.correct += more.correct;
  to.partly += more.partly;
  to.wrong += more.wrong;
}

function totalsOf(sums: Sums, handedOver: number, verifyMs: QualityTotals["verifyMs"]): QualityTotals {
  const { answers, answered, abstained, withheld, claims, supportedClaims, contradicted } = sums;
  const { correct, partly, wrong } = sums;
  return {
    answers,
    answered,
    abstained,
    withheld,
    handedOver,
    answeredShare: share(answered, answers),
    abstainedShare: share(abstained, answers),
    withheldShare: share(withheld, answers),
    claims,
    supportedClaims,
    supportedShare: share(supportedClaims, claims),
    unsupportedRate: share(claims - supportedClaims, claims),
    contradicted,
    reviews: { correct, partly, wrong },
    reviewedShareRight: share(correct + partly / 2, correct + partly + wrong),
    verifyMs,
  };
}

/** Ten steps, also those without an answer. */
function calibrate(rows: Awaited<ReturnType<typeof figures.calibrationOf>>): Metrics["calibration"] {
  return Array.from({ length: 10 }, (_, tenth) => {
    const row = rows.find((candidate) => candidate.tenth === tenth);
    const { answers = 0, confidence = 0, judged = 0, right = 0 } = row ?? {};
    return {
      from: tenth / 10,
      to: (tenth + 1) / 10,
      answers,
      meanConfidence: mean(confidence, answers),
      judged,
      rightShare: share(right, judged),
    };
  });
}

/** Sums of the database's short numbers carry noise that can lead beyond 1. */
function mean(sum: number, of: number): number | null {
  return of === 0 ? null : Math.min(1, sum / of);
}
