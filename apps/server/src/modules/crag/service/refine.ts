import { inTx } from "../../../platform/ctx/index.ts";
import { fold, tokenize } from "../../../platform/text/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { refineQuestion } from "../../answers/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import type { QuestionInput, RefinedQuery } from "../crag.schema.ts";
import { placeOf } from "./scope.ts";

/** The query by which a second search for the question would go, and what it leaves out. Nothing but the audit is kept. */
export async function refineCragQuery(
  ctx: Ctx,
  input: QuestionInput & { signal: AbortSignal },
): Promise<RefinedQuery> {
  assertCan(ctx.actor, "manage knowledge");
  const place = await placeOf(ctx, input);
  const { question, signal } = input;
  const { language, graded, refined } = await refineQuestion(ctx, { ...place, question, signal });
  await inTx(ctx, (ctx) =>
    recordAudit(ctx, {
      action: "crag.refined",
      subjectType: "knowledge_base",
      subjectId: place.knowledgeBaseId,
    }),
  );
  const { verdict, confidence, missingTerms } = graded;
  const dropped = refined === null ? [] : droppedWords(question, refined, missingTerms);
  return { question, language, refined, dropped, missingTerms, verdict, confidence };
}

/** The words of the question that the query has not, each once, in their order. */
function droppedWords(question: string, refined: string, missingTerms: string[]): RefinedQuery["dropped"] {
  const kept = new Set(wordsOf(refined).map(fold));
  const dropped = [...new Set(wordsOf(question))].filter((word) => !kept.has(fold(word)));
  return dropped.map((word) => ({
    word,
    reason: missingTerms.some((term) => fold(word).startsWith(term)) ? "missing" : "filler",
  }));
}

function wordsOf(text: string): string[] {
  return tokenize(text).map(({ start, end }) => text.slice(start, end));
}
