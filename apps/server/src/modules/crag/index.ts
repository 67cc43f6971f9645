export { evaluateQuestion } from "./service/evaluate.ts";
export { listEvaluations, readCragMetrics } from "./service/read-grades.ts";
export { refineCragQuery } from "./service/refine.ts";
