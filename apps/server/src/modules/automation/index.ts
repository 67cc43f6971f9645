export { automationFollowers } from "./automation.followers.ts";
export { automationQueue } from "./automation.jobs.ts";
export { runRules } from "./service/run-rules.ts";
