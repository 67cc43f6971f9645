import { afterAll, beforeAll, test } from "vitest";
import { botWith, play, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";

let server: TestServer;
let ada: TestUser;
let botId: string;
let documentId: string;
let promptId: string;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  const bot = await botWith(ada, { "Tea.md": "# Tea\n\nTea is served at four." });
  botId = bot.id;
  documentId = bot.documents[0]?.id ?? "";
  promptId = bot.activePromptId ?? "";
});
afterAll(() => server.close());

type Call = Scenario["call"];

/** Each bound, at it and beyond it. */
const bounds: { title: string; call: Call; refused?: string }[] = [
  ...[
    { name: "", refused: "VALIDATION_ERROR" },
    { name: "  ", refused: "VALIDATION_ERROR" },
    { name: "a" },
    { name: "a".repeat(100) },
    { name: "a".repeat(101), refused: "VALIDATION_ERROR" },
    { name: "a\u0000b", refused: "VALIDATION_ERROR" },
    { name: "بوت 😀 <b>\"'; drop table bots;--" },
  ].map(({ name, ...rest }) => ({
    title: `a bot's name of ${name.length} characters, ${name.slice(0, 12)}`,
    call: ((t) => t.bot.create.mutate({ name })) satisfies Call,
    ...rest,
  })),
  ...[
    { config: { chunkSize: 199 }, refused: "VALIDATION_ERROR" },
    { config: { chunkSize: 200 } },
    { config: { chunkSize: 2000, overlap: 200, topK: 10 } },
    { config: { chunkSize: 2001 }, refused: "VALIDATION_ERROR" },
    { config: { chunkSize: 500.5 }, refused: "VALIDATION_ERROR" },
    { config: { overlap: -1 }, refused: "VALIDATION_ERROR" },
    { config: { overlap: 0 } },
    { config: { overlap: 201 }, refused: "VALIDATION_ERROR" },
    { config: { chunkSize: 200, overlap: 101 }, refused: "VALIDATION_ERROR" },
    { config: { topK: 0 }, refused: "VALIDATION_ERROR" },
    { config: { topK: 1 } },
    { config: { topK: 11 }, refused: "VALIDATION_ERROR" },
  ].map(({ config, ...rest }) => ({
    title: `retrieval settings ${JSON.stringify(config)}`,
    call: ((t) => t.bot.create.mutate({ name: "Bounds", ragConfig: config })) satisfies Call,
    ...rest,
  })),
  ...[
    { page: { page: 0 }, refused: "VALIDATION_ERROR" },
    { page: { pageSize: 0 }, refused: "VALIDATION_ERROR" },
    { page: { pageSize: 1 } },
    { page: { pageSize: 100 } },
    { page: { pageSize: 101 }, refused: "VALIDATION_ERROR" },
    { page: { page: 9_000_000_000_000 } },
    { page: { search: "a".repeat(101) }, refused: "VALIDATION_ERROR" },
  ].map(({ page, ...rest }) => ({
    title: `a list of ${JSON.stringify(page).slice(0, 40)}`,
    call: ((t) => t.bot.list.query(page)) satisfies Call,
    ...rest,
  })),
  ...[
    { change: { description: "a".repeat(1000) } },
    { change: { description: "a".repeat(1001) }, refused: "VALIDATION_ERROR" },
    { change: { description: null } },
    { change: { withholdBelow: -0.1 }, refused: "VALIDATION_ERROR" },
    { change: { withholdBelow: 0 } },
    { change: { withholdBelow: 1 } },
    { change: { withholdBelow: 1.1 }, refused: "VALIDATION_ERROR" },
    { change: { activeLlmConfigProvider: null } },
  ].map(({ change, ...rest }) => ({
    title: `a bot's change ${JSON.stringify(change).slice(0, 40)}`,
    call: ((t) => t.bot.update.mutate({ id: botId, ...change })) satisfies Call,
    ...rest,
  })),
  ...[
    { prompt: { name: "", content: "a" }, refused: "VALIDATION_ERROR" },
    { prompt: { name: "p".repeat(100), content: "a" } },
    { prompt: { name: "p".repeat(101), content: "a" }, refused: "VALIDATION_ERROR" },
    { prompt: { name: "empty", content: "" }, refused: "VALIDATION_ERROR" },
    { prompt: { name: "long", content: "a".repeat(20_000) } },
    { prompt: { name: "longer", content: "a".repeat(20_001) }, refused: "VALIDATION_ERROR" },
  ].map(({ prompt, ...rest }) => ({
    title: `a prompt of ${prompt.name.length} and ${prompt.content.length} characters`,
    call: ((t) => t.botPrompt.create.mutate({ botId, ...prompt })) satisfies Call,
    ...rest,
  })),
  ...[
    { widget: { primaryColor: "#1D4ed8" } },
    { widget: { primaryColor: "#07f" } },
    { widget: { primaryColor: "#07fa" }, refused: "VALIDATION_ERROR" },
    { widget: { primaryColor: "blue" }, refused: "VALIDATION_ERROR" },
    { widget: { primaryColor: "#1d4ed8;}" }, refused: "VALIDATION_ERROR" },
    { widget: { headerText: "a".repeat(100) } },
    { widget: { headerText: "a".repeat(101) }, refused: "VALIDATION_ERROR" },
    { widget: { headerText: " " }, refused: "VALIDATION_ERROR" },
    { widget: { initialGreeting: "a".repeat(500) } },
    { widget: { initialGreeting: "a".repeat(501) }, refused: "VALIDATION_ERROR" },
    { widget: { locale: null } },
    { widget: { locale: "ar" as const } },
    { widget: { allowedDomains: ["Shop.Example", "*.a.b", "localhost:8080"] } },
    { widget: { allowedDomains: Array.from({ length: 50 }, (_, n) => `d${n}.example`) } },
    {
      widget: { allowedDomains: Array.from({ length: 51 }, (_, n) => `d${n}.example`) },
      refused: "VALIDATION_ERROR",
    },
    { widget: { allowedDomains: ["https://shop.example"] }, refused: "VALIDATION_ERROR" },
    { widget: { allowedDomains: ["shop.example/path"] }, refused: "VALIDATION_ERROR" },
    { widget: { allowedDomains: ["*"] }, refused: "VALIDATION_ERROR" },
  ].map(({ widget, ...rest }) => ({
    title: `a widget with ${JSON.stringify(widget).slice(0, 50)}`,
    call: ((t) => t.widgetConfig.update.mutate({ botId, ...widget })) satisfies Call,
    ...rest,
  })),
  ...[
    { text: { name: "", content: "a" }, refused: "VALIDATION_ERROR" },
    { text: { name: "n".repeat(255), content: "a" } },
    { text: { name: "n".repeat(256), content: "a" }, refused: "VALIDATION_ERROR" },
    { text: { name: "none", content: "" }, refused: "VALIDATION_ERROR" },
    { text: { name: "large", content: "a".repeat(2_200_000) }, refused: "PAYLOAD_TOO_LARGE" },
  ].map(({ text, ...rest }) => ({
    title: `a text of ${text.name.length} and ${text.content.length} characters`,
    call: ((t) => t.botDocument.addManualText.mutate({ botId, ...text })) satisfies Call,
    ...rest,
  })),
  ...[
    { version: 0, refused: "VALIDATION_ERROR" },
    { version: 1 },
    { version: 1.5, refused: "VALIDATION_ERROR" },
    { version: 2, refused: "NOT_FOUND" },
    { version: 2_147_483_647, refused: "NOT_FOUND" },
    { version: 2_147_483_648, refused: "VALIDATION_ERROR" },
  ].flatMap(({ version, ...rest }) => [
    {
      title: `version ${version} of a prompt`,
      call: ((t) => t.botPrompt.version.query({ id: promptId, version })) satisfies Call,
      ...rest,
    },
    {
      title: `a rollback to version ${version}`,
      call: ((t) => t.botPrompt.rollback.mutate({ id: promptId, version })) satisfies Call,
      ...rest,
    },
  ]),
  ...[
    { change: { baseVersion: 0, content: "a" }, refused: "VALIDATION_ERROR" },
    { change: { baseVersion: 2, content: "a" }, refused: "CONFLICT" },
    { change: { baseVersion: 1, content: "" }, refused: "VALIDATION_ERROR" },
    { change: { baseVersion: 1, content: "a".repeat(20_001) }, refused: "VALIDATION_ERROR" },
    { change: { baseVersion: 1 } },
  ].map(({ change, ...rest }) => ({
    title: `a prompt's change ${JSON.stringify(change).slice(0, 40)}`,
    call: ((t) => t.botPrompt.update.mutate({ id: promptId, ...change })) satisfies Call,
    ...rest,
  })),
  ...[
    { page: { page: 0 }, refused: "VALIDATION_ERROR" },
    { page: { pageSize: 0 }, refused: "VALIDATION_ERROR" },
    { page: { pageSize: 100 } },
    { page: { pageSize: 101 }, refused: "VALIDATION_ERROR" },
    { page: { page: 9_000_000_000_000 } },
  ].map(({ page, ...rest }) => ({
    title: `a prompt's history by ${JSON.stringify(page)}`,
    call: ((t) => t.botPrompt.history.query({ id: promptId, ...page })) satisfies Call,
    ...rest,
  })),
  ...[
    { version: 0, refused: "VALIDATION_ERROR" },
    { version: 1 },
    { version: 2, refused: "NOT_FOUND" },
    { version: 2_147_483_648, refused: "VALIDATION_ERROR" },
  ].map(({ version, ...rest }) => ({
    title: `version ${version} of a document`,
    call: ((t) => t.knowledge.get.query({ id: documentId, version })) satisfies Call,
    ...rest,
  })),
];
test.each(bounds)("$title: $refused", ({ call, ...rest }) => play({ as: () => ada.trpc, call, ...rest }));
