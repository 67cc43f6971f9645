import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, memberChat, readEvents, textOf, userMessage } from "../../../../../tests/harness/chat.ts";
import { type OpenAiServer, startOpenAiServer } from "../../../../../tests/harness/openai-server.ts";
import {
  botWith,
  colleague,
  play,
  processed,
  refusal,
  type Scenario,
  upload,
} from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { newId } from "../../platform/ids/index.ts";
import { messages } from "../conversations/conversations.tables.ts";

const key = "sk-tenants-own-0123456789";
const question = "How many days does a refund take after the parcel?";
const truth = "A refund takes 14 days after we receive the parcel. [1]";

let provider: OpenAiServer;
let server: TestServer;
let ada: TestUser;
let member: TestUser;
let eve: TestUser;
let botId: string;
let answerId: string;
const logged: string[] = [];
beforeAll(async () => {
  provider = await startOpenAiServer();
  server = await startTestServer(
    { OUTBOUND_ALLOWED_HOSTS: provider.host, MODEL_TEST_LIMIT: "1000" },
    { log: (line) => logged.push(line) },
  );
  ada = await server.signUp("Ada");
  member = await colleague(server, ada, "member");
  eve = await server.signUp("Eve");
  botId = (await botWith(ada, shopTexts)).id;
  const connection = { provider: "openai" as const, apiKey: key, baseUrl: provider.baseUrl, model: "fake-1" };
  await ada.trpc.user.setLlmApiKey.mutate(connection);
  provider.script({ kind: "answer", text: truth });
  const answer = await askBot(server, memberChat(ada, botId), question);
  answerId = answer.metadata?.answerId ?? "";
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

const botMessages = (conversationId: string) =>
  server.services.db.withTenant(ada.tenantId, (tx) =>
    tx
      .select()
      .from(messages)
      .where(and(eq(messages.conversationId, conversationId), eq(messages.author, "bot"))),
  );

const stream = (input: object, headers = ada.headers) =>
  readEvents(
    `${server.url}/trpc/ragQuery.streamQuery?input=${encodeURIComponent(JSON.stringify(input))}`,
    headers,
  );
const typeOf = (data: unknown) =>
  typeof data === "object" && data !== null ? Reflect.get(data, "type") : undefined;

describe("a streamed query", () => {
  test("tells words, sources, the checks and the end, with the tenant's own model", async () => {
    provider.script({ kind: "answer", text: truth });
    const live = await stream({ botId, query: question });
    const events = await live.until((all) => all.some((event) => typeOf(event.data) === "end"));
    const parts = events.map((event) => event.data).filter((data) => typeOf(data) !== undefined);
    expect(parts.map(typeOf).filter((type, n, all) => type !== all[n - 1])).toEqual([
      "text",
      "source",
      "text",
      "verification",
      "end",
    ]);
    const text = parts.map((part) => (typeOf(part) === "text" ? Reflect.get(Object(part), "text") : ""));
    expect(text.join("")).toBe(truth);
    expect(parts.at(-1)).toMatchObject({ state: "complete", queryLogId: expect.any(String) });
    expect(provider.requests.at(-1)?.headers.authorization).toBe(`Bearer ${key}`);
    await live.close();
  });

  test("of a model that breaks off goes on in a paragraph of its own, as history shows it", async () => {
    provider.script({ kind: "break", after: "A refund takes " });
    const sessionId = newId();
    const live = await stream({ botId, query: question, sessionId });
    const events = await live.until((all) => all.some((event) => typeOf(event.data) === "end"));
    await live.close();
    const parts = events.map((event) => event.data);
    const text = parts.map((part) => (typeOf(part) === "text" ? Reflect.get(Object(part), "text") : ""));
    expect(text.join("")).toMatch(/^A refund takes \n\n/);
    expect(await botMessages(sessionId)).toMatchObject([{ text: text.join("") }]);
  });

  test("that nobody could answer has an error before its end", async () => {
    const { otherwise } = provider;
    provider.otherwise = () => ({ kind: "status", status: 500 });
    const live = await stream({ botId, query: "Combien de jours prend un remboursement ?" });
    const events = await live.until((all) => all.some((event) => typeOf(event.data) === "end"));
    await live.close();
    const types = events.map((event) => typeOf(event.data)).filter((type) => type !== undefined);
    provider.otherwise = otherwise;
    expect(types.slice(-3)).toEqual(["handoff", "error", "end"]);
    expect(JSON.stringify(events)).toContain('"errorCode":"UPSTREAM_FAILED"');
  });

  test("whose reader leaves stops the model and keeps what was said", async () => {
    provider.script({ kind: "silence", after: "A refund takes " });
    const asked = provider.requests.length;
    const sessionId = newId();
    const live = await stream({ botId, query: question, sessionId });
    await live.until((all) => JSON.stringify(all).includes("takes"));
    await live.close();
    expect(await provider.requests[asked]?.closed).toEqual({ whole: false });
    await expect.poll(async () => (await botMessages(sessionId))[0]?.state).toBe("interrupted");
    expect(await botMessages(sessionId)).toMatchObject([{ text: "A refund takes " }]);
  });

  test.each([
    ["by a guest", { query: "Hello" }, "UNAUTHORIZED", () => ({})],
    ["by another tenant", { query: "Hello" }, "NOT_FOUND", () => eve.headers],
    ["of nothing", { query: " " }, "VALIDATION_ERROR", () => ada.headers],
    ["of 8,001 characters", { query: "a".repeat(8_001) }, "VALIDATION_ERROR", () => ada.headers],
    ["of an unknown bot", { botId: newId(), query: "Hello" }, "NOT_FOUND", () => ada.headers],
  ])("%s is refused", async (_title, input, code, headers) => {
    const live = await stream({ botId, ...input }, headers());
    await live.until((all) => JSON.stringify(all).includes(`"errorCode":"${code}"`));
    await live.close();
  });
});

describe("a query of a bot that has read nothing", () => {
  test.each(["CREATING", "ERROR"])("tells its client BOT_NOT_READY, and that it is %s", async (status) => {
    const bot = await ada.trpc.bot.create.mutate({ name: "New" });
    if (status === "ERROR") {
      const file = { name: "damaged.pdf", type: "application/pdf", bytes: Buffer.from("%PDF-1.7 no more") };
      await processed(ada, bot.id, await upload(ada, bot.id, file));
    }
    const live = await stream({ botId: bot.id, query: "Hello" });
    const events = await live.until((all) => JSON.stringify(all).includes("BOT_NOT_READY"));
    expect(events.map(({ data }) => data)).toContainEqual(
      expect.objectContaining({
        data: expect.objectContaining({ errorCode: "BOT_NOT_READY", httpStatus: 412, details: { status } }),
      }),
    );
    await live.close();
  });
});

describe("an answer", () => {
  const as = (who: "ada" | "eve" | "member" | "guest") => () =>
    ({ ada: ada.trpc, eve: eve.trpc, member: member.trpc, guest: server.guest })[who];
  const read: Scenario["call"] = (trpc) => trpc.answers.get.query({ id: answerId });
  const rate =
    (change: object = {}): Scenario["call"] =>
    (trpc) =>
      trpc.ragQuery.submitFeedback.mutate({ queryLogId: answerId, rating: "THUMBS_UP", ...change });
  const scenarios: Scenario[] = [
    { title: "read by its asker", as: as("ada"), call: read },
    { title: "read by a guest", as: as("guest"), call: read, refused: "UNAUTHORIZED" },
    { title: "read by another tenant", as: as("eve"), call: read, refused: "NOT_FOUND" },
    { title: "read by a member who did not ask", as: as("member"), call: read, refused: "NOT_FOUND" },
    {
      title: "that is none, read",
      as: as("ada"),
      call: (trpc) => trpc.answers.get.query({ id: newId() }),
      refused: "NOT_FOUND",
    },
    { title: "rated by a guest", as: as("guest"), call: rate(), refused: "UNAUTHORIZED" },
    { title: "rated by another tenant", as: as("eve"), call: rate(), refused: "NOT_FOUND" },
    { title: "rated with 1,000 characters", as: as("ada"), call: rate({ comment: "a".repeat(1_000) }) },
    {
      title: "rated with 1,001 characters",
      as: as("ada"),
      call: rate({ comment: "a".repeat(1_001) }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "rated otherwise",
      as: as("ada"),
      call: rate({ rating: "up" }),
      refused: "VALIDATION_ERROR",
    },
  ];
  test.each(scenarios)("$title: $refused", play);

  test("keeps enough to be replayed: what was asked, found, sent and checked", async () => {
    const answer = await ada.trpc.answers.get.query({ id: answerId });
    expect(answer).toMatchObject({ question, mode: "model", model: "openai:fake-1", verdict: "correct" });
    expect(answer.trace.stages.map((stage) => stage.stage)).toEqual([
      "understand",
      "retrieve",
      "grade",
      "answer",
      "verify",
    ]);
    expect(answer.trace.passages.length).toBeGreaterThan(0);
    expect(answer.trace.instructions).toContain("<source number=");
    expect(answer.citations).toHaveLength(1);
    expect(answer.latencyMs).toBeGreaterThanOrEqual(0);
  });
});

describe("an answer under way", () => {
  test("that a dead process left is shown as interrupted, and asking again answers it", async () => {
    const chat = memberChat(ada, botId);
    const asked = userMessage(question);
    provider.script({ kind: "answer", text: truth });
    const first = await askBot(server, chat, asked);
    // as a kill -9 leaves it: begun long ago, never ended
    await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx
        .update(messages)
        .set({ state: "streaming", text: "", updatedAt: new Date(Date.now() - 3_600_000) })
        .where(eq(messages.id, first.id)),
    );
    const history = async () => {
      const path = `${server.url}/api/chat/${chat.chatId}/messages`;
      return (await fetch(path, { headers: ada.headers })).json();
    };
    expect((await history()).messages).toHaveLength(1);
    provider.script({ kind: "answer", text: truth });
    const second = await askBot(server, chat, asked);
    expect(second.id).not.toBe(first.id);
    expect(textOf(second)).toBe(truth);
    expect((await history()).messages).toHaveLength(2);
  });

  test("may hold a word longer than a database's notice", async () => {
    const word = "é".repeat(9_000);
    provider.script({ kind: "answer", text: `${word} [1]` });
    const answer = await askBot(server, memberChat(ada, botId), question);
    expect(textOf(answer)).toBe(`${word} [1]`);
  });
});

test("the model's key is in no line of the log, failures included", async () => {
  provider.script({ kind: "status", status: 401, body: `{"error":{"message":"Wrong key: ${key}"}}` });
  await askBot(server, memberChat(ada, botId), question);
  provider.script({ kind: "status", status: 401, body: `{"error":{"message":"Wrong key: ${key}"}}` });
  const connection = { provider: "openai" as const, apiKey: key, baseUrl: provider.baseUrl, model: "fake-1" };
  expect(await refusal(ada.trpc.user.setLlmApiKey.mutate(connection))).toBe("API_KEY_INVALID");
  expect(logged.join("\n")).toContain("a model failed; quoting instead");
  expect(logged.join("\n")).not.toContain(key);
});
