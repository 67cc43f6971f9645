export { type Classification, classify, type IntentModel } from "./classifier/classifier.ts";
export { confidenceOf } from "./classifier/confidence.ts";
export { type Example, trainModel } from "./classifier/train-model.ts";
export { trainIntentsQueue } from "./intents.jobs.ts";
export type { IntentClassification } from "./intents.schema.ts";
export { classifyIntent } from "./service/classify-intent.ts";
export { packModel, unpackModel } from "./service/model-bytes.ts";
export { trainIntents } from "./service/train-intents.ts";
