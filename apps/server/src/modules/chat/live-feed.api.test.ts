import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  askBot,
  followEvents,
  memberChat,
  type ReceivedEvent,
  textOf,
  toldNumbers,
  visit,
} from "../../../../../tests/harness/chat.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { botWith, colleague } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { manualTicker } from "../../../../../tests/harness/ticker.ts";
import { contextFor } from "../../faces/principal.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { discardConversation } from "../conversations/index.ts";

const question = "What does delivery to Belgium cost?";

const { ticker, advance } = manualTicker();
let server: TestServer;
let ada: TestUser;
let botId: string;
beforeAll(async () => {
  server = await startTestServer();
  server.services.ticker = ticker;
  ada = await server.signUp("Ada");
  botId = (await botWith(ada, shopTexts)).id;
});
afterAll(() => server.close());

type Live = Awaited<ReturnType<typeof followEvents>>;

/** Turns the clock until the line has ended. */
async function endOf(live: Live): Promise<void> {
  await eventually(() => {
    advance(5_000);
    expect(live.ended).toBe(true);
  });
}

const fieldOf = (events: ReceivedEvent[], name: string, field: string) =>
  events.flatMap(({ event, data }) =>
    event === name && typeof data === "object" && data !== null ? [Reflect.get(data, field)] : [],
  );

describe("what a follower hears", () => {
  test("of an answer: its words and sources, its check, the whole message and the end", async () => {
    const visitor = await visit(server, ada, botId);
    const live = await followEvents(server, visitor.conversationId, visitor.headers);
    const answer = await askBot(server, visitor, question);
    const events = await live.until((all) => all.at(-1)?.event === "end");
    const names = events.map(({ event }) => event).filter((name) => name !== "delta");
    expect(names).toEqual(["message", "status", "message", "citation", "verification", "message", "end"]);
    expect(fieldOf(events, "delta", "delta").join("")).toBe(textOf(answer));
    expect(fieldOf(events, "delta", "offset")[0]).toBe(0);
    expect(events.at(-1)?.data).toEqual({
      messageId: answer.id,
      answerId: answer.metadata?.answerId,
      state: "complete",
    });
    expect(fieldOf(events, "verification", "claims")).toEqual([{ checked: 1, supported: 1 }]);
    await live.close();
  });

  test("of a question without an answer: the offer of a person, and of a person who was asked for", async () => {
    const visitor = await visit(server, ada, botId);
    const live = await followEvents(server, visitor.conversationId, visitor.headers);
    await askBot(server, visitor, "Who painted the ceiling of the chapel?");
    const events = await live.until((all) => all.at(-1)?.event === "end");
    expect(fieldOf(events, "handoff", "reason")).toEqual(["unknown"]);
    await askBot(server, visitor, "I want to talk to a human");
    await live.until((all) => fieldOf(all, "status", "status").includes("escalated"));
    await live.close();
  });

  test("a member follows a conversation of their own, and an agent a visitor's", async () => {
    const chat = memberChat(ada, botId);
    await askBot(server, chat, question);
    const own = await followEvents(server, chat.chatId, ada.headers);
    expect((await own.until((all) => all.at(-1)?.event === "end")).length).toBeGreaterThan(3);
    await own.close();
    const visitor = await visit(server, ada, botId);
    await askBot(server, visitor, question);
    const agent = await colleague(server, ada, "agent");
    const theirs = await followEvents(server, visitor.conversationId, agent.headers);
    await theirs.until((all) => all.at(-1)?.event === "end");
    await theirs.close();
    const member = await colleague(server, ada, "member");
    expect((await followEvents(server, visitor.conversationId, member.headers)).status).toBe(404);
  });

  test("a conversation of another's answers as one that is not there", async () => {
    const [mine, theirs] = [await visit(server, ada, botId), await visit(server, ada, botId)];
    const eve = await server.signUp("Eve");
    const refused = async (id: string, headers: Record<string, string>) => {
      const response = await fetch(`${server.url}/api/chat/${id}/stream`, { headers });
      return [response.status, await response.text()];
    };
    for (const { headers } of [mine, eve]) {
      const absent = await refused(newId(), headers);
      expect(absent[0]).toBe(404);
      expect(await refused(theirs.conversationId, headers)).toEqual(absent);
    }
    expect((await refused("x", mine.headers))[0]).toBe(400);
    expect((await refused(mine.conversationId, {}))[0]).toBe(401);
  });

  test("a number that was never given means all; one that is none is passed over", async () => {
    const visitor = await visit(server, ada, botId);
    await askBot(server, visitor, question);
    const numbersAfter = async (last: string | null) => {
      const live = await followEvents(server, visitor.conversationId, {
        ...visitor.headers,
        ...(last === null ? {} : { "last-event-id": last }),
      });
      const events = await live.until((all) => all.at(-1)?.event === "end");
      await live.close();
      return events.flatMap(({ id }) => id ?? []);
    };
    const all = await numbersAfter(null);
    expect(all[0]).toBe(1);
    for (const last of ["999", "-1", "x", "1e9"]) expect(await numbersAfter(last)).toEqual(all);
  });

  test("what no notice told of, because the line of notices was lost, half a minute later", async () => {
    const visitor = await visit(server, ada, botId);
    const live = await followEvents(server, visitor.conversationId, visitor.headers);
    await eventually(() => expect(live.comments).toHaveLength(1));
    const { events } = server.services;
    server.services.events = { ...events, announce: async () => {}, broadcast: () => {} };
    await askBot(server, visitor, "Hello");
    server.services.events = events;
    expect(live.events).toEqual([]);
    for (let tick = 0; tick < 6; tick++) {
      advance(5_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await eventually(() => {
      advance(5_000);
      expect(live.events.flatMap(({ id }) => id ?? [])).toHaveLength(4);
    });
    const told = await toldNumbers(server.services.db, ada.tenantId, visitor.conversationId);
    expect(live.events.flatMap(({ id }) => id ?? [])).toEqual(told);
    await live.close();
  });
});

describe("the line ends, and the next request is refused,", () => {
  test("when a member signs out", async () => {
    const bea = await server.signUp("Bea");
    const bot = await bea.trpc.bot.create.mutate({ name: "Helper" });
    const chat = memberChat(bea, bot.id);
    await askBot(server, chat, "Hello");
    const live = await followEvents(server, chat.chatId, bea.headers);
    await live.until((all) => all.length > 3);
    advance(5_000); // still signed in
    await bea.trpc.auth.logout.mutate();
    expect(live.ended).toBe(false);
    await endOf(live);
    expect((await followEvents(server, chat.chatId, bea.headers)).status).toBe(401);
  });

  test("when a member's role is another one", async () => {
    const visitor = await visit(server, ada, botId);
    const agent = await colleague(server, ada, "agent");
    const live = await followEvents(server, visitor.conversationId, agent.headers);
    const { members } = await import("../identity/identity.tables.ts");
    const { eq } = await import("drizzle-orm");
    await server.services.db
      .system()
      .update(members)
      .set({ role: "member" })
      .where(eq(members.userId, agent.userId));
    await endOf(live);
    expect((await followEvents(server, visitor.conversationId, agent.headers)).status).toBe(404);
  });

  test("when a visitor's token has run out", async () => {
    const visitor = await visit(server, ada, botId);
    const live = await followEvents(server, visitor.conversationId, visitor.headers);
    await eventually(() => expect(live.comments).toHaveLength(1));
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 31 * 24 * 3_600_000 });
    try {
      await endOf(live);
      expect((await followEvents(server, visitor.conversationId, visitor.headers)).status).toBe(401);
    } finally {
      vi.useRealTimers();
    }
  });

  test("at once when the conversation is deleted", async () => {
    const visitor = await visit(server, ada, botId);
    const live = await followEvents(server, visitor.conversationId, visitor.headers);
    await eventually(() => expect(live.comments).toHaveLength(1));
    const system = contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);
    await inTx(system, (ctx) => discardConversation(ctx, visitor.conversationId));
    await eventually(() => expect(live.ended).toBe(true));
    expect((await followEvents(server, visitor.conversationId, visitor.headers)).status).toBe(404);
  });
});
