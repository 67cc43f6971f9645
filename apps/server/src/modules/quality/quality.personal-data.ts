import { and, eq, inArray } from "drizzle-orm";
import { answers } from "../answers/answers.tables.ts";
import { type PersonalData, withoutWords } from "../customers/index.ts";
import { answerReviews } from "./quality.tables.ts";

export const qualityPersonalData: PersonalData = {
  tables: { answer_reviews: "notes lose what names the person", contradictions: "quotes documents only" },
  async erase(ctx, person) {
    if (person.conversationIds.length === 0) return;
    const theirs = ctx.tx
      .select({ id: answers.id })
      .from(answers)
      .where(
        and(eq(answers.tenantId, ctx.tenantId), inArray(answers.conversationId, person.conversationIds)),
      );
    await ctx.tx
      .update(answerReviews)
      .set({ note: withoutWords(answerReviews.note, person) })
      .where(and(eq(answerReviews.tenantId, ctx.tenantId), inArray(answerReviews.answerId, theirs)));
  },
};
