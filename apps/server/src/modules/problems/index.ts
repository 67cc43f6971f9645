export { problemChanged } from "./problems.events.ts";
export { reclusterQueue, recordHandOffQueue, recordQueue, retestQueue } from "./problems.jobs.ts";
export { problemsPersonalData } from "./problems.personal-data.ts";
export { runClustering } from "./service/recluster.ts";
export { recordAnswer, recordHandOff } from "./service/record-answer.ts";
export { runTest } from "./service/run-test.ts";
