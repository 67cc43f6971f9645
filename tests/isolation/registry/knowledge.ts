import { andKeys, type Capability, editors, members } from "./capability.ts";

/** What is done with a bot's documents, which stand in `bots.ts`. */
export const knowledge: Capability = {
  ids: { goldDocumentId: "document" },
  needed: {
    "knowledge.upload": ["botId"],
    "knowledge.freshness": ["botId"],
    "knowledge.setStaleAfter": ["botId"],
    "knowledge.chooseEmbedding": ["botId"],
  },
  callers: {
    "botDocument.*": editors,
    "botDocument.listByBotId": members,
    "botDocument.changes": members,
    "botSource.*": editors,
    "botSource.listByBotId": members,
    "botSource.pages": members,
    "botSource.changes": members,
    "knowledge.*": andKeys(editors),
    "knowledge.get": andKeys(members),
    "knowledge.chunks": andKeys(members),
    "knowledge.list": andKeys(members),
    "knowledge.search": andKeys(members),
    "knowledge.freshness": andKeys(members),
    "knowledge.embedding": andKeys(members),
    "knowledge.embeddingChanges": andKeys(members),
  },
};
