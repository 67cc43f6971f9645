import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { play, refusalText, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";
import { findTemplate, type Template } from "../templates/index.ts";

let server: TestServer;
let ada: TestUser;
let shop: Template;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  const found = findTemplate("1b74e6f9-0a2c-4d85-b3e6-92f4c7d1508a");
  if (!found) throw new Error("The shop's template is gone.");
  shop = found;
});
afterAll(() => server.close());

describe("bot.create from a template", () => {
  test("gives the bot its settings, its prompt in use, and its greeting", async () => {
    const bot = await ada.trpc.bot.create.mutate({ name: "Shop", templateId: shop.id });
    expect(bot).toMatchObject({ templateId: shop.id, ragConfig: shop.defaultRagConfig });
    const prompts = await ada.trpc.botPrompt.listByBotId.query({ botId: bot.id });
    expect(prompts).toMatchObject([
      {
        id: bot.activePromptId,
        name: shop.name,
        content: shop.sampleSystemPrompt,
        version: 1,
        isActive: true,
      },
    ]);
    const widget = await ada.trpc.widgetConfig.getByBotId.query({ botId: bot.id });
    expect(widget.initialGreeting).toBe(shop.widgetDefaults.greeting);
    expect((await ada.trpc.bot.byId.query({ id: bot.id }))?.templateId).toBe(shop.id);
  });

  test("writes the prompt in the language that is asked for", async () => {
    const made = await ada.trpc.bot.create.mutate({
      name: "Boutique",
      templateId: shop.id,
      templateLocale: "fr",
    });
    const [prompt] = await ada.trpc.botPrompt.listByBotId.query({ botId: made.id });
    expect(prompt).toMatchObject({ name: "Boutique en ligne", isActive: true });
    expect(prompt?.content).toMatch(/^Vous conseillez les clients/);
  });

  test("puts the caller's own settings above the template's", async () => {
    const made = await ada.trpc.bot.create.mutate({
      name: "Own",
      templateId: shop.id,
      ragConfig: { topK: 3 },
      activeLlmConfigProvider: "builtin",
    });
    expect(made.ragConfig).toEqual({ ...shop.defaultRagConfig, topK: 3 });
    expect(made.activeLlmConfigProvider).toBe("builtin");
  });

  test("never lets the template's overlap make the caller's passage length wrong", async () => {
    const hr = "c81e52d4-97b3-4a6f-a1d0-3b5f88c0e724"; // its overlap is 200
    const short = { name: "Short", templateId: hr, ragConfig: { chunkSize: 300 } };
    expect((await ada.trpc.bot.create.mutate(short)).ragConfig).toEqual({
      chunkSize: 300,
      overlap: 150,
      topK: 5,
    });
  });

  test("refuses one that does not ship, and makes no bot", async () => {
    const before = (await ada.trpc.bot.list.query()).meta.totalItems;
    const unknown = ada.trpc.bot.create.mutate({ name: "Lost", templateId: newId() });
    expect(await refusalText(unknown)).toBe("The template was not found.");
    expect((await ada.trpc.bot.list.query()).meta.totalItems).toBe(before);
  });

  test.each<Omit<Scenario, "as">>([
    {
      title: "unknown",
      call: (t) => t.bot.create.mutate({ name: "A", templateId: newId() }),
      refused: "NOT_FOUND",
    },
    {
      title: "no id",
      call: (t) => t.bot.create.mutate({ name: "A", templateId: "shop" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "in no language of ours",
      // @ts-expect-error: no such language
      call: (t) => t.bot.create.mutate({ name: "A", templateId: shop.id, templateLocale: "de" }),
      refused: "VALIDATION_ERROR",
    },
  ])("$title: $refused", (scenario) => play({ as: () => ada.trpc, ...scenario }));
});
