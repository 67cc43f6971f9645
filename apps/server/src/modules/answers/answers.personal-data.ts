import { and, eq, inArray, sql } from "drizzle-orm";
import { names, type PersonalData } from "../customers/index.ts";
import { answers } from "./answers.tables.ts";

export const answersPersonalData: PersonalData = {
  tables: {
    answers: "what was asked, the comment of the rating, and sentences that name the person",
    citations: "quotes documents only",
  },
  async erase(ctx, person) {
    const { conversationIds, erased } = person;
    if (conversationIds.length === 0) return;
    const theirs = and(eq(answers.tenantId, ctx.tenantId), inArray(answers.conversationId, conversationIds));
    await ctx.tx
      .update(answers)
      .set({
        question: erased,
        ratingComment: null,
        trace: sql`${answers.trace} || jsonb_build_object('standaloneQuestion', ${erased}::text, 'stages', '[]'::jsonb)`,
      })
      .where(theirs);
    await ctx.tx
      .update(answers)
      .set({ claims: [] })
      .where(and(theirs, names(answers.claims, person)));
  },
};
