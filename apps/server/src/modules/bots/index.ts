export { scopeSchema } from "./bot-knowledge.schema.ts";
export {
  allBots,
  assertBotReady,
  type BotRow,
  countBots,
  describeBots,
  findBot,
  findNamedBot,
  firstReadyBot,
  sliceOfBots,
} from "./bots.queries.ts";
export { type Bot, type BotPrompt, botSchema, providerSchema } from "./bots.schema.ts";
export { addBotText, listBotDocuments, retrievalSettingsOf } from "./service/bot-documents.ts";
export { defaultInstructions, type Instructions, instructionsOf } from "./service/bot-instructions.ts";
export { defaultTopK, theKnowledgeBaseIn } from "./service/knowledge-scope.ts";
export { createBot, listBots } from "./service/manage-bots.ts";
export { answeringSettings, promptText, recordPromptCheck } from "./service/publishing-gate.ts";
