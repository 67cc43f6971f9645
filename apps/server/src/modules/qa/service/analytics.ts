import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { channelFigures } from "../../answers/index.ts";
import { assertCan } from "../../identity/index.ts";
import type { portalFiguresSchema } from "../qa.schema.ts";

/** What was asked in the portal from one moment to another, both included. */
export async function portalFigures(
  ctx: Ctx,
  period: { dateFrom: Date; dateTo: Date },
): Promise<z.output<typeof portalFiguresSchema>> {
  assertCan(ctx.actor, "manage portal");
  const { answers, rated, latencyMs, confidence, rating } = await inTx(ctx, (ctx) =>
    channelFigures(ctx, { channel: "portal", from: period.dateFrom, to: period.dateTo }),
  );
  return {
    totalQuestions: answers,
    avgResponseTime: Math.round(latencyMs),
    avgConfidence: twoDigits(confidence),
    feedbackRate: answers === 0 ? 0 : Math.round((rated / answers) * 100),
    avgRating: twoDigits(rating),
  };
}

function twoDigits(value: number): number {
  return Math.round(value * 100) / 100;
}
