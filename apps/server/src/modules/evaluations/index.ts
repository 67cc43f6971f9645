export { runChanged } from "./evaluations.events.ts";
export { evaluationQueue } from "./evaluations.jobs.ts";
export { runEvaluation } from "./service/run-evaluation.ts";
