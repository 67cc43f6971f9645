export { trainIntentsQueue } from "./intents.jobs.ts";
export type { IntentClassification } from "./intents.schema.ts";
export { classifyIntent } from "./service/classify-intent.ts";
export { trainIntents } from "./service/train-intents.ts";
