export { type Answer, answerSchema, type Citation } from "./answers.schema.ts";
export { say } from "./answers.strings.ts";
export type { AnswerEvent } from "./answers.types.ts";
export {
  type AnswerScope,
  answersByKind,
  answersBySlot,
  type KindFigures,
  mostCited,
  prepareForFigures,
  recentComments,
  responseTimes,
  type SlotFigures,
  slotMinutes,
  topUnanswered,
} from "./figures.queries.ts";
export { ask } from "./service/ask.ts";
export { type AnsweredMessage, getAnswer, rateAnswer, withAnswers } from "./service/read-answers.ts";
