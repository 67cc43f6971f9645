import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  askBot,
  memberChat,
  readEvents,
  sourcesOf,
  textOf,
  verificationOf,
} from "../../../../../tests/harness/chat.ts";
import {
  type EmbeddingServer,
  gate,
  startEmbeddingServer,
} from "../../../../../tests/harness/embedding-server.ts";
import { type OpenAiServer, startOpenAiServer } from "../../../../../tests/harness/openai-server.ts";
import { botWith, processed, refusal, refusalText } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { crates, embeddingsOf } from "./testing/embeddings.ts";

/*
 * A bot's embedding model, changed while it answers: through the whole server, its worker and a provider
 * at the wire.
 */

const builtin = "builtin:lexical-512";
const words = "openai:words-24";
const others = "ollama:words-40";

let provider: EmbeddingServer;
let writer: OpenAiServer;
let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  provider = await startEmbeddingServer();
  writer = await startOpenAiServer();
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: `${provider.host},${writer.host}` });
  ada = await server.signUp("Ada");
});
afterAll(async () => {
  await server.close();
  await provider.close();
  await writer.close();
});
beforeEach(async () => {
  provider.answer = () => 200;
  await ada.trpc.user.removeLlmApiKey.mutate({ provider: "openai" });
  await connect("openai", "words-24");
  await connect("ollama", "words-40");
});

const connect = (name: "openai" | "ollama", model: string) =>
  ada.trpc.user.setLlmApiKey.mutate({
    purpose: "embedding",
    provider: name,
    apiKey: "sk-test",
    baseUrl: provider.baseUrl,
    model,
  });
const disconnect = (name: "openai" | "ollama") =>
  ada.trpc.user.removeLlmApiKey.mutate({ provider: name, purpose: "embedding" });

const { stateOf, choose, until, switched } = embeddingsOf(() => ada);
const ask = (botId: string, question: string) => askBot(server, memberChat(ada, botId), question);
const isBatchOf = (model: string) => (request: { model: string; texts: string[] }) =>
  `openai:${request.model}` === model && request.texts.length > 1;

describe("another embedding model", () => {
  test("is built in the background, switched to in one step, and switched back from", async () => {
    const bot = await botWith(ada, { "Crates.md": crates(80) });
    const before = await stateOf(bot.id);
    expect(before).toMatchObject({
      active: { model: builtin, isBuiltin: true, dimensions: 512, connection: "builtin" },
      building: null,
    });
    const chunks = before.chunks;
    expect(chunks).toBeGreaterThan(64); // more than a batch
    expect(before.choices.map((choice) => [choice.model, choice.missing, choice.wasActive])).toEqual([
      [words, chunks, false],
      [others, chunks, false],
    ]);
    await ada.trpc.prices.set.mutate({ model: words, input: 2, output: 0 });
    const estimated = (await stateOf(bot.id)).choices.find(({ model }) => model === words);
    expect(estimated?.price).toBeCloseTo(((estimated?.tokens ?? 0) * 2) / 1_000_000, 12);
    expect(estimated?.tokens).toBeGreaterThan(chunks * 5);

    const input = encodeURIComponent(JSON.stringify({ botId: bot.id }));
    const url = `${server.url}/trpc/knowledge.embeddingChanges?input=${input}`;
    const live = await readEvents(url, ada.headers);
    await live.until((events) => events.some((event) => event.event === "connected"));
    expect((await choose(bot.id, words)).building).toMatchObject({ model: words, dimensions: 24 });
    await live.until((all) => JSON.stringify(all.at(-1)).includes(`"active":{"model":"${words}"`));
    await live.close();
    const after = await switched(bot.id, words);
    expect(after.active).toEqual({ model: words, isBuiltin: false, dimensions: 24, connection: "connected" });
    const kept = after.choices.find(({ model }) => model === builtin);
    expect(kept).toMatchObject({ missing: 0, tokens: 0, price: 0, wasActive: true });
    expect(Date.parse(kept?.keptUntil ?? "") - Date.now()).toBeGreaterThan(29 * 86_400_000);

    const asked = provider.requests.length;
    const answer = await ask(bot.id, "What does the crate numbered 41 weigh?");
    expect(textOf(answer)).toContain("48 grams");
    expect(provider.requests.slice(asked).every(({ model }) => model === "words-24")).toBe(true);
    expect(provider.requests.length).toBeGreaterThan(asked);
    const usage = await ada.trpc.budget.usage.query({ botId: bot.id });
    const used = usage.find((row) => row.model === words);
    expect(used?.purpose).toBe("embedding");
    expect(used?.inputTokens).toBeGreaterThanOrEqual(chunks * 10);

    const sent = provider.requests.length;
    await choose(bot.id, builtin);
    await switched(bot.id, builtin);
    await choose(bot.id, words); // nothing was added: nothing is embedded again
    await switched(bot.id, words);
    expect(provider.requests.length).toBe(sent);
    const grown = await botText(bot.id, "Opening.md", "The shop opens at nine.");
    expect(grown.status).toBe("PROCESSED");
    await choose(bot.id, builtin);
    expect(textOf(await ask(bot.id, "When does the shop open?"))).toContain("nine");
    await switched(bot.id, builtin);
    expect(textOf(await ask(bot.id, "When does the shop open?"))).toContain("nine");
  });

  test("is not waited for: answers, new documents and deletions go on while a build is held up", async () => {
    const bot = await botWith(ada, { "Crates.md": crates(80) });
    const old = await botText(bot.id, "Old.md", "The old tariff is nine euros."); // in the second batch
    const held = gate();
    let batches = 0;
    provider.answer = async (request) => {
      if (isBatchOf(words)(request) && ++batches === 2) await held.pass();
      return 200;
    };
    await choose(bot.id, words);
    await held.reached;
    const building = await stateOf(bot.id);
    expect(building.building).toMatchObject({ model: words, done: 64, failure: null });
    expect(building.active.model).toBe(builtin);
    expect(textOf(await ask(bot.id, "What does the crate numbered 41 weigh?"))).toContain("48 grams");
    const added = await botText(bot.id, "Return.md", "Parcels go back within thirty days.");
    expect(added.status).toBe("PROCESSED");
    expect(textOf(await ask(bot.id, "How many days for parcels to go back?"))).toContain("thirty days");
    await ada.trpc.botDocument.delete.mutate({ botId: bot.id, documentId: old.id });
    expect((await stateOf(bot.id)).building?.done).toBe(64);

    held.open();
    const after = await switched(bot.id, words);
    expect(after.chunks).toBe(building.chunks);
    expect(textOf(await ask(bot.id, "How many days for parcels to go back?"))).toContain("thirty days");
    const late = await ask(bot.id, "What is the old tariff?");
    expect(sourcesOf(late).map(({ title }) => title)).not.toContain("Old.md");
  });

  test("lets a model answer a question that shares no word with the passage", async () => {
    await ada.trpc.user.setLlmApiKey.mutate({
      provider: "openai",
      apiKey: "sk-test",
      baseUrl: writer.baseUrl,
      model: "fake-1",
    });
    const bot = await botWith(ada, {
      "Cars.md": "The price of the car is nine euros.",
      "Tea.md": "Tea is green.",
    });
    const question = "How much do automobiles cost?";
    expect(verificationOf(await ask(bot.id, question)).mode).toBe("abstained");
    await choose(bot.id, words);
    await switched(bot.id, words);
    const answer = await ask(bot.id, question);
    expect(verificationOf(answer).mode).toBe("model");
    expect(textOf(answer)).toContain("nine euros");
    expect(sourcesOf(answer).map(({ title }) => title)).toEqual(["Cars.md"]);
  });

  test("stops when it is cancelled, and when a third is chosen", async () => {
    const bot = await botWith(ada, { "Crates.md": crates(80) });
    const held = gate();
    let batches = 0;
    provider.answer = async (request) => {
      if (isBatchOf(words)(request) && ++batches > 1) await held.pass(); // a second job asks, too
      return 200;
    };
    await choose(bot.id, words);
    await held.reached;
    const cancelled = await ada.trpc.knowledge.cancelEmbedding.mutate({ botId: bot.id });
    expect([cancelled.building, cancelled.active.model]).toEqual([null, builtin]);
    const { items: audited } = await ada.trpc.audit.list.query({ action: "embedding.cancelled" });
    expect(audited).toMatchObject([{ actor: { id: ada.userId } }]);
    const choice = cancelled.choices.find(({ model }) => model === words);
    expect(choice).toMatchObject({ missing: cancelled.chunks - 64, wasActive: false });
    await choose(bot.id, words);
    await choose(bot.id, others);
    held.open();
    const after = await switched(bot.id, others);
    expect(after.choices.find(({ model }) => model === words)?.missing).toBe(choice?.missing);
    expect((await ada.trpc.knowledge.cancelEmbedding.mutate({ botId: bot.id })).active.model).toBe(others);
  });
});

describe("an embedding model that fails", () => {
  test("stops the build with a reason, and it goes on where it stopped when tried again", async () => {
    const bot = await botWith(ada, { "Crates.md": crates(80) });
    let batches = 0;
    provider.answer = (request) => (isBatchOf(words)(request) && ++batches === 2 ? 401 : 200);
    await choose(bot.id, words);
    const failed = await until(bot.id, ({ building }) => typeof building?.failure === "string");
    expect(failed.active.model).toBe(builtin);
    expect(failed.building).toMatchObject({ model: words, done: 64 });
    expect(failed.building?.failure).toMatch(/refused the key of openai:words-24/);
    expect(textOf(await ask(bot.id, "What does the crate numbered 41 weigh?"))).toContain("48 grams");

    provider.requests.length = 0;
    await choose(bot.id, words);
    await switched(bot.id, words);
    const embedded = provider.requests.flatMap(({ texts }) => texts);
    expect(embedded).toHaveLength(failed.chunks - 64);
  });

  test("for a moment is asked again", async () => {
    const bot = await botWith(ada, { "Hours.md": "The shop opens at nine.\n\n# Mondays\n\nIt is closed." });
    let calls = 0;
    provider.answer = () => (++calls === 1 ? 503 : 200);
    await choose(bot.id, words);
    await switched(bot.id, words);
  });

  test("at a question leaves the search by words and tells members so", async () => {
    const bot = await botWith(ada, { "Hours.md": "The shop opens at nine." });
    await choose(bot.id, words);
    await switched(bot.id, words);
    provider.answer = () => 503;
    const answer = await ask(bot.id, "When does the shop open?");
    expect(textOf(answer)).toContain("nine");
    expect(verificationOf(answer).notice).toMatch(/Searched by words alone\. .*status 503/);
    const trace = await ada.trpc.answers.get.query({ id: answer.metadata?.answerId ?? "" });
    const retrieve = trace.trace.stages.find(({ stage }) => stage === "retrieve");
    expect(retrieve?.summary).toMatch(/Searched by words alone\.$/);
    expect(retrieve?.data.embeddingFailure).toMatch(/status 503/);
    const usage = await ada.trpc.budget.usage.query({ botId: bot.id });
    expect(usage.find((row) => row.model === words)?.calls).toBeGreaterThan(0);
  });

  test("because its connection is gone says what to do, and the built-in one is at hand", async () => {
    const bot = await botWith(ada, { "Hours.md": "The shop opens at nine." });
    await choose(bot.id, words);
    await switched(bot.id, words);
    await connect("openai", "words-99");
    expect((await stateOf(bot.id)).active.connection).toBe("changed");
    const changed = verificationOf(await ask(bot.id, "When does the shop open?"));
    expect(changed.notice ?? "").not.toMatch(/words alone/);

    await disconnect("openai");
    const state = await stateOf(bot.id);
    expect(state.active).toMatchObject({ model: words, connection: "unusable" });
    expect(state.choices.map(({ model }) => model)).toEqual([builtin, others]);
    const answer = await ask(bot.id, "When does the shop open?");
    expect(textOf(answer)).toContain("nine");
    expect(verificationOf(answer).notice).toMatch(/has no connection any more/);
    const late = await botText(bot.id, "Late.md", "Late parcels are free.");
    expect(late).toMatchObject({ status: "FAILED", errorCode: "EMBEDDING_FAILED" });
    expect(late.errorMessage).toMatch(/Connect it again.*built-in embedding model/);

    await choose(bot.id, builtin);
    await switched(bot.id, builtin);
    await ada.trpc.knowledge.reprocess.mutate({ id: late.id });
    expect((await processed(ada, bot.id, late.id)).status).toBe("PROCESSED");
    // its vectors are kept, but nobody could be asked for a question's
    expect((await stateOf(bot.id)).choices.map(({ model }) => model)).toEqual([others]);
    expect(await refusal(choose(bot.id, words))).toBe("UNAVAILABLE");
  });

  test("because the budget is used up is not asked", async () => {
    const bot = await botWith(ada, { "Hours.md": crates(3) });
    await ada.trpc.prices.set.mutate({ model: words, input: 100_000, output: 0 });
    await ada.trpc.budget.set.mutate({ botId: bot.id, limit: 0.01 });
    provider.requests.length = 0;
    await choose(bot.id, words);
    const failed = await until(bot.id, ({ building }) => typeof building?.failure === "string");
    expect(failed.building?.failure).toMatch(/budget/);
    expect(provider.requests).toEqual([]);
    await ada.trpc.budget.set.mutate({ botId: bot.id, limit: null });
    await ada.trpc.prices.reset.mutate({ model: words });
    await choose(bot.id, words);
    await switched(bot.id, words);
  });

  test("of too many dimensions or unknown is refused before anything is built", async () => {
    const bot = await botWith(ada, { "Hours.md": "The shop opens at nine." });
    await connect("openai", "words-4001");
    expect(await refusalText(choose(bot.id, "openai:words-4001"))).toMatch(/4001 dimensions; 1 to 4000/);
    await connect("openai", "words-4000");
    await choose(bot.id, "openai:words-4000");
    await switched(bot.id, "openai:words-4000");
    expect(await refusalText(choose(bot.id, "openai:other"))).toMatch(/openai:other is not connected/);
    expect((await stateOf(bot.id)).building).toBeNull();
  });
});

/** A text of the bot's, once its processing has ended. */
async function botText(botId: string, name: string, content: string) {
  const { id } = await ada.trpc.botDocument.addManualText.mutate({ botId, name, content });
  return processed(ada, botId, id);
}
