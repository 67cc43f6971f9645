import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { askBot, followEvents, textOf, type Visitor, visit } from "../../../../../tests/harness/chat.ts";
import { type OpenAiServer, startOpenAiServer } from "../../../../../tests/harness/openai-server.ts";
import { botWith, colleague, refusal, refusalText } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
let provider: OpenAiServer;
let ada: TestUser;
let bob: TestUser;
let botId: string;
beforeAll(async () => {
  provider = await startOpenAiServer();
  server = await startTestServer({ OPENAI_BASE_URL: provider.baseUrl, OPENAI_MODEL: "fake-1" });
  ada = await server.signUp("Ada");
  bob = await colleague(server, ada, "agent");
  botId = (await botWith(ada, shopTexts)).id;
});
afterAll(async () => {
  await server.close();
  await provider.close();
});

const handoff = (visitor: Visitor, body: object = {}) =>
  fetch(`${server.url}/api/chat/${visitor.conversationId}/handoff`, {
    method: "POST",
    headers: { ...visitor.headers, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
const read = (visitor: Visitor) => ada.trpc.conversations.get.query({ id: visitor.conversationId });
const thread = async (visitor: Visitor) =>
  (await read(visitor)).messages.map((message) => [message.metadata?.author?.kind, textOf(message)]);
const isStatus = (status: string) => (event: { event: string; data: unknown }) =>
  event.event === "status" && JSON.stringify(event.data).includes(`"${status}"`);

/** A conversation with one answered question. */
async function talking(): Promise<Visitor> {
  const visitor = await visit(server, ada, botId);
  await askBot(server, visitor, "How long does a refund take after the parcel?");
  return visitor;
}

describe("the way to a person and back", () => {
  test("is confirmed, silences the bot, is seen live, and ends with the bot's answer", async () => {
    const visitor = await talking();
    const live = await followEvents(server, visitor.conversationId, visitor.headers);
    const asked = await handoff(visitor, { reason: "It is broken", email: "vera@example.org", locale: "fr" });
    expect(await asked.json()).toMatchObject({ status: "escalated", online: false });
    await live.until((events) => events.some(isStatus("escalated")));
    const escalated = await read(visitor);
    expect(escalated).toMatchObject({
      status: "escalated",
      customer: { email: "vera@example.org" },
      escalation: { reason: "It is broken", status: "pending" },
      allowed: { takeOver: true, reply: true, resolve: true, handBack: true, reopen: false },
    });
    expect((await thread(visitor)).at(-1)).toEqual(["system", expect.stringContaining("Une personne")]);

    // the bot is silent from here on
    const requests = provider.requests.length;
    const silent = await askBot(server, visitor, "Are shipping costs refunded?");
    expect(silent.parts).toContainEqual({ type: "data-delivered", data: { to: "agent" } });
    expect(textOf(silent)).toBe("");
    expect(provider.requests).toHaveLength(requests);
    expect((await thread(visitor)).at(-1)).toEqual(["customer", "Are shipping costs refunded?"]);
    expect(await handoff(visitor).then((response) => response.json())).toMatchObject({ status: "escalated" });
    expect((await thread(visitor)).filter(([kind]) => kind === "system")).toHaveLength(1);

    // an agent replies; the visitor sees it
    const reply = { id: visitor.conversationId, text: "I am Bob. How can I help?", clientId: newId() };
    const sent = await bob.trpc.conversations.reply.mutate(reply);
    expect((await bob.trpc.conversations.reply.mutate(reply)).id).toBe(sent.id);
    const seen = await live.until((events) => events.some((event) => JSON.stringify(event).includes("Bob.")));
    expect(seen.filter((event) => event.event === "status").at(-1)?.data).toMatchObject({
      agent: { name: "agent" },
    });
    expect(await read(visitor)).toMatchObject({
      status: "awaiting_customer",
      assignee: { id: bob.userId },
      escalation: { status: "assigned" },
    });

    // while Bob has it, asking for a person changes nothing
    await handoff(visitor);
    expect(await read(visitor)).toMatchObject({ status: "awaiting_customer", assignee: { id: bob.userId } });
    await askBot(server, visitor, "Thank you, Bob");
    expect(await read(visitor)).toMatchObject({ status: "awaiting_agent", assignee: { id: bob.userId } });

    // handed back, the bot answers
    const back = await bob.trpc.conversations.handBack.mutate({ id: visitor.conversationId });
    expect(back).toMatchObject({ status: "ai_handling", assignee: null, escalation: null });
    expect(textOf(await askBot(server, visitor, "What does delivery to Belgium cost?"))).not.toBe("");
    const ids = live.events.flatMap((event) => event.id ?? []);
    // in order and none twice; what customers are not told of leaves numbers out
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
    await live.close();
  });

  test("by words in the chat is the same as by the button", async () => {
    const visitor = await talking();
    const message = await askBot(server, visitor, "I want to talk to a person please");
    expect(message.parts).toContainEqual({ type: "data-delivered", data: { to: "agent" } });
    expect((await read(visitor)).status).toBe("escalated");
    expect((await thread(visitor)).at(-1)?.[0]).toBe("system");
  });

  test("says whether someone is there to see it", async () => {
    const controller = new AbortController();
    const opened = Promise.withResolvers<void>();
    const subscription = await fetch(`${server.url}/trpc/conversations.changes`, {
      headers: { ...ada.headers, accept: "text/event-stream" },
      signal: controller.signal,
    });
    const reader = subscription.body?.getReader();
    void reader?.read().then(() => opened.resolve());
    await opened.promise;
    const visitor = await talking();
    await expect
      .poll(() => handoff(visitor).then((response) => response.json()))
      .toMatchObject({ online: true });
    controller.abort();
  });

  test("a message after the end opens it again, for a person", async () => {
    const visitor = await talking();
    await bob.trpc.conversations.takeOver.mutate({ id: visitor.conversationId });
    await bob.trpc.conversations.resolve.mutate({ id: visitor.conversationId });
    expect((await read(visitor)).allowed).toMatchObject({ reopen: true, reply: false, takeOver: false });
    const message = await askBot(server, visitor, "It broke again");
    expect(message.parts).toContainEqual({ type: "data-delivered", data: { to: "agent" } });
    expect((await read(visitor)).status).toBe("awaiting_agent");
  });
});

describe("one owner", () => {
  test("of two agents who claim at once one has it, the other is told so", async () => {
    const visitor = await talking();
    await handoff(visitor);
    const id = visitor.conversationId;
    const claims = await Promise.allSettled([
      ada.trpc.conversations.takeOver.mutate({ id }),
      bob.trpc.conversations.takeOver.mutate({ id }),
    ]);
    expect(claims.map((claim) => claim.status).sort()).toEqual(["fulfilled", "rejected"]);
    const owner = (await read(visitor)).assignee?.id;
    const loser = owner === ada.userId ? bob : ada;
    expect([ada.userId, bob.userId]).toContain(owner);
    expect(await refusal(loser.trpc.conversations.takeOver.mutate({ id }))).toBe("CONFLICT");
    const reply = { id, text: "Me too", clientId: newId() };
    expect(await refusal(loser.trpc.conversations.reply.mutate(reply))).toBe("CONFLICT");
    expect((await read(visitor)).assignee?.id).toBe(owner);
  });

  test("the one who has it may claim it again", async () => {
    const visitor = await talking();
    const id = visitor.conversationId;
    await bob.trpc.conversations.takeOver.mutate({ id });
    expect(await bob.trpc.conversations.takeOver.mutate({ id })).toMatchObject({
      assignee: { id: bob.userId },
    });
  });
});

describe("an act that the state forbids", () => {
  const cases: { title: string; before: (id: string) => Promise<unknown>; act: Act; names: string[] }[] = [
    {
      title: "handing back what the bot has",
      before: async () => {},
      act: "handBack",
      names: ["ai_handling"],
    },
    {
      title: "reopening what is open",
      before: async () => {},
      act: "reopen",
      names: ["ai_handling", "awaiting_agent"],
    },
    {
      title: "resolving twice",
      before: (id) => bob.trpc.conversations.resolve.mutate({ id }),
      act: "resolve",
      names: ["resolved"],
    },
    {
      title: "taking over what is resolved",
      before: (id) => bob.trpc.conversations.resolve.mutate({ id }),
      act: "takeOver",
      names: ["resolved", "awaiting_agent"],
    },
    {
      title: "handing back what is resolved",
      before: (id) => bob.trpc.conversations.resolve.mutate({ id }),
      act: "handBack",
      names: ["resolved", "ai_handling"],
    },
  ];
  type Act = "handBack" | "reopen" | "resolve" | "takeOver";
  test.each(cases)("$title is a conflict that names the states", async ({ before, act, names }) => {
    const { conversationId: id } = await talking();
    await before(id);
    const status = (await ada.trpc.conversations.get.query({ id })).status;
    expect(await refusal(bob.trpc.conversations[act].mutate({ id }))).toBe("ILLEGAL_TRANSITION");
    const text = await refusalText(bob.trpc.conversations[act].mutate({ id }));
    for (const name of names) expect(text).toContain(name);
    expect((await ada.trpc.conversations.get.query({ id })).status).toBe(status);
  });

  test("resolve, reopen and the list follow each other", async () => {
    const visitor = await talking();
    const id = visitor.conversationId;
    const views = async () => {
      const ids = await Promise.all(
        (["needs_human", "mine", "open", "resolved", "all"] as const).map(async (view) => {
          const { items } = await bob.trpc.conversations.list.query({ view, limit: 100 });
          return items.some((item) => item.id === id) ? [view] : [];
        }),
      );
      return ids.flat();
    };
    expect(await views()).toEqual(["open", "all"]);
    await handoff(visitor);
    expect(await views()).toEqual(["needs_human", "open", "all"]);
    await bob.trpc.conversations.takeOver.mutate({ id });
    expect(await views()).toEqual(["needs_human", "mine", "open", "all"]);
    await bob.trpc.conversations.resolve.mutate({ id });
    expect(await views()).toEqual(["resolved", "all"]);
    expect(await bob.trpc.conversations.reopen.mutate({ id })).toMatchObject({
      status: "awaiting_agent",
      assignee: { id: bob.userId },
    });
    expect(await views()).toEqual(["needs_human", "mine", "open", "all"]);
  });
});

describe("a take-over while the bot speaks", () => {
  test("stops it: what was said stays, as interrupted, and nothing follows", async () => {
    const visitor = await visit(server, ada, botId);
    provider.script({ kind: "silence", after: "A refund takes " });
    const asked = provider.requests.length;
    const speaking = Promise.withResolvers<void>();
    const answer = askBot(server, visitor, "How long does a refund take after the parcel?", {
      onUpdate: (message) => {
        if (textOf(message).includes("refund takes")) speaking.resolve();
      },
    });
    await speaking.promise;
    await bob.trpc.conversations.takeOver.mutate({ id: visitor.conversationId });
    const message = await answer;
    expect(await provider.requests[asked]?.closed).toEqual({ whole: false });
    expect(textOf(message)).toBe("A refund takes ");
    expect(message.metadata?.state).toBe("interrupted");
    expect(message.parts).toContainEqual({ type: "data-delivered", data: { to: "agent" } });
    const last = (await read(visitor)).messages.at(-1);
    expect(last?.metadata).toMatchObject({ author: { kind: "bot" }, state: "interrupted" });
  });

  test("before its first word leaves no empty message", async () => {
    const visitor = await visit(server, ada, botId);
    const arrived = Promise.withResolvers<void>();
    provider.otherwise = () => {
      arrived.resolve();
      return { kind: "silence" };
    };
    try {
      const answer = askBot(server, visitor, "How long does a refund take after the parcel?");
      await arrived.promise;
      await handoff(visitor);
      expect(textOf(await answer)).toBe("");
      expect((await thread(visitor)).map(([kind]) => kind)).toEqual(["customer", "system"]);
    } finally {
      provider.otherwise = () => ({ kind: "answer", text: "Yes." });
    }
  });
});
