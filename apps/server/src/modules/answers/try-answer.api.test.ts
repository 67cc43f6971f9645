import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type OpenAiServer,
  quoteFirstSource,
  startOpenAiServer,
} from "../../../../../tests/harness/openai-server.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { contextFor } from "../../faces/principal.ts";
import { tryAnswer } from "./index.ts";

const question = "How many days does a refund take after the parcel?";

let provider: OpenAiServer;
let server: TestServer;
let ada: TestUser;
let botId: string;
beforeAll(async () => {
  provider = await startOpenAiServer();
  provider.otherwise = quoteFirstSource;
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: provider.host });
  ada = await server.signUp("Ada");
  await ada.trpc.user.setLlmApiKey.mutate({
    provider: "openai",
    apiKey: "sk-1",
    baseUrl: provider.baseUrl,
    model: "fake-1",
  });
  await ada.trpc.prices.set.mutate({ model: "openai:fake-1", input: 1_000, output: 1_000 });
  botId = (await botWith(ada, shopTexts)).id;
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

const attempt = (input: Partial<Parameters<typeof tryAnswer>[1]> = {}) =>
  tryAnswer(contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null), {
    botId,
    question,
    signal: new AbortController().signal,
    ...input,
  });
const spent = async () =>
  (await ada.trpc.budget.usage.query({ botId })).reduce((sum, { cost }) => sum + cost, 0);

test("an answer is tried with a draft: nothing is kept of it but what it cost", async () => {
  const before = await spent();
  const tried = await attempt({ draft: { prompt: "Answer in rhymes.", model: "fake-1", topK: 1 } });
  expect(tried).toMatchObject({ intent: "question", mode: "model", model: "openai:fake-1" });
  expect(tried.trace.passages).toHaveLength(1);
  expect(tried.trace.instructions).toContain("Answer in rhymes.");
  expect(tried.cost).toBeGreaterThan(0);
  expect((await spent()) - before).toBeCloseTo(tried.cost ?? 0, 6);
  expect((await ada.trpc.conversations.list.query({ view: "all", limit: 10 })).items).toEqual([]);
});

test("the trace holds all that a replay needs", async () => {
  const { trace, latencyMs } = await attempt();
  expect(trace).toMatchObject({
    language: "en",
    standaloneQuestion: question,
    promptId: expect.any(String),
    promptVersion: 1,
    instructions: expect.stringContaining("<source"),
    passages: expect.arrayContaining([
      expect.objectContaining({ documentId: expect.any(String), version: 1, score: expect.any(Number) }),
    ]),
  });
  expect(trace.stages.map(({ stage }) => stage)).toEqual([
    "understand",
    "retrieve",
    "grade",
    "answer",
    "verify",
  ]);
  expect(trace.stages.every(({ ms }) => ms >= 0)).toBe(true);
  expect(latencyMs).toBeGreaterThanOrEqual(0);
});

test("what was said before is heeded, and small talk is not searched for", async () => {
  const history = [{ author: "customer" as const, text: question }];
  const followUp = await attempt({ question: "And for an exchange?", history });
  expect(followUp.trace.standaloneQuestion).not.toBe("And for an exchange?");
  expect(await attempt({ question: "Hello" })).toMatchObject({ intent: "greeting", citations: [], cost: 0 });
  expect(await attempt({ question: "I want to talk to a person" })).toMatchObject({ intent: "wants_human" });
});

test("the bot's budget bounds it: past that the documents are quoted", async () => {
  await ada.trpc.budget.set.mutate({ botId, limit: 0.01 });
  const tried = await attempt();
  expect(tried).toMatchObject({
    mode: "extractive",
    cost: 0,
    fallbackReason: expect.stringContaining("budget"),
  });
});

test("a reader who leaves ends it, and a bot that is not there is not found", async () => {
  const gone = AbortSignal.abort(new Error("gone"));
  await expect(attempt({ signal: gone })).rejects.toThrow("gone");
  await expect(attempt({ botId: crypto.randomUUID() })).rejects.toThrow("The bot was not found.");
});
