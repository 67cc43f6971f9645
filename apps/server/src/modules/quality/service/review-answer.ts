import { and, eq } from "drizzle-orm";
import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { emit } from "../../../platform/events/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { findAnswer } from "../../answers/index.ts";
import { findConversation } from "../../conversations/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { answerReviewed } from "../quality.events.ts";
import { reviewsOf } from "../quality.queries.ts";
import type { Review, reviewInputSchema } from "../quality.schema.ts";
import { answerReviews } from "../quality.tables.ts";

/** A person's verdict on an answer. The last one counts, whoever gave it; all of them are in the audit log. */
export async function reviewAnswer(
  ctx: Ctx,
  { answerId, verdict, note }: z.infer<typeof reviewInputSchema>,
): Promise<Review | null> {
  assertCan(ctx.actor, "review answers");
  return inTx(ctx, async (ctx) => {
    const answer = await findAnswer(ctx, answerId);
    await findConversation(ctx, answer.conversationId, { lock: true }); // two reviewers come one after the other
    const isThis = and(eq(answerReviews.tenantId, ctx.tenantId), eq(answerReviews.answerId, answerId));
    const [before] = await ctx.tx.select().from(answerReviews).where(isThis);
    const now = ctx.now();
    if (verdict === null) await ctx.tx.delete(answerReviews).where(isThis);
    else {
      const said = {
        verdict,
        note: note || null,
        reviewerId: ctx.actor.kind === "user" ? ctx.actor.userId : null,
        updatedAt: now,
      };
      await ctx.tx
        .insert(answerReviews)
        .values({ tenantId: ctx.tenantId, answerId, createdAt: now, ...said })
        .onConflictDoUpdate({ target: [answerReviews.tenantId, answerReviews.answerId], set: said });
    }
    await recordAudit(ctx, {
      action: verdict === null ? "answer.review-withdrawn" : "answer.reviewed",
      subjectType: "answer",
      subjectId: answerId,
      ...(before ? { before: { verdict: before.verdict, note: before.note } } : {}),
      ...(verdict === null ? {} : { after: { verdict, note: note || null } }),
    });
    await emit(ctx, answerReviewed, { answerId, verdict });
    return (await reviewsOf(ctx, [answerId])).get(answerId) ?? null;
  });
}
