/** The stages of an answer, in their order; `refine` is left out where the first search was enough. */
export const answerStages = ["understand", "retrieve", "grade", "refine", "answer", "verify"] as const;
export type AnswerStage = (typeof answerStages)[number];

export function isAnswerStage(stage: string): stage is AnswerStage {
  return answerStages.some((each) => each === stage);
}
