import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { askBot, memberChat, textOf } from "../../../../../tests/harness/chat.ts";
import { type OpenAiServer, startOpenAiServer } from "../../../../../tests/harness/openai-server.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { contextFor } from "../../faces/principal.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { priceOf, recordModelUse } from "./index.ts";

const question = "How many days does a refund take after the parcel?";
const truth = "A refund takes 14 days after we receive the parcel. [1]";
const model = "openai:fake-1";

let provider: OpenAiServer;
let server: TestServer;
let ada: TestUser;
let botId: string;
beforeAll(async () => {
  provider = await startOpenAiServer();
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: provider.host, MODEL_SILENCE_LIMIT: "300" });
});
afterAll(async () => {
  await server.close();
  await provider.close();
});
beforeEach(async () => {
  ada = await server.signUp("Ada");
  await ada.trpc.user.setLlmApiKey.mutate({
    provider: "openai",
    apiKey: "sk-1",
    baseUrl: provider.baseUrl,
    model: "fake-1",
  });
  botId = (await botWith(ada, shopTexts)).id;
});

const context = () => contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);
const ask = async () => {
  const message = await askBot(server, memberChat(ada, botId), question);
  const answer = await ada.trpc.answers.get.query({ id: message.metadata?.answerId ?? "" });
  return { message, answer };
};
const priced = async (name: string) =>
  (await ada.trpc.prices.list.query()).items.find((item) => item.model === name);

describe("prices", () => {
  test("are the list's until the tenant sets its own, and again after a reset", async () => {
    const listed = { input: 0.15, output: 0.6 };
    const name = "openai:gpt-4o-mini";
    expect(await priced(name)).toMatchObject({ listPrice: listed, ownPrice: null, price: listed });
    await ada.trpc.prices.set.mutate({ model: name, input: 0.1, output: 0.5 });
    const own = { input: 0.1, output: 0.5 };
    expect(await priced(name)).toMatchObject({ listPrice: listed, ownPrice: own, price: own });
    const eve = await server.signUp("Eve");
    const hers = (await eve.trpc.prices.list.query()).items.find((item) => item.model === name);
    expect(hers?.price).toEqual(listed);
    await ada.trpc.prices.reset.mutate({ model: name });
    expect((await priced(name))?.price).toEqual(listed);
  });

  test("of a model in use come first, and say that there is none", async () => {
    const { items, listDate } = await ada.trpc.prices.list.query();
    expect(items[0]).toMatchObject({ model, isInUse: true, price: null });
    expect(listDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  });

  test.each([
    ["openai:gpt-4o-2024-11-20", { input: 2.5, output: 10 }],
    ["anthropic:claude-haiku-4-5-20251001", { input: 1, output: 5 }],
    ["ollama:llama3.2", { input: 0, output: 0 }],
    ["openai:gpt-4o-mini-of-ours", null],
  ])("of %s", async (name, price) => {
    expect(await inTx(context(), (ctx) => priceOf(ctx, name))).toEqual(price);
  });
});

describe("an answer", () => {
  test("keeps its tokens and its cost, which add up in the month's usage", async () => {
    await ada.trpc.prices.set.mutate({ model, input: 10, output: 100 });
    provider.script({ kind: "answer", text: truth }, { kind: "answer", text: truth });
    const { answer } = await ask();
    // 120 tokens at $10 and 20 at $100 a million
    expect(answer).toMatchObject({ inputTokens: 120, outputTokens: 20, cost: 0.0032, usageEstimated: false });
    await ask();
    const [row, ...others] = await ada.trpc.budget.usage.query({ botId });
    expect(others).toEqual([]);
    expect(row).toEqual({
      model,
      purpose: "answering",
      calls: 2,
      estimatedCalls: 0,
      inputTokens: 240,
      outputTokens: 40,
      cost: 0.0064,
      hasPrice: true,
    });
    expect(await ada.trpc.budget.usage.query({})).toEqual([row]);
    expect((await ada.trpc.budget.get.query({ botId })).spent).toBe(0.0064);
    const eve = await server.signUp("Eve");
    expect(await eve.trpc.budget.usage.query({})).toEqual([]);
  });

  test("of a model without a price costs nothing, and the usage says why", async () => {
    provider.script({ kind: "answer", text: truth });
    expect((await ask()).answer.cost).toBe(0);
    expect(await ada.trpc.budget.usage.query({})).toMatchObject([{ model, cost: 0, hasPrice: false }]);
  });

  test("whose provider tells no tokens is estimated", async () => {
    provider.script({ kind: "no usage", text: truth });
    const { message, answer } = await ask();
    expect(textOf(message)).toBe(truth);
    expect(answer.usageEstimated).toBe(true);
    expect(answer.inputTokens).toBeGreaterThan(100);
    expect(answer.outputTokens).toBeGreaterThan(5);
    expect(await ada.trpc.budget.usage.query({})).toMatchObject([{ calls: 1, estimatedCalls: 1 }]);
  });

  test("of the built-in answerer is not metered", async () => {
    await ada.trpc.bot.update.mutate({ id: botId, activeLlmConfigProvider: "builtin" });
    expect((await ask()).answer).toMatchObject({ mode: "extractive", inputTokens: 0, cost: 0 });
    expect(await ada.trpc.budget.usage.query({})).toEqual([]);
  });
});

test("a hundred calls counted at once lose none", async () => {
  await ada.trpc.prices.set.mutate({ model, input: 100_000, output: 0 });
  const use = { botId, purpose: "embedding", model, inputTokens: 1, outputTokens: 0 } as const;
  const costs = await Promise.all(
    Array.from({ length: 100 }, () => inTx(context(), (ctx) => recordModelUse(ctx, use))),
  );
  expect(new Set(costs)).toEqual(new Set([0.1]));
  expect(await ada.trpc.budget.usage.query({})).toMatchObject([
    { purpose: "embedding", calls: 100, inputTokens: 100, cost: 10 },
  ]);
});

test("a deleted bot's costs stay the workspace's", async () => {
  await ada.trpc.prices.set.mutate({ model, input: 10_000, output: 0 });
  provider.script({ kind: "answer", text: truth });
  await ask();
  await ada.trpc.bot.delete.mutate({ id: botId });
  expect((await ada.trpc.budget.get.query({})).spent).toBe(1.2);
});
