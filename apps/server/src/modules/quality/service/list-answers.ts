import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { resolvePeriod } from "../../analytics/index.ts";
import { findBot } from "../../bots/index.ts";
import { assertCan } from "../../identity/index.ts";
import { listReviewable, reviewsOf } from "../quality.queries.ts";
import type { ListInput, Reviewable } from "../quality.schema.ts";

/** Answers of a period with their reviews: what is to be reviewed, and what was. */
export async function listAnswers(
  ctx: Ctx,
  input: ListInput,
): Promise<{ items: Reviewable[]; total: number }> {
  assertCan(ctx.actor, "read conversations");
  const { split, to } = resolvePeriod(input, ctx.now());
  return inTx(ctx, async (ctx) => {
    const botId = input.botId ? (await findBot(ctx, input.botId)).id : null;
    const scope = { botId, audience: input.audience, from: split, to };
    const { rows, total } = await listReviewable(ctx, scope, input);
    const reviews = await reviewsOf(
      ctx,
      rows.map(({ id }) => id),
    );
    return {
      items: rows.map(({ botId, botName, ...row }) => ({
        ...row,
        bot: botName === null ? null : { id: botId, name: botName },
        review: reviews.get(row.id) ?? null,
      })),
      total,
    };
  });
}
