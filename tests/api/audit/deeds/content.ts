import { newId } from "../../../../apps/server/src/platform/ids/index.ts";
import { processed } from "../../../harness/scenarios.ts";
import type { Deeds, World } from "../deed.ts";

async function addedText({ owner, id }: World, name: string): Promise<string> {
  const added = await owner.trpc.botDocument.addManualText.mutate({
    botId: id("bot"),
    name,
    content: `${name} is told here.`,
  });
  await processed(owner, id("bot"), added.id);
  return added.id;
}

const page = ({ site, id }: World) => ({
  botId: id("bot"),
  kind: "page" as const,
  url: `${site.url}/${newId()}`,
});
const addedPage = async (world: World) => (await world.owner.trpc.botSource.add.mutate(page(world))).id;
const prompt = (world: World) => ({ botId: world.id("bot"), name: newId(), content: "Be kind." });
const addedPrompt = (world: World) => world.owner.trpc.botPrompt.create.mutate(prompt(world));
const addedPersonality = ({ owner }: World) =>
  owner.trpc.aiPersonalities.create.mutate({ name: newId(), systemPrompt: "Be calm." });

/** Bots, what they know, and how they speak. */
export const content: Deeds = {
  "bot.create": () => ({ input: { name: "Made" } }),
  "bot.update": ({ id }) => ({ input: { id: id("bot"), description: "Knows the shop" } }),
  "bot.delete": async ({ owner }) => ({
    input: { id: (await owner.trpc.bot.create.mutate({ name: "Gone" })).id },
  }),
  "widgetConfig.update": ({ id }) => ({ input: { botId: id("bot"), headerText: "Ask us" } }),

  "botDocument.addManualText": ({ id }) => ({
    input: { botId: id("bot"), name: "Tea", content: "Tea at four." },
  }),
  "botDocument.addStructuredData": ({ id }) => ({
    input: { botId: id("bot"), name: "Prices", format: "csv", content: "what,price\ntea,4\n" },
  }),
  "botDocument.confirmUpload": async ({ owner, id }) => {
    const bytes = new TextEncoder().encode("# Coffee\n\nCoffee at five.");
    const announced = {
      botId: id("bot"),
      fileName: "coffee.md",
      fileType: "text/markdown",
      fileSize: bytes.byteLength,
    };
    const { uploadUrl, headers, documentId, storagePath } =
      await owner.trpc.botDocument.getUploadPresignedUrl.mutate(announced);
    await fetch(uploadUrl, { method: "PUT", headers, body: bytes });
    return { input: { ...announced, documentId, storagePath } };
  },
  "botDocument.delete": async (world) => ({
    input: { botId: world.id("bot"), documentId: await addedText(world, "Gone") },
  }),
  "knowledge.upload": ({ id }) => ({ input: { botId: id("bot"), name: "Milk", content: "Milk at six." } }),
  "knowledge.reprocess": async (world) => ({ input: { id: await addedText(world, "Again") } }),
  "knowledge.affirm": ({ id }) => ({ input: { id: id("document") } }),
  "knowledge.delete": async (world) => ({ input: { id: await addedText(world, "Away") } }),
  "knowledge.setStaleAfter": ({ id }) => ({ input: { botId: id("bot"), staleAfterDays: 30 } }),

  "knowledge.chooseEmbedding": async ({ owner, id }) => {
    const { active } = await owner.trpc.knowledge.embedding.query({ botId: id("bot") });
    return { input: { botId: id("bot"), model: active.model } };
  },

  "botSource.add": (world) => ({ input: page(world) }),
  "botSource.update": async (world) => ({
    input: { botId: world.id("bot"), sourceId: await addedPage(world), schedule: "weekly" },
  }),
  "botSource.refresh": ({ id }) => ({ input: { botId: id("bot"), sourceId: id("source") } }),
  "botSource.delete": async (world) => ({
    input: { botId: world.id("bot"), sourceId: await addedPage(world) },
  }),

  "botPrompt.create": (world) => ({ input: prompt(world) }),
  "botPrompt.update": ({ id }) => ({ input: { id: id("prompt"), content: "Be very kind." } }),
  "botPrompt.setActive": ({ id }) => ({ input: { botId: id("bot"), promptId: id("prompt") } }),
  "botPrompt.useDefault": ({ id }) => ({ input: { botId: id("bot") } }),
  "botPrompt.delete": async (world) => ({ input: { id: (await addedPrompt(world)).id } }),
  "botPrompt.rollback": async (world) => {
    const { id } = await addedPrompt(world);
    await world.owner.trpc.botPrompt.update.mutate({ id, content: "Be brief." });
    return { input: { id, version: 1 } };
  },
  "botPrompt.setGate": async ({ owner }) => {
    const bot = await owner.trpc.bot.create.mutate({ name: "Guarded" });
    return { input: { botId: bot.id, minPassRate: 0.5 } };
  },
  "aiPersonalities.create": () => ({ input: { name: "Gentle", systemPrompt: "Be gentle." } }),
  "aiPersonalities.update": ({ id }) => ({ input: { id: id("personality"), systemPrompt: "Be calmer." } }),
  "aiPersonalities.setDefault": async (world) => ({ input: { id: (await addedPersonality(world)).id } }),
  "aiPersonalities.delete": async (world) => ({ input: { id: (await addedPersonality(world)).id } }),

  "intents.create": ({ id }) => ({
    input: { botId: id("bot"), name: "Parking", examples: ["Where do I park?", "Is there a car park?"] },
  }),
  "intents.update": ({ id }) => ({ input: { id: id("intent"), name: "Refunds" } }),
  "intents.delete": async ({ owner, id }) => {
    const examples = ["Do you ship?", "Where is my parcel?"];
    const { id: intent } = await owner.trpc.intents.create.mutate({
      botId: id("bot"),
      name: "Parcels",
      examples,
    });
    return { input: { id: intent } };
  },
  "crag.evaluate": ({ id }) => ({ input: { botId: id("bot"), question: "When does the shop open?" } }),
  "crag.refineQuery": ({ id }) => ({ input: { botId: id("bot"), question: "And on Sunday, the shop?" } }),
};
