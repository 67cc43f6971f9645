import { eq, sql } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { askBot, followEvents, type Visitor, visit } from "../../../../../tests/harness/chat.ts";
import { colleague } from "../../../../../tests/harness/scenarios.ts";
import { codeOf, type SocketClient, socketClient } from "../../../../../tests/harness/socket.ts";
import { contextFor } from "../../faces/principal.ts";
import { tenantStopped } from "../../faces/tenant-stopped.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { emit } from "../../platform/events/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { members, sessions } from "../identity/identity.tables.ts";
import { createResolution } from "../resolutions/index.ts";
import { slaBreached, slaWarning } from "../slas/index.ts";
import * as schemas from "./live.events.schema.ts";
import { startLiveWorld } from "./testing/live-world.ts";

const world = await startLiveWorld();
const { server, ada, bob, member, eve, botId, advance, signIn, tokenOf, connected, entry, keyWith } = world;
afterAll(() => server.close());
afterEach(world.leave);

describe("who may connect", () => {
  test.each<[string, () => unknown]>([
    ["without a token", () => undefined],
    ["with an empty token", () => ""],
    ["with words for a token", () => "let me in"],
    ["with an object for a token", () => ({ $ne: "" })],
    ["with a very long token", () => "x".repeat(9_000)],
    ["with an access token that was changed", () => `${tokenOf(bob)}x`],
    ["with an API key that is none", () => `prl_${"0".repeat(40)}`],
  ])("%s: nobody", async (_title, token) => {
    expect(await entry(token())).toBe("UNAUTHORIZED");
  });

  test("a visitor's token is none for agents", async () => {
    const { token } = await visit(server, ada, botId);
    expect(await entry(token)).toBe("UNAUTHORIZED");
  });

  test("agents, owners, and programs that may read conversations; nobody else", async () => {
    expect(await entry(tokenOf(bob))).toBe("connected");
    expect(await entry(tokenOf(ada))).toBe("connected");
    expect(await entry(tokenOf(member))).toBe("FORBIDDEN");
    expect(await entry(await keyWith("conversations:read"))).toBe("connected");
    expect(await entry(await keyWith("chat"))).toBe("FORBIDDEN");
  });

  test("a cookie opens nothing", async () => {
    expect(await entry(undefined, { extraHeaders: bob.headers })).toBe("UNAUTHORIZED");
  });

  test("pages of other sites may not, by either transport", async () => {
    const extraHeaders = { origin: "https://elsewhere.example" };
    expect(await entry(tokenOf(bob), { extraHeaders })).not.toBe("connected");
    expect(await entry(tokenOf(bob), { extraHeaders, transports: ["polling"] })).not.toBe("connected");
    expect(await entry(tokenOf(bob), { extraHeaders: { origin: server.url } })).toBe("connected");
  });

  test("pages of a tenant's site may for that tenant alone", async () => {
    const listing = sql`update tenants set allowed_domains = array['eve.example'] where id = ${eve.tenantId}`;
    await server.services.db.system().execute(listing);
    const extraHeaders = { origin: "https://eve.example" };
    expect(await entry(tokenOf(eve), { extraHeaders })).toBe("connected");
    expect(await entry(tokenOf(bob), { extraHeaders })).toBe("FORBIDDEN");
  });
});

const of = (visitor: Visitor) => (data: { conversationId: string }) =>
  data.conversationId === visitor.conversationId;

test("a question, its answer and what agents do of it are told with seed 004's payloads", async () => {
  const agent = await connected(bob, { transports: ["polling", "websocket"] });
  const foreign = await connected(eve);
  const visitor = await visit(server, ada, botId);
  await askBot(server, visitor, "How long does a refund take after the parcel?");
  const opened = await agent.until("conversation:new", schemas.newConversation, of(visitor));
  expect(opened).toMatchObject({ channel: "web_chat", severity: null, customerId: expect.any(String) });
  const question = await agent.until("conversation:message", schemas.newMessage, of(visitor));
  expect(question.message).toMatchObject({
    channel: "web_chat",
    direction: "inbound",
    senderType: "customer",
    content: "How long does a refund take after the parcel?",
  });
  const isAnswer = (data: z.infer<typeof schemas.newMessage>) =>
    of(visitor)(data) && data.message.senderType === "bot" && data.message.state === "complete";
  expect(
    (await agent.until("conversation:message", schemas.newMessage, isAnswer)).message.content,
  ).toBeTruthy();
  await bob.trpc.conversations.takeOver.mutate({ id: visitor.conversationId });
  const given = await agent.until("conversation:assigned", schemas.assigned, of(visitor));
  expect(given).toMatchObject({ assignedAgentId: bob.userId, previousAgentId: null });
  const moved = await agent.until(
    "conversation:state_changed",
    schemas.stateChanged,
    (data) => of(visitor)(data) && data.state === "awaiting_agent",
  );
  expect(moved).toMatchObject({ previousState: "ai_handling", sequence: given.sequence });
  expect(foreign.heard.filter(({ event }) => event !== "agent:status_changed")).toEqual([]);
});

describe("what sockets send", () => {
  let agent: SocketClient;
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await visit(server, ada, botId);
    await askBot(server, visitor, "How long does a refund take after the parcel?");
  });

  const acts = ["conversation:typing", "conversation:read", "conversation:since"];
  const good = (conversationId: unknown) => ({ conversationId, isTyping: true, after: 0 });

  test.each(acts)("%s answers a foreign and an absent conversation alike", async (name) => {
    agent = await connected(eve);
    const foreign = await agent.ask(name, good(visitor.conversationId));
    expect(codeOf(foreign)).toBe("NOT_FOUND");
    expect(foreign).toEqual(await agent.ask(name, good(newId())));
  });

  test.each(acts)("%s takes no bad input", async (name) => {
    agent = await connected(bob);
    for (const input of [undefined, null, 7, "x", [], {}, good("no id"), good(null), good([newId()])]) {
      expect(codeOf(await agent.ask(name, input)), JSON.stringify(input)).toBe("VALIDATION_ERROR");
    }
    expect(await agent.ask(name, good(visitor.conversationId))).toMatchObject({ ok: true });
  });

  test.each<[string, object]>([
    ["conversation:since", { after: -1 }],
    ["conversation:since", { after: 0.5 }],
    ["conversation:since", { after: 2 ** 53 }],
    ["conversation:read", { sequence: -1 }],
    ["conversation:typing", { isTyping: "yes" }],
  ])("%s refuses %j", async (name, input) => {
    agent = await connected(bob);
    const { conversationId } = visitor;
    expect(codeOf(await agent.ask(name, { ...good(conversationId), ...input }))).toBe("VALIDATION_ERROR");
  });

  test("an unknown event is refused by name, with an acknowledgement or without", async () => {
    agent = await connected(bob);
    expect(codeOf(await agent.ask("conversation:delete", {}))).toBe("NOT_FOUND");
    agent.socket.emit("conversation:delete", {});
    const told = z.object({ event: z.string(), code: z.string() });
    const refusal = { event: "conversation:delete", code: "NOT_FOUND" };
    expect(await agent.until("error", told)).toMatchObject(refusal);
  });

  test("what is too large ends the connection and nothing else", async () => {
    agent = await connected(bob, { reconnection: false });
    const ended = new Promise((resolve) => agent.socket.once("disconnect", resolve));
    agent.socket.emit("conversation:typing", { conversationId: "x".repeat(1_000_000) });
    await ended;
    const again = await (await connected(bob)).ask("conversation:since", good(visitor.conversationId));
    expect(again).toMatchObject({ ok: true });
  });

  test("a program listens and does not act", async () => {
    const client = socketClient(server, await keyWith("conversations:read"));
    await client.connect();
    expect(codeOf(await client.ask("conversation:typing", good(visitor.conversationId)))).toBe("FORBIDDEN");
    expect(codeOf(await client.ask("conversation:read", good(visitor.conversationId)))).toBe("FORBIDDEN");
    expect(await client.ask("conversation:since", good(visitor.conversationId))).toMatchObject({ ok: true });
    client.close();
  });

  test("typing is told to colleagues, not to whoever types, nor to another tenant", async () => {
    const [typist, reader, foreign] = [await connected(bob), await connected(ada), await connected(eve)];
    const { conversationId } = visitor;
    await typist.ask("conversation:typing", { conversationId, isTyping: true });
    expect(await reader.until("conversation:typing", schemas.typingTold)).toEqual({
      conversationId,
      userId: bob.userId,
      name: "agent",
      isTyping: true,
      internal: false,
    });
    await reader.ask("conversation:since", good(conversationId));
    const names = [...typist.heard, ...foreign.heard].map(({ event }) => event);
    expect(names).not.toContain("conversation:typing");
  });

  test("typing is told to the customer, unless it is a note", async () => {
    const typist = await connected(bob);
    const { conversationId } = visitor;
    const feed = await followEvents(server, conversationId, visitor.headers);
    await feed.until((events) => events.some(({ event }) => event === "message"));
    await typist.ask("conversation:typing", { conversationId, isTyping: true, internal: true });
    await typist.ask("conversation:typing", { conversationId, isTyping: true });
    const events = await feed.until((events) => events.some(({ event }) => event === "typing"));
    const told = events.filter(({ event }) => event === "typing").map(({ data }) => data);
    expect(told).toEqual([{ author: { kind: "agent", name: "agent" } }]);
    feed.close();
  });

  test("a mark is told, and never goes back", async () => {
    const [reader, other] = [await connected(bob), await connected(ada)];
    const { conversationId } = visitor;
    const visitorOfOwn = await visit(server, ada, botId);
    await askBot(server, visitorOfOwn, "How long does a refund take after the parcel?");
    const at = { conversationId: visitorOfOwn.conversationId };
    expect(await reader.ask("conversation:read", { ...at, sequence: 2 })).toMatchObject({ sequence: 2 });
    expect(await reader.ask("conversation:read", { ...at, sequence: 1 })).toMatchObject({ sequence: 2 });
    const isThere = (data: { conversationId: string }) => data.conversationId !== conversationId;
    expect(await other.until("conversation:read", schemas.readTold, isThere)).toMatchObject({ sequence: 2 });
  });

  test("`agent:status` is told to colleagues as it was kept", async () => {
    const [teller, reader] = [await connected(bob), await connected(ada)];
    expect(await teller.ask("agent:status", { status: "busy" })).toEqual({ ok: true, status: "busy" });
    const isBusy = (data: z.infer<typeof schemas.agentTold>) => data.status === "busy";
    expect(await reader.until("agent:status_changed", schemas.agentTold, isBusy)).toMatchObject({
      agentId: bob.userId,
    });
    for (const input of [{}, { status: "asleep" }, { maxConcurrent: 0 }, { maxConcurrent: 101 }]) {
      expect(codeOf(await teller.ask("agent:status", input))).toBe("VALIDATION_ERROR");
    }
  });

  test("a resolution and a broken promise are told as they stand", async () => {
    const reader = await connected(ada);
    const { conversationId } = visitor;
    const ctx = contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);
    const resolution = await inTx(ctx, (ctx) =>
      createResolution(ctx, { conversationId, issueType: "technical", owningTeam: "engineering" }),
    );
    const told = await reader.until("resolution:update", schemas.resolutionTold);
    expect(told).toMatchObject({ conversationId, resolutionId: resolution.id, owningTeam: "engineering" });
    const clock = { conversationId, kind: "resolution" as const, dueAt: new Date().toISOString() };
    await inTx(ctx, async (ctx) => {
      await emit(ctx, slaWarning, clock);
      await emit(ctx, slaBreached, clock);
    });
    expect(await reader.until("sla:warning", schemas.slaTold)).toMatchObject(clock);
    expect(await reader.until("sla:breach", schemas.slaTold)).toMatchObject(clock);
  });

  test("`conversation:since` gives what was missed, and all to whoever had a number that was never given", async () => {
    agent = await connected(bob);
    const since = z.object({
      after: z.number(),
      upTo: z.number(),
      lastSequence: z.number(),
      events: z.array(z.object({ event: z.string(), data: z.looseObject({ sequence: z.number() }) })),
    });
    const ask = async (after: number) =>
      since.parse(await agent.ask("conversation:since", { conversationId: visitor.conversationId, after }));
    const all = await ask(0);
    expect(all.upTo).toBe(all.lastSequence);
    expect([...new Set(all.events.map(({ data }) => data.sequence))]).toEqual(
      Array.from({ length: all.lastSequence }, (_, n) => n + 1),
    );
    const rest = await ask(2);
    expect(rest.events).toEqual(all.events.filter(({ data }) => data.sequence > 2));
    expect(await ask(999_999)).toEqual(all);
    expect((await ask(all.lastSequence)).events).toEqual([]);
  });
});

describe("a right that ends", () => {
  const told = z.object({ event: z.null(), code: z.string() });
  async function dismissed(client: SocketClient) {
    const { code } = await client.until("error", told);
    if (client.socket.connected) await new Promise((resolve) => client.socket.once("disconnect", resolve));
    return code;
  }
  const db = () => server.services.db.system();

  test("A11: with the session, the role or the membership ends the connection at the next look", async () => {
    const users = [];
    for (const end of ["session", "role", "membership"] as const) {
      const user = await colleague(server, ada, "agent");
      await signIn(user);
      users.push({ user, end, client: await connected(user) });
    }
    const staying = await connected(bob);
    for (const { user, end } of users) {
      if (end === "session") await db().delete(sessions).where(eq(sessions.userId, user.userId));
      else if (end === "role")
        await db().update(members).set({ role: "member" }).where(eq(members.userId, user.userId));
      else await db().delete(members).where(eq(members.userId, user.userId));
    }
    advance(5_000);
    const codes = await Promise.all(users.map(({ client }) => dismissed(client)));
    expect(codes).toEqual(["UNAUTHORIZED", "FORBIDDEN", "UNAUTHORIZED"]);
    expect(await staying.ask("conversation:typing", {})).toMatchObject({
      error: { code: "VALIDATION_ERROR" },
    });
  });

  test("with the tenant's ends the connection at once, and no other tenant's", async () => {
    const [stopped, other] = [await connected(eve), await connected(bob)];
    const { events } = server.services;
    events.broadcast({ tenantId: eve.tenantId, topic: tenantStopped.name, data: {} });
    expect(await dismissed(stopped)).toBe("FORBIDDEN");
    expect(await other.ask("conversation:typing", {})).toMatchObject({ error: { code: "VALIDATION_ERROR" } });
  });
});
