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

const key = "sk-test-0123456789-secret";
let provider: OpenAiServer;
/** One that listens no more. */
let closed: OpenAiServer;
let server: TestServer;
let ada: TestUser;
const people: Record<string, TestUser> = {};
beforeAll(async () => {
  provider = await startOpenAiServer();
  closed = await startOpenAiServer();
  await closed.close();
  server = await startTestServer({
    OUTBOUND_ALLOWED_HOSTS: `${provider.host},${closed.host}`,
    MODEL_TEST_LIMIT: "400",
  });
  ada = await server.signUp("Ada");
  for (const role of ["admin", "agent", "member"] as const) people[role] = await colleague(server, ada, role);
});
afterAll(async () => {
  await server.close();
  await provider.close();
});
beforeEach(() => ada.trpc.user.removeLlmApiKey.mutate({ provider: "openai" }));

const as = (role: string) => () => people[role]?.trpc ?? server.guest;
const valid = () => ({
  provider: "openai" as const,
  apiKey: key,
  baseUrl: provider.baseUrl,
  model: "fake-1",
});
const connections = () => ada.trpc.user.listLlmApiKeys.query();
const configured = async () => (await connections()).filter((one) => one.isConfigured);

describe("a model's key", () => {
  test("is tried, sealed and listed without itself", async () => {
    const asked = provider.requests.length;
    const saved = await ada.trpc.user.setLlmApiKey.mutate(valid());
    expect(saved).toMatchObject({ provider: "openai", isConfigured: true, model: "fake-1" });
    expect(Date.parse(saved.lastTested ?? "")).not.toBeNaN();
    expect(provider.requests.slice(asked).map((request) => request.headers.authorization)).toEqual([
      `Bearer ${key}`,
    ]);
    const listed = await connections();
    expect(listed.map((one) => [one.purpose, one.provider, one.isConfigured])).toEqual([
      ["answering", "openai", true],
      ["answering", "anthropic", false],
      ["answering", "grok", false],
      ["answering", "ollama", false],
      ["embedding", "openai", false],
      ["embedding", "ollama", false],
    ]);
    expect(JSON.stringify([saved, listed])).not.toContain(key);
    expect(await everyRow(server)).not.toContain(key);
    await ada.trpc.user.removeLlmApiKey.mutate({ provider: "openai" });
    expect(await configured()).toEqual([]);
  });

  test("of another tenant is not listed", async () => {
    await ada.trpc.user.setLlmApiKey.mutate(valid());
    const eve = await server.signUp("Eve");
    expect((await eve.trpc.user.listLlmApiKeys.query()).some((one) => one.isConfigured)).toBe(false);
    await eve.trpc.user.removeLlmApiKey.mutate({ provider: "openai" });
    expect(await configured()).toHaveLength(1);
  });

  const faults: { title: string; script: Script; code: string; text: RegExp }[] = [
    {
      title: "that the provider refuses",
      script: { kind: "status", status: 401, body: `{"error":{"message":"Incorrect API key: ${key}"}}` },
      code: "API_KEY_INVALID",
      text: /refused the key/,
    },
    {
      title: "for a model that the provider has not",
      script: { kind: "status", status: 404 },
      code: "API_KEY_INVALID",
      text: /no such model/,
    },
    {
      title: "whose limit is used up",
      script: { kind: "status", status: 429, headers: { "retry-after": "60" } },
      code: "UPSTREAM_FAILED",
      text: /limit or credit/,
    },
    {
      title: "of a provider that is ill",
      script: { kind: "status", status: 500 },
      code: "UPSTREAM_FAILED",
      text: /status 500/,
    },
    {
      title: "of a provider that says nothing",
      script: { kind: "silence" },
      code: "UPSTREAM_TIMEOUT",
      text: /within 0.4 seconds/,
    },
    {
      title: "of something that is no provider",
      script: { kind: "status", status: 200, body: "<html>Hello</html>" },
      code: "UPSTREAM_FAILED",
      text: /does not speak the provider's protocol/,
    },
  ];
  test.each(faults)("$title is not kept", async ({ script, code, text }) => {
    provider.script(script, script);
    expect(await refusal(ada.trpc.user.setLlmApiKey.mutate(valid()))).toBe(code);
    const message = await refusalText(ada.trpc.user.setLlmApiKey.mutate(valid()));
    expect(message).toMatch(text);
    expect(message).not.toContain(key);
    expect(await configured()).toEqual([]);
  });

  test("that is refused leaves the one before it in place", async () => {
    await ada.trpc.user.setLlmApiKey.mutate(valid());
    provider.script({ kind: "status", status: 401 });
    const worse = { ...valid(), model: "fake-2" };
    expect(await refusal(ada.trpc.user.setLlmApiKey.mutate(worse))).toBe("API_KEY_INVALID");
    expect(await configured()).toMatchObject([{ model: "fake-1" }]);
  });

  const set =
    (change: object): Scenario["call"] =>
    (trpc) =>
      trpc.user.setLlmApiKey.mutate({ ...valid(), ...change });
  const scenarios: Scenario[] = [
    { title: "set by a guest", as: as("guest"), call: set({}), refused: "UNAUTHORIZED" },
    { title: "set by a member", as: as("member"), call: set({}), refused: "FORBIDDEN" },
    { title: "set by an agent", as: as("agent"), call: set({}), refused: "FORBIDDEN" },
    { title: "set by an admin", as: as("admin"), call: set({}) },
    {
      title: "at an address of our own network",
      as: as("admin"),
      call: set({ baseUrl: "http://127.0.0.1:1/v1" }),
      refused: "ADDRESS_NOT_ALLOWED",
    },
    {
      title: "at the metadata service",
      as: as("admin"),
      call: set({ baseUrl: "http://169.254.169.254/latest" }),
      refused: "ADDRESS_NOT_ALLOWED",
    },
    {
      title: "at an address where nobody listens",
      as: as("admin"),
      call: (trpc) => trpc.user.setLlmApiKey.mutate({ ...valid(), baseUrl: closed.baseUrl }),
      refused: "UPSTREAM_FAILED",
    },
    {
      title: "at no web address",
      as: as("admin"),
      call: set({ baseUrl: "file:///etc/passwd" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "of a provider that offers no embedding models, for embedding",
      as: as("admin"),
      call: set({ provider: "anthropic", purpose: "embedding", baseUrl: undefined }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "of an unknown provider",
      as: as("admin"),
      call: set({ provider: "other" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "with a line break in it",
      as: as("admin"),
      call: set({ apiKey: "sk-a\nb" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "of 501 characters",
      as: as("admin"),
      call: set({ apiKey: "k".repeat(501) }),
      refused: "VALIDATION_ERROR",
    },
    { title: "of 500 characters", as: as("admin"), call: set({ apiKey: "k".repeat(500) }) },
    {
      title: "for a model without a name",
      as: as("admin"),
      call: set({ model: " " }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "removed by a member",
      as: as("member"),
      call: (trpc) => trpc.user.removeLlmApiKey.mutate({ provider: "openai" }),
      refused: "FORBIDDEN",
    },
    {
      title: "removed by an admin where there is none",
      as: as("admin"),
      call: (trpc) => trpc.user.removeLlmApiKey.mutate({ provider: "ollama" }),
    },
    { title: "listed by a member", as: as("member"), call: (trpc) => trpc.user.listLlmApiKeys.query() },
    {
      title: "listed by a guest",
      as: as("guest"),
      call: (trpc) => trpc.user.listLlmApiKeys.query(),
      refused: "UNAUTHORIZED",
    },
  ];
  test.each(scenarios)("$title: $refused", play);
});

/** Every row of every table, as text. */
async function everyRow({ services }: TestServer): Promise<string> {
  const tables = await services.db.pool.query(
    "select table_schema, table_name from information_schema.tables where table_schema in ('public', 'jobs') and table_type = 'BASE TABLE'",
  );
  const texts: string[] = [];
  for (const { table_schema: schema, table_name: name } of tables.rows) {
    const rows = await services.db.pool.query(`select t::text as text from "${schema}"."${name}" t`);
    texts.push(...rows.rows.map((row) => row.text));
  }
  return texts.join("\n");
}
