import { AbstractChat, type ChatState, type ChatStatus, DefaultChatTransport } from "ai";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  askBot,
  memberChat,
  sourcesOf,
  textOf,
  userMessage,
  verificationOf,
} from "../../../../../tests/harness/chat.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { botWith } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { newId } from "../../platform/ids/index.ts";
import { documentVersions } from "../knowledge/knowledge.tables.ts";
import type { ChatMessage } from "./index.ts";

let server: TestServer;
let ada: TestUser;
let botId: string;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  botId = (await botWith(ada, shopTexts)).id;
});
afterAll(() => server.close());

const history = (conversationId: string, headers: Record<string, string> = ada.headers) =>
  fetch(`${server.url}/api/chat/${conversationId}/messages`, { headers }).then(async (response) => {
    if (!response.ok) throw new Error(`${response.status}`);
    const { messages }: { messages: ChatMessage[] } = await response.json();
    return messages;
  });

const storedText = (documentId: string, version: number) =>
  server.services.db.withTenant(ada.tenantId, async (tx) => {
    const [row] = await tx
      .select({ text: documentVersions.text })
      .from(documentVersions)
      .where(and(eq(documentVersions.documentId, documentId), eq(documentVersions.version, version)));
    return row?.text ?? "";
  });

/** The problem of a question, once it counts so many occurrences. */
const problemOf = (question: string, occurrences: number) =>
  eventually(async () => {
    const { items } = await ada.trpc.problems.list.query({ search: question });
    expect(items).toMatchObject([{ question, occurrences, status: "open", bot: { id: botId } }]);
  });

describe("an answer", () => {
  test("cites the exact words of the document, and history shows the same", async () => {
    const chat = memberChat(ada, botId);
    const answer = await askBot(server, chat, "How long does a refund take?");
    expect(textOf(answer)).toContain("14 days");
    expect(answer.metadata).toMatchObject({ conversationId: chat.chatId, state: "complete" });
    const sources = sourcesOf(answer);
    expect(sources.length).toBeGreaterThan(0);
    for (const source of sources) {
      const text = await storedText(source.documentId, source.version);
      expect(text.slice(source.startOffset, source.endOffset)).toBe(source.quote);
      expect(textOf(answer)).toContain(`[${source.id}]`);
    }
    const verification = verificationOf(answer);
    expect(verification).toMatchObject({ mode: "extractive", model: "builtin:extractive" });
    expect(verification.notice).toContain("No model is configured");
    expect(verification.claims.map((claim) => claim.verdict)).not.toContain("unsupported");

    const [question, kept] = await history(chat.chatId);
    if (!question || !kept) throw new Error("There is no history.");
    expect(textOf(question)).toBe("How long does a refund take?");
    expect(kept.id).toBe(answer.id);
    expect(textOf(kept)).toBe(textOf(answer));
    expect(sourcesOf(kept)).toEqual(sources);
    expect(verificationOf(kept)).toEqual({ ...verification, notice: null });
    expect(kept.metadata).toMatchObject({ answerId: answer.metadata?.answerId, state: "complete" });
  });

  test("arrives in steps that only grow, through the AI SDK's Chat as useChat runs it", async () => {
    const chat = new PlainChat(server, ada, botId);
    await chat.sendMessage({ text: "When does the shop in Lyon open?" });
    expect(chat.status).toBe("ready");
    expect(chat.error).toBeUndefined();
    await chat.sendMessage({ text: "And on Saturday?" });
    expect(chat.messages.map((message) => message.role)).toEqual(["user", "assistant", "user", "assistant"]);
    expect(chat.messages.map(textOf)).toEqual([
      "When does the shop in Lyon open?",
      expect.stringContaining("nine in the morning"),
      "And on Saturday?",
      expect.stringContaining("eleven"),
    ]);
    const lengths: number[] = [];
    await askBot(server, memberChat(ada, botId), "What does delivery to Belgium cost?", {
      onUpdate: (message) => lengths.push(textOf(message).length),
    });
    expect(lengths).toEqual([...lengths].sort((a, b) => a - b));
    expect(new Set(lengths).size).toBeGreaterThan(3);
  });

  test("to small talk is kept without an answer behind it", async () => {
    const chat = memberChat(ada, botId);
    const answer = await askBot(server, chat, "Bonjour !");
    expect(textOf(answer)).toBe("Bonjour ! Que souhaitez-vous savoir ?");
    expect(answer.metadata?.answerId).toBeNull();
    expect((await history(chat.chatId)).map(textOf)).toEqual(["Bonjour !", textOf(answer)]);
  });

  test("from an empty knowledge base says so and offers a person", async () => {
    const empty = await ada.trpc.bot.create.mutate({ name: "Empty" });
    const answer = await askBot(server, memberChat(ada, empty.id), "How long does a refund take?");
    expect(textOf(answer)).toContain("I have no documents to answer from yet");
    expect(answer.parts).toContainEqual({ type: "data-handoff", data: { offered: true, reason: "empty" } });
  });

  test("that the documents do not hold is not given, and the problem is counted", async () => {
    const question = "Which moons of Jupiter have volcanoes?";
    const answer = await askBot(server, memberChat(ada, botId), question);
    expect(verificationOf(answer)).toMatchObject({ verdict: "incorrect", mode: "abstained", confidence: 0 });
    expect(sourcesOf(answer)).toEqual([]);
    expect(answer.parts).toContainEqual({ type: "data-handoff", data: { offered: true, reason: "unknown" } });
    await problemOf(question, 1);
    await Promise.all([
      askBot(server, memberChat(ada, botId), question),
      askBot(server, memberChat(ada, botId), question),
    ]);
    await problemOf(question, 3);
  });

  test("can quote half of an emoji's neighbourhood without failing", async () => {
    // the trace keeps the first 160 characters of each passage: the cut falls inside the emoji
    const text = `${"The gate of dock 7 opens at dawn. ".padEnd(159, "-")}😀 and closes at dusk.`;
    const dock = await botWith(ada, { "Dock.md": text });
    const answer = await askBot(server, memberChat(ada, dock.id), "When does the gate of dock 7 open?");
    expect(textOf(answer)).toContain("dawn");
    expect(answer.metadata?.answerId).toBeTruthy();
  });

  test("survives a question with characters that no database keeps", async () => {
    const chat = memberChat(ada, botId);
    const answer = await askBot(server, chat, "How long does a\u0000 refund take\ud800?");
    expect(textOf(answer)).toContain("14 days");
  });
});

describe("a message sent twice", () => {
  test("one after the other gets the same answer", async () => {
    const chat = memberChat(ada, botId);
    const question = userMessage("Is an exchange free?");
    const first = await askBot(server, chat, question);
    const second = await askBot(server, chat, question);
    expect(second.id).toBe(first.id);
    expect(textOf(second)).toBe(textOf(first));
    expect(sourcesOf(second)).toEqual(sourcesOf(first));
    expect(await history(chat.chatId)).toHaveLength(2);
  });

  test("at once, in a chat that is new, makes one message and one answer", async () => {
    const chat = memberChat(ada, botId);
    const question = userMessage("Are shipping costs refunded?");
    const answers = await Promise.all([1, 2, 3, 4].map(() => askBot(server, chat, question)));
    expect(new Set(answers.map((answer) => answer.id)).size).toBe(1);
    expect(new Set(answers.map(textOf)).size).toBe(1);
    expect((await history(chat.chatId)).map((message) => message.role)).toEqual(["user", "assistant"]);
  });
});

describe("a chat's id", () => {
  test("may be anything: the same one is the same conversation, for its own member", async () => {
    const chat = memberChat(ada, botId, "my chat / 1");
    const first = await askBot(server, chat, "How long does a refund take?");
    const second = await askBot(server, chat, "Are shipping costs refunded?");
    expect(second.metadata?.conversationId).toBe(first.metadata?.conversationId);
    const eve = await server.signUp("Eve");
    const evesBot = await botWith(eve, { "Eve.md": "# Tea\n\nEve drinks green tea at four." });
    const hers = await askBot(server, memberChat(eve, evesBot.id, "my chat / 1"), "What does Eve drink?");
    expect(hers.metadata?.conversationId).not.toBe(first.metadata?.conversationId);
  });

  const other = () => ada.trpc.bot.create.mutate({ name: "Other" }).then((bot) => bot.id);
  const cases: {
    title: string;
    body: () => Promise<object>;
    headers?: () => Record<string, string>;
    status: number;
    code: string;
  }[] = [
    {
      title: "of another bot's chat is refused",
      async body() {
        const chatId = newId();
        await askBot(server, memberChat(ada, botId, chatId), "Hello");
        return { id: chatId, botId: await other(), messages: [userMessage("Hello")] };
      },
      status: 409,
      code: "CONFLICT",
    },
    {
      title: "that is unknown, without a bot, is not found",
      body: async () => ({ id: newId(), messages: [userMessage("Hello")] }),
      status: 404,
      code: "NOT_FOUND",
    },
    {
      title: "with an unknown bot is not found",
      body: async () => ({ id: newId(), botId: newId(), messages: [userMessage("Hello")] }),
      status: 404,
      code: "NOT_FOUND",
    },
    {
      title: "of a guest is refused",
      body: async () => ({ id: newId(), botId, messages: [userMessage("Hello")] }),
      headers: () => ({}),
      status: 401,
      code: "UNAUTHORIZED",
    },
    {
      title: "sent from another site with the member's cookie is refused",
      body: async () => ({ id: newId(), botId, messages: [userMessage("Hello")] }),
      headers: () => ({ ...ada.headers, origin: "https://evil.example" }),
      status: 403,
      code: "ORIGIN_NOT_ALLOWED",
    },
    {
      title: "without messages is refused",
      body: async () => ({ id: newId(), botId, messages: [] }),
      status: 400,
      code: "VALIDATION_ERROR",
    },
    {
      title: "with a blank message is refused",
      body: async () => ({ id: newId(), botId, messages: [userMessage(" \n ")] }),
      status: 400,
      code: "VALIDATION_ERROR",
    },
    {
      title: "with a message of 8,001 characters is refused",
      body: async () => ({ id: newId(), botId, messages: [userMessage("a".repeat(8_001))] }),
      status: 400,
      code: "VALIDATION_ERROR",
    },
    {
      title: "with a body over 2 MB is refused",
      body: async () => ({ id: newId(), botId, messages: [userMessage("a".repeat(2_200_000))] }),
      status: 413,
      code: "PAYLOAD_TOO_LARGE",
    },
  ];
  test.each(cases)("$title", async ({ body, headers, status, code }) => {
    const response = await fetch(`${server.url}/api/chat`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(headers?.() ?? ada.headers) },
      body: JSON.stringify(await body()),
    });
    expect(response.status).toBe(status);
    expect((await response.json()).error.code).toBe(code);
  });

  test("a message of 8,000 characters is answered", async () => {
    const question = `How long does a refund take? ${"please ".repeat(2_000)}`.slice(0, 8_000).trim();
    const answer = await askBot(server, memberChat(ada, botId), question);
    expect(textOf(answer)).not.toBe("");
  });
});

/** What `useChat` holds in React's state, in plain fields. */
class PlainChat extends AbstractChat<ChatMessage> {
  constructor(server: TestServer, user: TestUser, botId: string) {
    const state: ChatState<ChatMessage> = {
      status: "ready" satisfies ChatStatus,
      error: undefined,
      messages: [],
      pushMessage: (message) => void state.messages.push(message),
      popMessage: () => void state.messages.pop(),
      replaceMessage: (index, message) => {
        state.messages[index] = message;
      },
      snapshot: (thing) => structuredClone(thing),
    };
    const api = `${server.url}/api/chat`;
    super({ state, transport: new DefaultChatTransport({ api, headers: user.headers, body: { botId } }) });
  }
}
