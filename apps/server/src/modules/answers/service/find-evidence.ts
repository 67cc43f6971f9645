import type { Ctx } from "../../../ports/index.ts";
import { type SearchResult, searchKnowledge } from "../../knowledge/index.ts";
import type { AnswerEvent, StageTrace } from "../answers.types.ts";
import { type Grade, grade } from "../pipeline/grade.ts";
import { refineQuery } from "../pipeline/refine.ts";
import { type Asked, asTakenOver, firstSearch, within } from "../pipeline/take-over.ts";
import type { QuestionInput } from "./answer-question.ts";
import { gradeStage, searchStage } from "./search-traces.ts";

export interface Evidence {
  /** The question as it was understood with what was found: what evidence was weighed for. */
  asked: Asked;
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
  /** The message itself; absent where it is the standalone question. */
  question?: string | undefined;
}

/**
 * Retrieve and grade; where the evidence is ambiguous, once more with a refined query, and the better of
 * both is taken. What the conversation was about is searched for beside the question.
 */
export async function* findEvidence(
  ctx: Ctx,
  input: EvidenceInput,
  record: (stage: StageTrace) => AnswerEvent,
): AsyncGenerator<AnswerEvent, Evidence> {
  const { bot, understanding, signal } = input;
  const { language, context, refersBack } = understanding;
  const message = input.question ?? understanding.standaloneQuestion;
  const search = (query: string) =>
    searchKnowledge(ctx, {
      knowledgeBaseId: bot.knowledgeBaseId,
      query,
      said: message,
      context,
      refersBack,
      limit: bot.retrieval.topK,
      signal,
    });

  let at = performance.now();
  let query = firstSearch(message, understanding);
  let found = await search(query);
  const takenOver = asTakenOver(message, understanding, found);
  if (!takenOver) {
    query = understanding.standaloneQuestion;
    found = await search(query);
  }
  const asked: Asked = takenOver ?? { question: query, ofName: query, carried: null };
  /** Where a name was taken over, its passages are weighed, for what is asked of them. */
  const weigh = (result: SearchResult): Grade => {
    const { question, passages } = within(asked, result.passages);
    return grade(question, language, { ...result, passages });
  };
  yield record(searchStage("retrieve", query, found, performance.now() - at, asked));
  at = performance.now();
  const graded = weigh(found);
  yield record(gradeStage(graded, performance.now() - at));

  const refined =
    graded.verdict === "ambiguous" ? refineQuery(asked.question, language, graded.missingTerms) : null;
  if (!refined) return { asked, found, graded, first: graded, refined: null };
  at = performance.now();
  const anew = await search(refined);
  // What the first search knew of words that the second left out stays true.
  const again = { ...anew, frequencies: new Map([...found.frequencies, ...anew.frequencies]) };
  const regraded = weigh(again);
  const isBetter = regraded.confidence > graded.confidence;
  const outcome = { confidence: regraded.confidence, isBetter };
  yield record(searchStage("refine", refined, again, performance.now() - at, outcome));
  const second = { asked, first: graded, refined: { query: refined, isBetter } };
  return isBetter ? { found: again, graded: regraded, ...second } : { found, graded, ...second };
}
