import { embed, streamText } from "ai";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenAiServer, startOpenAiServer } from "../../../../../tests/harness/openai-server.ts";
import { connectOpenAi, connectOpenAiEmbedding } from "./index.ts";

/* OpenAI's address is fixed in the connector, so its fetch is what brings the calls to the fake. */

let fake: OpenAiServer;
beforeAll(async () => {
  fake = await startOpenAiServer();
});
afterAll(() => fake.close());

const called: string[] = [];
const rerouted: typeof fetch = (input, init) => {
  const address = String(input instanceof Request ? input.url : input);
  called.push(address);
  return fetch(address.replace("https://api.openai.com/v1", fake.baseUrl), init);
};
const connection = { provider: "openai", baseUrl: null, model: "gpt-test", apiKey: "sk-1" } as const;

test("answers are asked of the Responses API, which is told to store nothing", async () => {
  fake.script({ kind: "answer", text: "Tea is served at four." });
  const result = streamText({
    model: connectOpenAi(connection, rerouted),
    instructions: "Be brief.",
    prompt: "When is tea?",
    maxOutputTokens: 100,
  });
  expect(await result.text).toBe("Tea is served at four.");
  expect(await result.finishReason).toBe("stop");
  expect(await result.totalUsage).toMatchObject({ inputTokens: 120, outputTokens: 20 });
  expect(called.at(-1)).toBe("https://api.openai.com/v1/responses");
  const request = fake.requests.at(-1);
  expect(request?.headers.authorization).toBe("Bearer sk-1");
  expect(request?.body).toMatchObject({
    model: "gpt-test",
    store: false,
    stream: true,
    max_output_tokens: 100,
  });
  expect(request?.messages.map(({ content }) => content)).toEqual(["Be brief.", "When is tea?"]);
});

test("texts are embedded at OpenAI's own address", async () => {
  const { embedding, usage } = await embed({
    model: connectOpenAiEmbedding({ ...connection, model: "text-embedding-3-small" }, rerouted),
    value: "tea",
  });
  expect(embedding).toHaveLength(16);
  expect(usage.tokens).toBe(10);
  expect(called.at(-1)).toBe("https://api.openai.com/v1/embeddings");
});
