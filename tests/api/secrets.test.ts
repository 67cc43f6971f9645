import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listProcedures } from "../../apps/server/src/app/procedures.ts";
import { askBot, memberChat } from "../harness/chat.ts";
import { eventually } from "../harness/eventually.ts";
import { type OpenAiServer, startOpenAiServer } from "../harness/openai-server.ts";
import { botWith } from "../harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../harness/server.ts";

/*
 * A model's key goes in and never comes out: not of any procedure that lists something, not of an error, not in a
 * line of the log at its lowest level, not in clear in any row of any table, jobs and audit log among them. The
 * provider is a rude one, that repeats the key in each of its refusals.
 */

const secret = "sk-planted-4c0ffee-do-not-repeat";
const other = "sk-planted-embedding-do-not-repeat";
const planted = /do-not-repeat/;

let server: TestServer;
let provider: OpenAiServer;
let ada: TestUser;
const lines: string[] = [];
const heard: string[] = [];

beforeAll(async () => {
  provider = await startOpenAiServer();
  server = await startTestServer(
    { OUTBOUND_ALLOWED_HOSTS: provider.host, MODEL_SILENCE_LIMIT: "500" },
    { log: (line) => lines.push(line) },
  );
  ada = await server.signUp("Ada");
  const hear = async (call: Promise<unknown>) => {
    const said = await call.catch((error: unknown) => error);
    heard.push(said instanceof Error ? `${said.message} ${JSON.stringify(said)}` : JSON.stringify(said));
  };
  const rude = (status: number) => ({
    kind: "status" as const,
    status,
    body: JSON.stringify({ error: { message: `No: ${secret} ${other}`, type: "x", code: secret } }),
  });
  const connection = { provider: "openai", baseUrl: provider.baseUrl, model: "gpt-4o-mini" } as const;
  for (const status of [400, 401, 403, 404, 429, 500]) {
    provider.otherwise = () => rude(status);
    await hear(ada.trpc.user.setLlmApiKey.mutate({ ...connection, apiKey: secret }));
  }
  provider.otherwise = () => ({ kind: "answer", text: "Ready." });
  await hear(ada.trpc.user.setLlmApiKey.mutate({ ...connection, apiKey: secret }));
  await hear(
    ada.trpc.user.setLlmApiKey.mutate({
      ...connection,
      purpose: "embedding",
      model: "text-embedding-3-small",
      apiKey: other,
    }),
  );
  const bot = await botWith(ada, { "Hours.md": "The shop opens at nine." });
  await ada.trpc.bot.update.mutate({ id: bot.id, activeLlmConfigProvider: "openai" });
  await hear(
    ada.trpc.knowledge.chooseEmbedding.mutate({ botId: bot.id, model: "openai:text-embedding-3-small" }),
  );
  await eventually(async () => {
    const { active } = await ada.trpc.knowledge.embedding.query({ botId: bot.id });
    expect(active.model).toBe("openai:text-embedding-3-small");
  });
  provider.otherwise = () => rude(401);
  await hear(askBot(server, memberChat(ada, bot.id), "When does the shop open?"));
  await hear(ada.trpc.user.testLlmApiKey.mutate({ provider: "openai" }));
  await hear(ada.trpc.user.testLlmApiKey.mutate({ provider: "openai", purpose: "embedding" }));
  provider.otherwise = () => ({ kind: "malformed", after: "It", chunk: secret });
  await hear(askBot(server, memberChat(ada, bot.id), "When does the shop open?"));
  await hear(ada.trpc.user.removeLlmApiKey.mutate({ provider: "openai", purpose: "embedding" }));
});

afterAll(async () => {
  await server.close();
  await provider.close();
});

test("the key was used: the provider has seen it", () => {
  expect(provider.requests.some(({ headers }) => headers.authorization === `Bearer ${secret}`)).toBe(true);
  expect(provider.requests.some(({ headers }) => headers.authorization === `Bearer ${other}`)).toBe(true);
});

test("no answer and no error that its owner gets has it", () => {
  for (const said of heard) expect(said).not.toMatch(planted);
});

test("what failed was told", () => {
  expect(heard.join()).toContain("API_KEY_INVALID");
  expect(heard.join()).toContain("refused the key");
});

test("no query that needs no input has it", async () => {
  const queries = listProcedures().filter(({ type, auth }) => type === "query" && auth !== "admin");
  for (const { name } of queries) {
    const response = await fetch(`${server.url}/trpc/${name}`, { headers: ada.headers });
    expect(await response.text(), name).not.toMatch(planted);
  }
});

test("no line of the log has it", () => {
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) expect(line).not.toMatch(planted);
});

test("no row of any table has it in clear", async () => {
  const db = server.services.db.system();
  const { rows: tables } = await db.execute<{ schema: string; name: string }>(
    sql`select table_schema as schema, table_name as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
  );
  expect(tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["audit_log", "job", "model_connections"]),
  );
  for (const { schema, name } of tables) {
    const table = sql`${sql.identifier(schema)}.${sql.identifier(name)}`;
    const found = await db.execute(sql`select 1 from ${table} t where t::text like '%do-not-repeat%'`);
    expect(found.rows, name).toEqual([]);
  }
});
