import type { Ctx } from "../../../ports/index.ts";
import { type SearchResult, searchKnowledge } from "../../knowledge/index.ts";
import type { AnswerEvent, StageTrace } from "../answers.types.ts";
import { type Grade, grade } from "../pipeline/grade.ts";
import { refineQuery } from "../pipeline/refine.ts";
import type { QuestionInput } from "./answer-question.ts";
import { gradeStage, searchStage } from "./search-traces.ts";

export interface Evidence {
  found: SearchResult;
  graded: Grade;
  /** How the first search was graded; `graded` itself where there was no better one. */
  first: Grade;
  /** The second search; null where there was no need of one, or no other query. */
  refined: { query: string; isBetter: boolean } | null;
}

/** What finding evidence takes of a question that is being answered. */
export interface EvidenceInput extends Pick<QuestionInput, "understanding" | "signal"> {
  bot: Pick<QuestionInput["bot"], "knowledgeBaseId"> & { retrieval: { topK: number } };
}

/**
 * Retrieve and grade; where the evidence is ambiguous, once more with a refined query, and the better of
 * both is taken.
 */
export async function* findEvidence(
  ctx: Ctx,
  { bot, understanding, signal }: EvidenceInput,
  record: (stage: StageTrace) => AnswerEvent,
): AsyncGenerator<AnswerEvent, Evidence> {
  const { standaloneQuestion: question, language } = understanding;
  const search = (query: string) =>
    searchKnowledge(ctx, {
      knowledgeBaseId: bot.knowledgeBaseId,
      query,
      limit: bot.retrieval.topK,
      signal,
    });

  let at = performance.now();
  const found = await search(question);
  yield record(searchStage("retrieve", question, found, performance.now() - at));
  at = performance.now();
  const graded = grade(question, language, found);
  yield record(gradeStage(graded, performance.now() - at));

  const refined =
    graded.verdict === "ambiguous" ? refineQuery(question, language, graded.missingTerms) : null;
  if (!refined) return { found, graded, first: graded, refined: null };
  at = performance.now();
  const again = await search(refined);
  const regraded = grade(question, language, again);
  const isBetter = regraded.confidence > graded.confidence;
  const outcome = { confidence: regraded.confidence, isBetter };
  yield record(searchStage("refine", refined, again, performance.now() - at, outcome));
  const second = { first: graded, refined: { query: refined, isBetter } };
  return isBetter ? { found: again, graded: regraded, ...second } : { found, graded, ...second };
}
