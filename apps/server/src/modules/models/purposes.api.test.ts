import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  type OpenAiServer,
  type Script,
  startOpenAiServer,
} from "../../../../../tests/harness/openai-server.ts";
import {
  colleague,
  play,
  refusal,
  refusalText,
  type Scenario,
} from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { contextFor } from "../../faces/principal.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { embeddingChoices, embeddingModel } from "./index.ts";

const key = "sk-test-0123456789-secret";
let provider: OpenAiServer;
let server: TestServer;
let ada: TestUser;
const people: Record<string, TestUser> = {};
beforeAll(async () => {
  provider = await startOpenAiServer();
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: provider.host, MODEL_TEST_LIMIT: "400" });
  ada = await server.signUp("Ada");
  for (const role of ["admin", "agent", "member"] as const) people[role] = await colleague(server, ada, role);
});
afterAll(async () => {
  await server.close();
  await provider.close();
});
beforeEach(async () => {
  for (const name of ["openai", "ollama"] as const)
    await ada.trpc.user.removeLlmApiKey.mutate({ provider: name });
});

type Input = Parameters<TestUser["trpc"]["user"]["setLlmApiKey"]["mutate"]>[0];
const connect = (change: Partial<Input> = {}) =>
  ada.trpc.user.setLlmApiKey.mutate({
    provider: "openai",
    apiKey: key,
    baseUrl: provider.baseUrl,
    model: "fake-1",
    ...change,
  });
const embedder = () => connect({ purpose: "embedding", model: "fake-embedding" });
const configured = async () =>
  (await ada.trpc.user.listLlmApiKeys.query())
    .filter((one) => one.isConfigured)
    .map((one) => `${one.purpose} ${one.provider}:${one.model}`);
const context = () => contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);

describe("an embedding connection", () => {
  test("is tried by embedding a word, and its dimensions are learned", async () => {
    const asked = provider.requests.length;
    const saved = await embedder();
    expect(saved).toMatchObject({
      purpose: "embedding",
      state: "working",
      dimensions: 16,
      statusMessage: "The model embedded a test word in 16 dimensions.",
    });
    const [request] = provider.requests.slice(asked);
    expect(request).toMatchObject({ path: "/v1/embeddings", model: "fake-embedding" });
    expect(request?.headers.authorization).toBe(`Bearer ${key}`);
  });

  test("stands beside the answering one of the same provider, and goes alone or with it", async () => {
    await connect();
    await embedder();
    expect(await configured()).toEqual(["answering openai:fake-1", "embedding openai:fake-embedding"]);
    await ada.trpc.user.removeLlmApiKey.mutate({ provider: "openai", purpose: "answering" });
    expect(await configured()).toEqual(["embedding openai:fake-embedding"]);
    await connect();
    await ada.trpc.user.removeLlmApiKey.mutate({ provider: "openai" });
    expect(await configured()).toEqual([]);
  });

  test("of Ollama is reached at its plain address", async () => {
    const baseUrl = provider.baseUrl.replace("/v1", "");
    await connect({ provider: "ollama", purpose: "embedding", apiKey: "", baseUrl, model: "nomic" });
    expect(provider.requests.at(-1)).toMatchObject({ path: "/v1/embeddings", model: "nomic" });
  });

  const faults: { title: string; script: Script; code: string }[] = [
    { title: "refuses the key", script: { kind: "status", status: 401 }, code: "API_KEY_INVALID" },
    { title: "knows no such model", script: { kind: "status", status: 404 }, code: "API_KEY_INVALID" },
    { title: "is at its limit", script: { kind: "status", status: 429 }, code: "UPSTREAM_FAILED" },
    { title: "is ill", script: { kind: "status", status: 500 }, code: "UPSTREAM_FAILED" },
    { title: "says nothing", script: { kind: "silence" }, code: "UPSTREAM_TIMEOUT" },
    {
      title: "gives an empty vector",
      script: {
        kind: "status",
        status: 200,
        body: `{"data":[{"embedding":[]}],"usage":{"prompt_tokens":1}}`,
      },
      code: "UPSTREAM_FAILED",
    },
    {
      title: "is no provider",
      script: { kind: "status", status: 200, body: "<html></html>" },
      code: "UPSTREAM_FAILED",
    },
  ];
  test.each(faults)("whose provider $title is not kept", async ({ script, code }) => {
    provider.script(script, script);
    expect(await refusal(embedder())).toBe(code);
    expect(await refusalText(embedder())).toContain("Nothing was saved.");
    expect(await configured()).toEqual([]);
  });
});

describe("the doors for those who embed", () => {
  const models = () => inTx(context(), embeddingChoices);
  const open = (name: string) => inTx(context(), (ctx) => embeddingModel(ctx, name));

  test("name the tenant's embedding models with their dimensions", async () => {
    await connect();
    expect(await models()).toEqual([]);
    await embedder();
    expect(await models()).toEqual([{ name: "openai:fake-embedding", dimensions: 16 }]);
  });

  test("open a space's model by the name that the space has", async () => {
    await embedder();
    const { model, name, isBuiltin } = await open("openai:an-older:one");
    expect([name, isBuiltin]).toEqual(["openai:an-older:one", false]);
    const { embeddings } = await model.doEmbed({ values: ["tea"] });
    expect(embeddings[0]).toHaveLength(16);
    expect(provider.requests.at(-1)?.model).toBe("an-older:one");
  });

  test("give the built-in one for its name", async () => {
    expect(await open("builtin:lexical-512")).toMatchObject({ name: "builtin:lexical-512", isBuiltin: true });
  });

  test("say so when the connection is gone", async () => {
    await connect(); // one that answers is none that embeds
    await expect(open("openai:fake-embedding")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });
});

describe("a saved key, tested again", () => {
  const retest = () => ada.trpc.user.testLlmApiKey.mutate({ provider: "openai" });

  test("that still works has a new time", async () => {
    const saved = await connect();
    const tested = await retest();
    expect(tested).toMatchObject({ state: "working", statusMessage: "The model answered a test question." });
    expect(Date.parse(tested.lastTested ?? "")).toBeGreaterThanOrEqual(Date.parse(saved.lastTested ?? ""));
  });

  test("that fails says so, keeps the time of its last success, and recovers", async () => {
    const saved = await connect();
    provider.script({ kind: "status", status: 401, body: `{"error":{"message":"bad ${key}"}}` });
    const failed = await retest();
    expect(failed).toMatchObject({
      state: "failing",
      isConfigured: true,
      lastTested: saved.lastTested,
      statusMessage: "Test failed: The provider refused the key. Check that it is whole and active.",
    });
    const [listed] = await ada.trpc.user.listLlmApiKeys.query();
    expect(listed).toEqual(failed);
    expect(JSON.stringify(failed)).not.toContain(key);
    expect(await retest()).toMatchObject({ state: "working" });
  });

  const as = (role: string) => () => people[role]?.trpc ?? server.guest;
  const again =
    (change: object = {}): Scenario["call"] =>
    (trpc) =>
      trpc.user.testLlmApiKey.mutate({ provider: "openai", ...change });
  const scenarios: Scenario[] = [
    { title: "by a guest", as: as("guest"), call: again(), refused: "UNAUTHORIZED" },
    { title: "by a member", as: as("member"), call: again(), refused: "FORBIDDEN" },
    { title: "by an agent", as: as("agent"), call: again(), refused: "FORBIDDEN" },
    { title: "by an admin", as: as("admin"), call: again() },
    {
      title: "that was never saved",
      as: as("admin"),
      call: again({ provider: "grok" }),
      refused: "NOT_FOUND",
    },
    {
      title: "of the other purpose",
      as: as("admin"),
      call: again({ purpose: "embedding" }),
      refused: "NOT_FOUND",
    },
    {
      title: "of an unknown provider",
      as: as("admin"),
      call: again({ provider: "x" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "of an unknown purpose",
      as: as("admin"),
      call: again({ purpose: "x" }),
      refused: "VALIDATION_ERROR",
    },
  ];
  test.each(scenarios)("$title: $refused", async (scenario) => {
    await connect();
    await play(scenario);
  });

  test("is not found by another tenant", async () => {
    await connect();
    const eve = await server.signUp("Eve");
    expect(await refusal(eve.trpc.user.testLlmApiKey.mutate({ provider: "openai" }))).toBe("NOT_FOUND");
  });
});
