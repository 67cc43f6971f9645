import { afterAll, beforeAll, expect, test } from "vitest";
import { type EmbeddingServer, startEmbeddingServer } from "../../../../../tests/harness/embedding-server.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { ask, problemsOnce, refundBot } from "./testing/problem-world.ts";

let provider: EmbeddingServer;
let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  provider = await startEmbeddingServer();
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: provider.host });
  ada = await server.signUp("Ada");
  await ada.trpc.user.setLlmApiKey.mutate({
    purpose: "embedding",
    provider: "openai",
    apiKey: "sk-test",
    baseUrl: provider.baseUrl,
    model: "words-24",
  });
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

async function switchTo(botId: string, model: string): Promise<void> {
  await ada.trpc.knowledge.chooseEmbedding.mutate({ botId, model });
  await eventually(async () => {
    const { active, building } = await ada.trpc.knowledge.embedding.query({ botId });
    expect([active.model, building]).toEqual([model, null]);
  });
}

// to the fake model an automobile is a car, and what it costs is its price
const [one, other] = ["Automobile costs?", "Car price?"];

test("questions that share no word are one problem where the model says that they mean the same", async () => {
  const { id: botId } = await refundBot(ada);
  await switchTo(botId, "openai:words-24");
  await ask(server, ada, botId, one);
  await ask(server, ada, botId, other);
  await problemsOnce(ada, botId, (items) => expect(items).toMatchObject([{ occurrences: 2 }]));
});

test("grouping again by a model that was connected later brings them together", async () => {
  const { id: botId } = await refundBot(ada);
  await ask(server, ada, botId, one);
  await ask(server, ada, botId, other);
  await problemsOnce(ada, botId, (items) => expect(items).toHaveLength(2));
  await switchTo(botId, "openai:words-24");
  await ada.trpc.problems.recluster.mutate({ botId });
  await problemsOnce(ada, botId, (items) => expect(items).toMatchObject([{ occurrences: 2 }]));
});

test("a model that fails leaves it to the words, and no question is lost", async () => {
  const { id: botId } = await refundBot(ada);
  await switchTo(botId, "openai:words-24");
  provider.answer = () => 500;
  await ask(server, ada, botId, one);
  await ask(server, ada, botId, other);
  await problemsOnce(ada, botId, (items) => expect(items).toHaveLength(2));
  provider.answer = () => 200;
});
