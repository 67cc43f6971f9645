export { answerContradicted, answerMissing, answerRated } from "./answers.events.ts";
export { answersPersonalData } from "./answers.personal-data.ts";
export { findAnswer } from "./answers.queries.ts";
export {
  type Answer,
  answerSchema,
  type Citation,
  citationSchema,
  claimSchema,
  contradictionSchema,
  modeSchema,
  type Quotation,
  quotationSchema,
  verdictSchema,
} from "./answers.schema.ts";
export { type SpokenLanguage, say } from "./answers.strings.ts";
export {
  type AnswerEvent,
  type ContradictingPlace,
  type Contradiction,
  offerReasons,
  refinements,
} from "./answers.types.ts";
export { type ChannelFigures, channelFigures } from "./channel-figures.queries.ts";
export {
  type AnswerScope,
  answersByKind,
  answersBySlot,
  answersWithin,
  type KindFigures,
  mostCited,
  prepareForFigures,
  recentComments,
  responseTimes,
  type SlotFigures,
  slotMinutes,
  topUnanswered,
} from "./figures.queries.ts";
export { answerBefore, type JudgedAnswer, judgedAnswers, poorAnswers } from "./judged.queries.ts";
export type { AnswerOutcome } from "./service/answer-question.ts";
export { sourcesOfAnswer } from "./service/answer-sources.ts";
export type { Draft } from "./service/answerer.ts";
export { ask } from "./service/ask.ts";
export { askWhole, type WholeAnswer, wholeAnswerSchema } from "./service/ask-whole.ts";
export {
  type JudgedEvidence,
  judgeEvidence,
  type RefinedQuestion,
  refineQuestion,
} from "./service/judge-evidence.ts";
export { type AnsweredMessage, getAnswer, rateAnswer, withAnswers } from "./service/read-answers.ts";
export { type TriedAnswer, type TryInput, tryAnswer } from "./service/try-answer.ts";
export { shareSupported, verifyAnswer } from "./verification/index.ts";
