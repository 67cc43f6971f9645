import { afterAll, beforeAll, describe, test } from "vitest";
import { type EmbeddingServer, startEmbeddingServer } from "../../../../../tests/harness/embedding-server.ts";
import { colleague, play, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

/* Who may read, choose and cancel a bot's embedding model, and with what. */

let provider: EmbeddingServer;
let server: TestServer;
const people: Record<string, TestUser> = {};
let botId: string;
beforeAll(async () => {
  provider = await startEmbeddingServer();
  server = await startTestServer({ OUTBOUND_ALLOWED_HOSTS: provider.host });
  const ada = await server.signUp("Ada");
  people.owner = ada;
  for (const role of ["admin", "agent", "member"] as const) people[role] = await colleague(server, ada, role);
  people.stranger = await server.signUp("Eve");
  botId = (await ada.trpc.bot.create.mutate({ name: "Helper" })).id;
  for (const who of ["owner", "stranger"] as const) {
    await people[who]?.trpc.user.setLlmApiKey.mutate({
      purpose: "embedding",
      provider: "openai",
      apiKey: "sk-test",
      baseUrl: provider.baseUrl,
      model: "words-24",
    });
  }
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

const as = (who: string) => () => people[who]?.trpc ?? server.guest;
const read =
  (id = () => botId): Scenario["call"] =>
  (trpc) =>
    trpc.knowledge.embedding.query({ botId: id() });
const choose =
  (model = "openai:words-24", id = () => botId): Scenario["call"] =>
  (trpc) =>
    trpc.knowledge.chooseEmbedding.mutate({ botId: id(), model });
const cancel =
  (id = () => botId): Scenario["call"] =>
  (trpc) =>
    trpc.knowledge.cancelEmbedding.mutate({ botId: id() });
const named = (length: number) => `openai:${"a".repeat(length - 7)}`;

const refusedTo = (call: Scenario["call"], what: string, roles: string[]): Scenario[] => [
  { title: `${what} by a guest`, as: as("guest"), call, refused: "UNAUTHORIZED" },
  { title: `${what} by another tenant`, as: as("stranger"), call, refused: "NOT_FOUND" },
  ...roles.map((role) => ({ title: `${what} by ${role}`, as: as(role), call, refused: "FORBIDDEN" })),
];

describe("an embedding model", () => {
  const scenarios: Scenario[] = [
    ...refusedTo(read(), "read", []),
    ...refusedTo(choose(), "chosen", ["agent", "member"]),
    ...refusedTo(cancel(), "cancelled", ["agent", "member"]),
    ...["owner", "admin", "agent", "member"].map((role) => ({
      title: `read by ${role}`,
      as: as(role),
      call: read(),
    })),
    { title: "of no bot, read", as: as("owner"), call: read(newId), refused: "NOT_FOUND" },
    { title: "of no bot, chosen", as: as("owner"), call: choose(undefined, newId), refused: "NOT_FOUND" },
    { title: "of no bot, cancelled", as: as("owner"), call: cancel(newId), refused: "NOT_FOUND" },
    { title: "of what is no id, read", as: as("owner"), call: read(() => "1"), refused: "VALIDATION_ERROR" },
    { title: "without a name", as: as("owner"), call: choose(" "), refused: "VALIDATION_ERROR" },
    { title: "without a provider", as: as("owner"), call: choose("words-24"), refused: "VALIDATION_ERROR" },
    { title: "without a model", as: as("owner"), call: choose("openai:"), refused: "VALIDATION_ERROR" },
    {
      title: "of 250 characters, not connected",
      as: as("owner"),
      call: choose(named(250)),
      refused: "VALIDATION_ERROR",
    },
    { title: "of 251 characters", as: as("owner"), call: choose(named(251)), refused: "VALIDATION_ERROR" },
    {
      title: "of a provider that is not connected",
      as: as("owner"),
      call: choose("ollama:words-24"),
      refused: "VALIDATION_ERROR",
    },
    { title: "that is connected, chosen by an owner", as: as("owner"), call: choose() },
    { title: "chosen again by an admin", as: as("admin"), call: choose() },
    { title: "that is built in", as: as("admin"), call: choose("builtin:lexical-512") },
    { title: "of which nothing is built, cancelled by an admin", as: as("admin"), call: cancel() },
    { title: "cancelled again by an owner", as: as("owner"), call: cancel() },
  ];
  test.each(scenarios)("$title: $refused", play);
});
