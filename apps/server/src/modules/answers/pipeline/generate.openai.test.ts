import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type OpenAiServer,
  type Script,
  startOpenAiServer,
} from "../../../../../../tests/harness/openai-server.ts";
import { connectOpenAi } from "../../../connectors/openai/index.ts";
import { generate, ModelFailure } from "./generate.ts";

/* OpenAI's own address is fixed, so its calls are brought to the fake by their fetch. */

const key = "sk-of-a-tenant";
let fake: OpenAiServer;
beforeAll(async () => {
  fake = await startOpenAiServer();
});
afterAll(() => fake.close());

const rerouted: typeof fetch = (input, init) =>
  fetch(
    String(input instanceof Request ? input.url : input).replace("https://api.openai.com/v1", fake.baseUrl),
    init,
  );

async function answer() {
  const connection = { provider: "openai", baseUrl: null, model: "gpt-test", apiKey: key } as const;
  const words = generate({
    model: { model: connectOpenAi(connection, rerouted), name: "openai:gpt-test", isBuiltin: false },
    instructions: "Be brief.",
    messages: [{ role: "user", content: "When is tea?" }],
    question: "When is tea?",
    language: "en",
    passages: [],
    signal: new AbortController().signal,
    silenceLimit: 300,
  });
  let said = "";
  let step = await words.next();
  for (; !step.done; step = await words.next()) said += step.value;
  return { said, used: step.value };
}

test("OpenAI's own API answers and tells what it used", async () => {
  fake.script({ kind: "answer", text: "Tea is at four." });
  expect(await answer()).toEqual({ said: "Tea is at four.", used: { inputTokens: 120, outputTokens: 20 } });
  expect(fake.requests.at(-1)).toMatchObject({ path: "/v1/responses", body: { max_output_tokens: 4_096 } });
});

describe("OpenAI's own API fails when it", () => {
  const after = "Tea is ";
  const faults: { title: string; scripts: Script[]; reason: RegExp; wasRefused: boolean }[] = [
    {
      title: "refuses the key",
      scripts: [{ kind: "status", status: 401, body: `{"error":{"message":"bad ${key}","type":"e"}}` }],
      reason: /key was refused/,
      wasRefused: true,
    },
    {
      title: "is at its limit",
      scripts: [{ kind: "status", status: 429, headers: { "retry-after": "60" } }],
      reason: /limit or credit/,
      wasRefused: true,
    },
    {
      title: "is ill twice",
      scripts: [
        { kind: "status", status: 500 },
        { kind: "status", status: 500 },
      ],
      reason: /status 500/,
      wasRefused: true,
    },
    { title: "says nothing", scripts: [{ kind: "silence" }], reason: /silent/, wasRefused: false },
    { title: "falls silent", scripts: [{ kind: "silence", after }], reason: /silent/, wasRefused: false },
    { title: "breaks off", scripts: [{ kind: "break", after }], reason: /broke off/, wasRefused: false },
    { title: "ends early", scripts: [{ kind: "no end", after }], reason: /broke off/, wasRefused: false },
    {
      title: "sends no JSON",
      scripts: [{ kind: "malformed", after, chunk: '{"type": "x' }],
      reason: /broke off|read/,
      wasRefused: false,
    },
  ];
  test.each(faults)("$title", async ({ scripts, reason, wasRefused }) => {
    fake.script(...scripts);
    const failure = await answer().catch((error: unknown) => error);
    if (!(failure instanceof ModelFailure)) throw failure;
    expect(failure.reason).toMatch(reason);
    expect(failure.reason).not.toContain(key);
    expect(failure.wasRefused).toBe(wasRefused);
  });
});
