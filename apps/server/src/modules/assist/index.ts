export { briefWritten, labelsChanged, messageClassified } from "./assist.events.ts";
export { classifyMessageQueue, trainLabelsQueue, writeBriefQueue } from "./assist.jobs.ts";
export { assistPersonalData } from "./assist.personal-data.ts";
export type {
  Brief,
  ClassifyInput,
  MessageClassification,
  Suggestion,
  Summary,
  Translation,
} from "./assist.schema.ts";
export { briefOf, writeBrief, writeBriefOfRequest } from "./service/brief.ts";
export { classifyMessage } from "./service/classify-message.ts";
export { classifyPlainly, classifyText } from "./service/classify-text.ts";
export { suggestReply } from "./service/suggest-reply.ts";
export { summarise } from "./service/summarise.ts";
export { trainTaughtLabels } from "./service/train-labels.ts";
export { translate } from "./service/translate.ts";
