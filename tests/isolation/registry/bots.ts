import { botWith } from "../../harness/scenarios.ts";
import { andKeys, type Capability, everyone, managers, members } from "./capability.ts";

/** A bot with two documents that contradict each other, a prompt and a personality. */
export const bots: Capability = {
  async furnish({ owner, word }) {
    const bot = await botWith(
      owner,
      {
        [`Hours ${word}.md`]: `The ${word} shop in the old town opens at nine in the morning on Mondays.`,
        [`Sign ${word}.md`]: `On Mondays the ${word} shop in the old town opens at ten in the morning.`,
      },
      `Helper ${word}`,
    );
    const [document] = bot.documents;
    if (!document) throw new Error("The bot has no document.");
    const prompt = await owner.trpc.botPrompt.create.mutate({
      botId: bot.id,
      name: `Kind ${word}`,
      content: `Be kind, ${word}.`,
    });
    const personality = await owner.trpc.aiPersonalities.create.mutate({
      name: `Calm ${word}`,
      systemPrompt: `Be calm, ${word}.`,
    });
    await owner.trpc.bot.update.mutate({ id: bot.id, personalityId: personality.id });
    const { items } = await owner.trpc.knowledge.list.query({ botId: bot.id });
    const { widgetId } = await owner.trpc.widgetConfig.getByBotId.query({ botId: bot.id });
    return {
      bot: bot.id,
      document: document.id,
      knowledgeBase: items[0]?.knowledgeBaseId ?? "",
      prompt: prompt.id,
      personality: personality.id,
      widget: widgetId,
      publicPage: bot.publicUrlId,
    };
  },
  async remove({ owner, id }) {
    await owner.trpc.bot.delete.mutate({ id: id("bot") });
    await owner.trpc.aiPersonalities.delete.mutate({ id: id("personality") });
  },
  ids: {
    botId: "bot",
    "bot.id": "bot",
    documentId: "document",
    "knowledge.id": "document",
    knowledgeBaseId: "knowledgeBase",
    promptId: "prompt",
    "botPrompt.id": "prompt",
    personalityId: "personality",
    "aiPersonalities.id": "personality",
    widgetId: "widget",
    templateId: "chosen", // shipped: the same for all
    "template.id": "chosen",
    publicUrlId: "publicPage",
  },
  publicNames: ["widget", "publicPage"],
  callers: {
    "bot.*": managers,
    "bot.list": andKeys(members),
    "bot.byId": andKeys(members),
    "botPrompt.*": managers,
    "botPrompt.listByBotId": members,
    "botPrompt.byId": members,
    "botPrompt.history": members,
    "botPrompt.version": members,
    "botPrompt.gate": members,
    "aiPersonalities.*": andKeys(managers),
    "aiPersonalities.list": andKeys(members),
    "aiPersonalities.get": andKeys(members),
    "widgetConfig.getByBotId": members,
    "widgetConfig.update": managers,
    "template.*": everyone,
    "GET /api/templates/{templateId}/icon.svg": everyone,
    "GET /c/{publicUrlId}": everyone,
  },
};
