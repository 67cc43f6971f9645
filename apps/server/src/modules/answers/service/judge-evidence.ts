import type { Ctx } from "../../../ports/index.ts";
import { type SearchResult, searchKnowledge } from "../../knowledge/index.ts";
import type { StageTrace } from "../answers.types.ts";
import { type Grade, grade } from "../pipeline/grade.ts";
import { refineQuery } from "../pipeline/refine.ts";
import { understand } from "../pipeline/understand.ts";
import { type Evidence, findEvidence } from "./find-evidence.ts";

interface QuestionToJudge {
  knowledgeBaseId: string;
  question: string;
  /** Passages that an answer would be made of. */
  topK: number;
  signal: AbortSignal;
}

export interface JudgedEvidence extends Evidence {
  language: string;
  /** Milliseconds. */
  ms: number;
  stages: StageTrace[];
}

/** What the evidence for a question is worth, as an answer would find and grade it; nothing is answered or kept. */
export async function judgeEvidence(ctx: Ctx, input: QuestionToJudge): Promise<JudgedEvidence> {
  const { knowledgeBaseId, question, topK, signal } = input;
  const started = performance.now();
  const understanding = understand(question, []);
  const stages: StageTrace[] = [];
  const finding = findEvidence(
    ctx,
    { bot: { knowledgeBaseId, retrieval: { topK } }, understanding, signal },
    (stage) => {
      stages.push(stage);
      return { type: "stage", stage };
    },
  );
  let step = await finding.next();
  while (!step.done) step = await finding.next();
  return { ...step.value, language: understanding.language, ms: performance.now() - started, stages };
}

export interface RefinedQuestion {
  language: string;
  graded: Grade;
  found: SearchResult;
  /** Null: there is nothing to leave out of the question. */
  refined: string | null;
}

/** The query by which a second search for the question would go, whatever the first one found. */
export async function refineQuestion(ctx: Ctx, input: QuestionToJudge): Promise<RefinedQuestion> {
  const { knowledgeBaseId, question, topK, signal } = input;
  const { language, standaloneQuestion } = understand(question, []);
  const found = await searchKnowledge(ctx, {
    knowledgeBaseId,
    query: standaloneQuestion,
    limit: topK,
    signal,
  });
  const graded = grade(standaloneQuestion, language, found);
  return { language, graded, found, refined: refineQuery(standaloneQuestion, language, graded.missingTerms) };
}
