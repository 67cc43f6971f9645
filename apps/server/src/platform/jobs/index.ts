export { createJobs, type Jobs } from "./jobs.ts";
export { defineQueue, type Queue } from "./queue.ts";
