export { answerReviewed } from "./quality.events.ts";
export { contradictionsQueue } from "./quality.jobs.ts";
export { qualityPersonalData } from "./quality.personal-data.ts";
export { checkAnswer } from "./service/check-answer.ts";
export { dismissContradiction, listContradictions } from "./service/contradictions.ts";
export { listAnswers } from "./service/list-answers.ts";
export { readMetrics } from "./service/read-metrics.ts";
export { recordContradictions } from "./service/record-contradictions.ts";
export { reviewAnswer } from "./service/review-answer.ts";
