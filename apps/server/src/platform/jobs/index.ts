export { forgetJobsOf } from "./forget-jobs.ts";
export { createJobs, type Job, type Jobs } from "./jobs.ts";
export { type AnyQueue, defineQueue, type Queue } from "./queue.ts";
