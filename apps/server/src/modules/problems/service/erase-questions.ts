import { and, eq, inArray, notInArray } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { problemOccurrences, problemQuestions, problems } from "../problems.tables.ts";

/**
 * Takes out of the problems what was asked in these conversations alone. A wording that others used too is nobody's:
 * it stays. The figures stay as they are.
 */
export async function eraseAsked(ctx: TxCtx, conversationIds: string[], erased: string): Promise<void> {
  if (conversationIds.length === 0) return;
  const ofThem = and(
    eq(problemOccurrences.tenantId, ctx.tenantId),
    inArray(problemOccurrences.conversationId, conversationIds),
  );
  const rows = await ctx.tx
    .update(problemOccurrences)
    .set({ question: erased, comment: null })
    .where(ofThem)
    .returning({ questionId: problemOccurrences.questionId });
  for (const id of new Set(rows.map(({ questionId }) => questionId))) {
    const [another] = await ctx.tx
      .select({ id: problemOccurrences.questionId })
      .from(problemOccurrences)
      .where(
        and(
          eq(problemOccurrences.tenantId, ctx.tenantId),
          eq(problemOccurrences.questionId, id),
          notInArray(problemOccurrences.conversationId, conversationIds),
        ),
      )
      .limit(1);
    if (!another) await eraseWording(ctx, id, erased);
  }
}

async function eraseWording(ctx: TxCtx, id: string, erased: string): Promise<void> {
  const itself = and(eq(problemQuestions.tenantId, ctx.tenantId), eq(problemQuestions.id, id));
  const [wording] = await ctx.tx.select().from(problemQuestions).where(itself);
  if (!wording) return;
  await ctx.tx
    .update(problemQuestions)
    // the hash makes wordings equal: this one equals none any more
    .set({ question: erased, wordsHash: `${erased}:${id}`, vector: null, vectorModel: null })
    .where(itself);
  await ctx.tx
    .update(problems)
    .set({ question: erased })
    .where(
      and(
        eq(problems.tenantId, ctx.tenantId),
        eq(problems.id, wording.problemId),
        eq(problems.question, wording.question),
      ),
    );
}
