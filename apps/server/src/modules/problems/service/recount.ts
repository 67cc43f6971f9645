import { and, eq, notExists } from "drizzle-orm";
import { emit } from "../../../platform/events/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import { problemChanged } from "../problems.events.ts";
import { findProblem, questionsOf, sumOf, withArticles } from "../problems.queries.ts";
import { problemOccurrences, problemQuestions, problems } from "../problems.tables.ts";

/**
 * Brings what a problem says of itself in line with its occurrences, and tells who watches. Wordings that nobody placed
 * and that nothing speaks of any more go; so does an open problem without any that nobody has worked on.
 */
export async function recount(ctx: TxCtx, problemId: string): Promise<void> {
  const problem = await findProblem(ctx, problemId, { lock: true });
  const ofOccurrence = and(
    eq(problemOccurrences.tenantId, problemQuestions.tenantId),
    eq(problemOccurrences.questionId, problemQuestions.id),
  );
  await ctx.tx
    .delete(problemQuestions)
    .where(
      and(
        eq(problemQuestions.tenantId, ctx.tenantId),
        eq(problemQuestions.problemId, problemId),
        eq(problemQuestions.isPlaced, false),
        notExists(ctx.tx.select().from(problemOccurrences).where(ofOccurrence)),
      ),
    );
  const [most] = await questionsOf(ctx, problemId, 1);
  const isGone = !most && problem.status === "open" && !(await withArticles(ctx, [problemId])).has(problemId);
  const thisProblem = and(eq(problems.tenantId, ctx.tenantId), eq(problems.id, problemId));
  if (isGone) await ctx.tx.delete(problems).where(thisProblem);
  else {
    const sum = await sumOf(ctx, problemId);
    await ctx.tx
      .update(problems)
      .set({
        occurrences: sum.occurrences,
        lastAnswerId: sum.lastAnswerId,
        lastSeenAt: sum.lastSeenAt ?? problem.lastSeenAt,
        question: most?.question ?? problem.question,
        updatedAt: ctx.now(),
      })
      .where(thisProblem);
  }
  await emit(ctx, problemChanged, { problemId, botId: problem.botId });
}
