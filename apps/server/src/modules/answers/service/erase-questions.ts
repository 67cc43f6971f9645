import { and, eq, inArray, sql } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { answers } from "../answers.tables.ts";

/** Takes out of the answers of these conversations what was asked there; what was answered, and from what, stays. */
export async function eraseQuestions(ctx: TxCtx, conversationIds: string[], erased: string): Promise<void> {
  if (conversationIds.length === 0) return;
  await ctx.tx
    .update(answers)
    .set({
      question: erased,
      ratingComment: null,
      trace: sql`${answers.trace} || jsonb_build_object('standaloneQuestion', ${erased}::text, 'stages', '[]'::jsonb)`,
    })
    .where(and(eq(answers.tenantId, ctx.tenantId), inArray(answers.conversationId, conversationIds)));
}
