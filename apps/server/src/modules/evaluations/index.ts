export { runChanged } from "./evaluations.events.ts";
export { evaluationQueue } from "./evaluations.jobs.ts";
export { evaluationsPersonalData } from "./evaluations.personal-data.ts";
export {
  comparisonTotalsSchema,
  type DraftInput,
  draftSchema,
  type EvaluationResult,
  type EvaluationRun,
  type EvaluationRunDetail,
  resultSchema,
  runDetailSchema,
  runSchema,
} from "./evaluations.schema.ts";
export { compareRuns } from "./service/compare-runs.ts";
export { getRun, listResults, listRuns } from "./service/read-runs.ts";
export { runEvaluation } from "./service/run-evaluation.ts";
export { startRun } from "./service/start-run.ts";
