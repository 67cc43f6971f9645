export { automationFollowers } from "./automation.followers.ts";
export { automationQueue } from "./automation.jobs.ts";
export { automationPersonalData } from "./automation.personal-data.ts";
export { runRules } from "./service/run-rules.ts";
