import { and, eq, inArray } from "drizzle-orm";
import { type PersonalData, withoutWords } from "../customers/index.ts";
import { problemArticles, problemOccurrences, problemQuestions, problemTests } from "./problems.tables.ts";
import { eraseAsked } from "./service/erase-questions.ts";

export const problemsPersonalData: PersonalData = {
  tables: {
    problems: "the title is replaced, where it was this person's wording alone",
    problem_questions: "the wording is replaced, where nobody else used it",
    problem_occurrences: "what was asked, and the comment, are replaced",
    problem_articles: "lose what names the person",
    problem_tests: "lose their questions, until the next test",
  },
  async erase(ctx, person) {
    const { conversationIds, erased } = person;
    if (conversationIds.length === 0) return;
    const { tenantId } = ctx;
    const questions = ctx.tx
      .select({ id: problemOccurrences.questionId })
      .from(problemOccurrences)
      .where(
        and(
          eq(problemOccurrences.tenantId, tenantId),
          inArray(problemOccurrences.conversationId, conversationIds),
        ),
      );
    const theirs = ctx.tx
      .select({ id: problemQuestions.problemId })
      .from(problemQuestions)
      .where(and(eq(problemQuestions.tenantId, tenantId), inArray(problemQuestions.id, questions)));
    await ctx.tx
      .update(problemTests)
      .set({ results: [] })
      .where(and(eq(problemTests.tenantId, tenantId), inArray(problemTests.problemId, theirs)));
    const { title, content } = problemArticles;
    await ctx.tx
      .update(problemArticles)
      .set({ title: withoutWords(title, person), content: withoutWords(content, person) })
      .where(and(eq(problemArticles.tenantId, tenantId), inArray(problemArticles.problemId, theirs)));
    await eraseAsked(ctx, conversationIds, erased);
  },
};
