import { AppError } from "../../../platform/errors/index.ts";
import type { Answers, Question, SurveyKind } from "../surveys.types.ts";

/** The kind of question by which a kind of survey is counted; null where it has no figure of its own. */
export function scoredKind(kind: SurveyKind): "rating" | "nps" | null {
  if (kind === "csat") return "rating";
  return kind === "nps" ? "nps" : null;
}

/** The numbers that a question can be answered by: both ends included. Null for words. */
export function rangeOf(question: Question): [least: number, most: number] | null {
  switch (question.kind) {
    case "rating":
      return [1, 5];
    case "nps":
      return [0, 10];
    case "choice":
      return [0, question.options.length - 1];
    case "text":
      return null;
  }
}

/** The answers to these questions, without empty words. Throws VALIDATION_ERROR, which names the question. */
export function checkAnswers(questions: readonly Question[], given: Answers): Answers {
  const keys = new Set(questions.map(({ key }) => key));
  for (const key of Object.keys(given)) {
    if (!keys.has(key)) throw refused(key, `There is no question "${key}".`);
  }
  const kept: Answers = {};
  for (const question of questions) {
    const answer = given[question.key];
    if (answer === undefined || answer === "") {
      if (question.required) throw refused(question.key, `Answer the question "${question.key}".`);
      continue;
    }
    const range = rangeOf(question);
    if (!range) {
      if (typeof answer !== "string") throw refused(question.key, `"${question.key}" is answered in words.`);
    } else if (typeof answer !== "number" || answer < range[0] || answer > range[1]) {
      throw refused(
        question.key,
        `"${question.key}" is answered by a number from ${range[0]} to ${range[1]}.`,
      );
    }
    kept[question.key] = answer;
  }
  return kept;
}

/** The number by which a survey of this kind is counted. */
export function scoreOf(kind: SurveyKind, questions: readonly Question[], answers: Answers): number | null {
  const scored = scoredKind(kind);
  const question = questions.find((one) => one.kind === scored && one.required);
  const score = question && answers[question.key];
  return typeof score === "number" ? score : null;
}

function refused(key: string, message: string): AppError {
  return new AppError("VALIDATION_ERROR", message, { details: { question: key } });
}
