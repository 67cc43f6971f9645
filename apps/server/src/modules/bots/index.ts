export { activePrompt, allBots, assertBotReady, type BotRow, findBot, findNamedBot } from "./bots.queries.ts";
export type { Bot, BotPrompt } from "./bots.schema.ts";
export { addBotText, listBotDocuments, retrievalSettingsOf } from "./service/bot-documents.ts";
export { createBot, defaultInstructions, listBots } from "./service/manage-bots.ts";
