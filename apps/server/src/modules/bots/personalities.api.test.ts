import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat } from "../../../../../tests/harness/chat.ts";
import { type OpenAiServer, startOpenAiServer } from "../../../../../tests/harness/openai-server.ts";
import { botWith, refusal, refusalText } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { auditLog } from "../identity/identity.tables.ts";

const question = "What does delivery to Belgium cost?";

let provider: OpenAiServer;
let server: TestServer;
let ada: TestUser;
let botId: string;
beforeAll(async () => {
  provider = await startOpenAiServer();
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: provider.host });
  ada = await server.signUp("Ada");
  const { baseUrl } = provider;
  await ada.trpc.user.setLlmApiKey.mutate({ provider: "openai", apiKey: "sk-1", baseUrl, model: "small" });
  await ada.trpc.user.setLlmApiKey.mutate({ provider: "grok", apiKey: "xai-1", baseUrl, model: "grok-4.3" });
  botId = (await botWith(ada, shopTexts)).id;
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

/** What the provider was asked for one answer, and what the answer says of it. */
async function answered(id = botId) {
  const before = provider.requests.length;
  const message = await askBot(server, memberChat(ada, id), question);
  const answer = await ada.trpc.answers.get.query({ id: message.metadata?.answerId ?? "" });
  const [request] = provider.requests.slice(before);
  return { request, body: JSON.stringify(request?.body ?? null), answer };
}

describe("a personality that a bot names", () => {
  test("speaks in place of its prompt; temperature, model and length reach the provider", async () => {
    const personality = await ada.trpc.aiPersonalities.create.mutate({
      name: "Pirate",
      systemPrompt: "You speak as a pirate does.",
      temperature: 0.25,
      modelPreferences: { provider: "openai", model: "large", maxTokens: 200 },
    });
    expect(personality).toMatchObject({ isDefault: true, version: 1, botCount: 0 });
    const bot = await ada.trpc.bot.update.mutate({ id: botId, personalityId: personality.id });
    expect(bot).toMatchObject({ personalityId: personality.id, activePromptId: null });
    const { request, body, answer } = await answered();
    expect(request?.messages[0]?.content).toContain("You speak as a pirate does.");
    expect(request).toMatchObject({ model: "large" });
    expect(request?.body).toMatchObject({ temperature: 0.25 });
    expect(body).toMatch(/"max_(?:completion_|output_)?tokens":200/);
    expect(answer.trace).toMatchObject({
      promptId: null,
      promptVersion: null,
      personality: { id: personality.id, name: "Pirate", version: 1 },
    });
    expect(answer.model).toBe("openai:large");

    const changed = await ada.trpc.aiPersonalities.update.mutate({
      id: personality.id,
      systemPrompt: "You speak as an admiral does.",
      temperature: null,
      baseVersion: 1,
    });
    expect(changed).toMatchObject({ version: 2, temperature: null, botCount: 1 });
    const next = await answered();
    expect(next.request?.messages[0]?.content).toContain("admiral");
    expect(next.body).not.toContain("temperature");
    expect(next.answer.trace.personality).toEqual({ id: personality.id, name: "Pirate", version: 2 });
  });

  test("asks the connection that it prefers, unless the bot names one", async () => {
    const personality = await ada.trpc.aiPersonalities.create.mutate({
      name: "Grok's",
      systemPrompt: "Be exact.",
      modelPreferences: { provider: "grok" },
    });
    await ada.trpc.bot.update.mutate({ id: botId, personalityId: personality.id });
    expect((await answered()).answer.model).toBe("grok:grok-4.3");
    await ada.trpc.bot.update.mutate({ id: botId, activeLlmConfigProvider: "openai" });
    expect((await answered()).answer.model).toBe("openai:small");
    await ada.trpc.bot.update.mutate({ id: botId, activeLlmConfigProvider: null });
    const id = personality.id;
    await ada.trpc.aiPersonalities.update.mutate({ id, modelPreferences: { provider: "anthropic" } });
    // a preference for what is not connected waits: of two connections none is chosen, so the documents are quoted
    expect((await answered()).answer.mode).toBe("extractive");
    expect(await refusal(ada.trpc.aiPersonalities.delete.mutate({ id }))).toBe("CONFLICT");
    expect(await refusalText(ada.trpc.aiPersonalities.delete.mutate({ id }))).toContain('"Helper"');
    await ada.trpc.bot.update.mutate({ id: botId, personalityId: null });
    await ada.trpc.aiPersonalities.delete.mutate({ id });
  });

  test("steps back where a prompt of the bot's own is activated", async () => {
    const { items } = await ada.trpc.aiPersonalities.list.query();
    const personalityId = items[0]?.id ?? "";
    await ada.trpc.bot.update.mutate({ id: botId, personalityId });
    const prompt = await ada.trpc.botPrompt.create.mutate({ botId, name: "Own", content: "Own words." });
    await ada.trpc.botPrompt.setActive.mutate({ botId, promptId: prompt.id });
    const bot = await ada.trpc.bot.byId.query({ id: botId });
    expect(bot).toMatchObject({ personalityId: null, activePromptId: prompt.id });
    const { answer } = await answered();
    expect(answer.trace).toMatchObject({ promptId: prompt.id, promptVersion: 1, personality: null });
  });
});

describe("the default", () => {
  const defaults = async (user: TestUser) =>
    (await user.trpc.aiPersonalities.list.query()).items.filter(({ isDefault }) => isDefault);

  test("is the first one, then whichever is chosen; bots without a prompt answer by it", async () => {
    const bea = await server.signUp("Bea");
    const create = (name: string, isDefault = false) =>
      bea.trpc.aiPersonalities.create.mutate({ name, systemPrompt: `You are ${name}.`, isDefault });
    const before = await bea.trpc.bot.create.mutate({ name: "Before" });
    expect(before.activePromptId).not.toBeNull();
    const first = await create("First");
    const second = await create("Second");
    expect([first.isDefault, second.isDefault]).toEqual([true, false]);
    const after = await bea.trpc.bot.create.mutate({ name: "After" });
    expect(after).toMatchObject({ activePromptId: null, personalityId: null });
    expect(await refusal(bea.trpc.aiPersonalities.delete.mutate({ id: first.id }))).toBe("CONFLICT");
    expect(await bea.trpc.botPrompt.useDefault.mutate({ botId: before.id })).toEqual({ success: true });
    const left = await bea.trpc.bot.byId.query({ id: before.id });
    expect(left).toMatchObject({ activePromptId: null, personalityId: null });
    const third = await create("Third", true);
    expect((await defaults(bea)).map(({ name }) => name)).toEqual(["Third"]);
    await bea.trpc.aiPersonalities.setDefault.mutate({ id: second.id });
    await bea.trpc.aiPersonalities.delete.mutate({ id: third.id });
    expect((await defaults(bea)).map(({ name }) => name)).toEqual(["Second"]);
    await bea.trpc.aiPersonalities.delete.mutate({ id: first.id });
    await bea.trpc.aiPersonalities.delete.mutate({ id: second.id });
    expect(await defaults(bea)).toEqual([]);
  });

  test("is one, however many are made and chosen at once", async () => {
    const cem = await server.signUp("Cem");
    const made = await Promise.all(
      ["A", "B", "C", "D"].map((name) =>
        cem.trpc.aiPersonalities.create.mutate({ name, systemPrompt: "x", isDefault: name > "B" }),
      ),
    );
    expect(await defaults(cem)).toHaveLength(1);
    await Promise.all(made.map(({ id }) => cem.trpc.aiPersonalities.setDefault.mutate({ id })));
    expect(await defaults(cem)).toHaveLength(1);
  });
});

test("of two who change the same version one is told; every change is in the audit log", async () => {
  const dan = await server.signUp("Dan");
  const { id } = await dan.trpc.aiPersonalities.create.mutate({ name: "Two", systemPrompt: "One." });
  const change = (systemPrompt: string) =>
    dan.trpc.aiPersonalities.update.mutate({ id, systemPrompt, baseVersion: 1 });
  const outcomes = await Promise.allSettled([change("Two."), change("Three.")]);
  expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  // what changes nothing is no version and no entry
  await dan.trpc.aiPersonalities.update.mutate({ id, name: "Two" });
  await dan.trpc.aiPersonalities.setDefault.mutate({ id });
  await dan.trpc.aiPersonalities.delete.mutate({ id });
  const entries = await server.services.db.withTenant(dan.tenantId, (tx) =>
    tx
      .select({ action: auditLog.action })
      .from(auditLog)
      .where(and(eq(auditLog.tenantId, dan.tenantId), eq(auditLog.subjectType, "personality")))
      .orderBy(auditLog.createdAt, auditLog.id),
  );
  expect(entries.map(({ action }) => action)).toEqual([
    "personality.created",
    "personality.updated",
    "personality.deleted",
  ]);
});
