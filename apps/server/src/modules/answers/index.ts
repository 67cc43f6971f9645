export { type Answer, answerSchema, type Citation } from "./answers.schema.ts";
export { say } from "./answers.strings.ts";
export type { AnswerEvent } from "./answers.types.ts";
export { ask } from "./service/ask.ts";
export { type AnsweredMessage, getAnswer, rateAnswer, withAnswers } from "./service/read-answers.ts";
