import { and, eq, inArray, or } from "drizzle-orm";
import { answers } from "../answers/answers.tables.ts";
import { messages } from "../conversations/conversations.tables.ts";
import type { PersonalData } from "../customers/index.ts";
import { evaluationCases, evaluationResults, evaluationRuns } from "./evaluations.tables.ts";

export const evaluationsPersonalData: PersonalData = {
  tables: {
    evaluation_cases: "removed where they were made of what the person asked",
    evaluation_runs: "replays of their conversations are removed",
    evaluation_results: "removed with the case or the replay that they are of",
  },
  async erase(ctx, { conversationIds }) {
    if (conversationIds.length === 0) return;
    const { tenantId } = ctx;
    await ctx.tx
      .delete(evaluationRuns)
      .where(
        and(eq(evaluationRuns.tenantId, tenantId), inArray(evaluationRuns.conversationId, conversationIds)),
      );
    const said = ctx.tx
      .select({ id: messages.id })
      .from(messages)
      .where(and(eq(messages.tenantId, tenantId), inArray(messages.conversationId, conversationIds)));
    const answered = ctx.tx
      .select({ id: answers.id })
      .from(answers)
      .where(and(eq(answers.tenantId, tenantId), inArray(answers.conversationId, conversationIds)));
    const { originId } = evaluationCases;
    const gone = await ctx.tx
      .delete(evaluationCases)
      .where(
        and(
          eq(evaluationCases.tenantId, tenantId),
          or(inArray(originId, conversationIds), inArray(originId, said), inArray(originId, answered)),
        ),
      )
      .returning({ id: evaluationCases.id });
    if (gone.length === 0) return;
    const items = inArray(
      evaluationResults.itemId,
      gone.map(({ id }) => id),
    );
    await ctx.tx.delete(evaluationResults).where(and(eq(evaluationResults.tenantId, tenantId), items));
  },
};
