import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat, sourcesOf, textOf, verificationOf } from "../../../../../tests/harness/chat.ts";
import {
  type OpenAiServer,
  type Script,
  startOpenAiServer,
} from "../../../../../tests/harness/openai-server.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";

/* One answer through each provider's own protocol, and each provider's ways to fail. */

const question = "How many days does a refund take after the parcel?";
const truth = "A refund takes 14 days after we receive the parcel. [1]";
const key = "sk-a-tenants-own";

let fake: OpenAiServer;
let server: TestServer;
let ada: TestUser;
const bots = new Map<string, string>();
beforeAll(async () => {
  fake = await startOpenAiServer();
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: fake.host, MODEL_SILENCE_LIMIT: "300" });
  ada = await server.signUp("Ada");
  const { id } = await botWith(ada, shopTexts);
  for (const { provider } of providers) {
    await ada.trpc.user.setLlmApiKey.mutate({
      provider,
      apiKey: key,
      baseUrl: fake.baseUrl,
      model: "fake-1",
    });
    bots.set(provider, id);
  }
});
afterAll(async () => {
  await server.close();
  await fake.close();
});

const providers = [
  { provider: "openai", path: "/v1/chat/completions", header: "authorization", sent: `Bearer ${key}` },
  { provider: "anthropic", path: "/v1/messages", header: "x-api-key", sent: key },
  { provider: "grok", path: "/v1/responses", header: "authorization", sent: `Bearer ${key}` },
  { provider: "ollama", path: "/v1/chat/completions", header: "authorization", sent: `Bearer ${key}` },
] as const;

/** The bot, answering by this provider from now on. */
async function botOf(provider: (typeof providers)[number]["provider"]): Promise<string> {
  const id = bots.get(provider) ?? "";
  await ada.trpc.bot.update.mutate({ id, activeLlmConfigProvider: provider });
  return id;
}

describe.each(providers)("$provider", ({ provider, path, header, sent }) => {
  test("answers, is cited, checked and metered", async () => {
    const botId = await botOf(provider);
    fake.script({ kind: "answer", text: truth });
    const answer = await askBot(server, memberChat(ada, botId), question);
    expect(textOf(answer)).toBe(truth);
    expect(sourcesOf(answer)).toHaveLength(1);
    expect(verificationOf(answer)).toMatchObject({
      mode: "model",
      model: `${provider}:fake-1`,
      notice: null,
    });
    const kept = await ada.trpc.answers.get.query({ id: answer.metadata?.answerId ?? "" });
    expect(kept).toMatchObject({ inputTokens: 120, outputTokens: 20, usageEstimated: false });
    const request = fake.requests.at(-1);
    expect(request).toMatchObject({ path, model: "fake-1", stream: true });
    expect(request?.headers[header]).toBe(sent);
    expect(request?.messages[0]?.content).toContain("Answer only from the numbered sources");
    expect(request?.messages.at(-1)).toEqual({ role: "user", content: question });
    if (provider === "grok") expect(request?.body).toMatchObject({ store: false });
  });

  const faults: { title: string; script: Script; reason: RegExp; times?: number }[] = [
    {
      title: "refuses the key",
      script: { kind: "status", status: 401, body: `{"error":{"message":"bad ${key}"}}` },
      reason: /key was refused/,
    },
    {
      title: "is at its limit",
      script: { kind: "status", status: 429, headers: { "retry-after": "60" } },
      reason: /limit or credit/,
    },
    { title: "is ill", script: { kind: "status", status: 500 }, reason: /status 500/, times: 2 },
    { title: "says nothing", script: { kind: "silence" }, reason: /silent/ },
    { title: "breaks off", script: { kind: "break", after: "A refund takes " }, reason: /broke off/ },
    {
      title: "ends too early",
      script: { kind: "no end", after: "A refund takes " },
      reason: /broke off|read/,
    },
    {
      title: "sends no JSON",
      script: { kind: "malformed", after: "A refund takes ", chunk: '{"type": "x' },
      reason: /broke off|read/,
    },
  ];
  test.each(faults)("that $title is replaced by quoting", async ({ script, reason, times = 1 }) => {
    const botId = await botOf(provider);
    fake.script(...Array.from({ length: times }, () => script));
    const asked = fake.requests.length;
    const answer = await askBot(server, memberChat(ada, botId), question);
    expect(fake.requests.length - asked).toBe(times);
    expect(textOf(answer)).toContain("14 days");
    expect(sourcesOf(answer).length).toBeGreaterThan(0);
    expect(verificationOf(answer)).toMatchObject({ mode: "extractive", model: "builtin:extractive" });
    const kept = await ada.trpc.answers.get.query({ id: answer.metadata?.answerId ?? "" });
    expect(kept.fallbackReason).toMatch(reason);
    expect(JSON.stringify([answer, kept])).not.toContain(key);
    // a question that was refused costs nothing; one that was broken off is estimated
    const isRefused = script.kind === "status";
    expect([kept.inputTokens > 0, kept.usageEstimated]).toEqual([!isRefused, !isRefused]);
  });
});
