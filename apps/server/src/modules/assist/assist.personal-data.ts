import { and, eq, inArray } from "drizzle-orm";
import { names, type PersonalData, withoutWords } from "../customers/index.ts";
import { handoffBriefs, labelExamples } from "./assist.tables.ts";

export const assistPersonalData: PersonalData = {
  tables: {
    handoff_briefs: "removed: they retell what the person wrote",
    label_examples: "loses what names the person",
  },
  async erase(ctx, person) {
    const { conversationIds } = person;
    if (conversationIds.length > 0) {
      const theirs = inArray(handoffBriefs.conversationId, conversationIds);
      await ctx.tx.delete(handoffBriefs).where(and(eq(handoffBriefs.tenantId, ctx.tenantId), theirs));
    }
    await ctx.tx
      .update(labelExamples)
      .set({ text: withoutWords(labelExamples.text, person) })
      .where(and(eq(labelExamples.tenantId, ctx.tenantId), names(labelExamples.text, person)));
  },
};
