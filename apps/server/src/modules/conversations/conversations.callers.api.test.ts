import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { askBot, openWidget, readEvents, userMessage, visit } from "../../../../../tests/harness/chat.ts";
import { agentContext, systemContext } from "../../../../../tests/harness/desk.ts";
import { restClient } from "../../../../../tests/harness/rest.ts";
import { botWith, colleague, play, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { type ApiPermission, inTx } from "../../platform/ctx/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { getConversation, mergeConversations, openConversation } from "./index.ts";

let server: TestServer;
let ada: TestUser;
let bob: TestUser;
let member: TestUser;
let eve: TestUser;
let botId: string;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  bob = await colleague(server, ada, "agent");
  member = await colleague(server, ada, "member");
  eve = await server.signUp("Eve");
  botId = (await botWith(ada, shopTexts)).id;
});
afterAll(() => server.close());

/** A conversation with one answered question. */
async function talking() {
  const visitor = await visit(server, ada, botId);
  await askBot(server, visitor, "How long does a refund take after the parcel?");
  return visitor;
}

describe("who may", () => {
  const trpcOf = (name: "guest" | "member" | "eve" | "bob") => () =>
    ({ guest: server.guest, member: member.trpc, eve: eve.trpc, bob: bob.trpc })[name];
  let id: string;
  beforeAll(async () => {
    id = (await talking()).conversationId;
  });
  const acts: { name: string; call: (of: () => string) => Scenario["call"]; forMembers: string }[] = [
    { name: "get", call: (of) => (t) => t.conversations.get.query({ id: of() }), forMembers: "NOT_FOUND" },
    ...(["reply", "addNote"] as const).map((name) => ({
      name,
      call:
        (of: () => string): Scenario["call"] =>
        (t) =>
          t.conversations[name].mutate({ id: of(), text: "Hi", clientId: newId() }),
      forMembers: "FORBIDDEN",
    })),
    ...(["takeOver", "handBack", "resolve", "reopen"] as const).map((name) => ({
      name,
      call:
        (of: () => string): Scenario["call"] =>
        (t) =>
          t.conversations[name].mutate({ id: of() }),
      forMembers: "FORBIDDEN",
    })),
  ];
  const scenarios = acts.flatMap(({ name, call, forMembers }): Scenario[] => [
    { title: `${name} by a guest`, as: trpcOf("guest"), call: call(() => id), refused: "UNAUTHORIZED" },
    { title: `${name} by a member`, as: trpcOf("member"), call: call(() => id), refused: forMembers },
    { title: `${name} by another tenant`, as: trpcOf("eve"), call: call(() => id), refused: "NOT_FOUND" },
    { title: `${name} of nothing`, as: trpcOf("bob"), call: call(newId), refused: "NOT_FOUND" },
    { title: `${name} of no id`, as: trpcOf("bob"), call: call(() => "x"), refused: "VALIDATION_ERROR" },
  ]);
  const list =
    (input: object): Scenario["call"] =>
    (t) =>
      t.conversations.list.query({ view: "all", ...input });
  const others: Scenario[] = [
    { title: "list by a guest", as: trpcOf("guest"), call: list({}), refused: "UNAUTHORIZED" },
    { title: "list by a member", as: trpcOf("member"), call: list({}), refused: "FORBIDDEN" },
    { title: "list by an agent", as: trpcOf("bob"), call: list({}) },
    { title: "list of 0", as: trpcOf("bob"), call: list({ limit: 0 }), refused: "VALIDATION_ERROR" },
    { title: "list of 1", as: trpcOf("bob"), call: list({ limit: 1 }) },
    { title: "list of 100", as: trpcOf("bob"), call: list({ limit: 100 }) },
    { title: "list of 101", as: trpcOf("bob"), call: list({ limit: 101 }), refused: "VALIDATION_ERROR" },
    { title: "list of no view", as: trpcOf("bob"), call: list({ view: "x" }), refused: "VALIDATION_ERROR" },
    {
      title: "list after no cursor",
      as: trpcOf("bob"),
      call: list({ cursor: "nonsense" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "list after a cursor that is no id",
      as: trpcOf("bob"),
      call: list({ cursor: Buffer.from("1700000000000/x").toString("base64url") }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "reply of nothing",
      as: trpcOf("bob"),
      call: (t) => t.conversations.reply.mutate({ id, text: " ", clientId: newId() }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "reply of 8,001 characters",
      as: trpcOf("bob"),
      call: (t) => t.conversations.reply.mutate({ id, text: "a".repeat(8_001), clientId: newId() }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "reply of 8,000 characters",
      as: trpcOf("bob"),
      call: (t) => t.conversations.reply.mutate({ id, text: "a".repeat(8_000), clientId: newId() }),
    },
  ];
  test.each([...scenarios, ...others])("$title: $refused", play);

  beforeAll(async () => {
    for (let n = 0; n < 6; n++) await talking();
  });
  test("pages of the list hold each conversation once, and another tenant's list is empty", async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await bob.trpc.conversations.list.query({ view: "all", limit: 3, cursor });
      seen.push(...page.items.map((item) => item.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    const all = await bob.trpc.conversations.list.query({ view: "all", limit: 100 });
    expect(seen).toEqual(all.items.map((item) => item.id));
    expect(new Set(seen).size).toBe(seen.length);
    expect((await eve.trpc.conversations.list.query({ view: "all" })).items).toEqual([]);
    const found = await bob.trpc.conversations.list.query({ view: "all", search: "100% refund_" });
    expect(found.items).toEqual([]);
  });
});

describe("a program that may write conversations", () => {
  const { call } = restClient(() => server);
  const v1 = (method: string, path: string, body: object | undefined, key: string | undefined) =>
    call(method, `/v1${path}`, body, key);
  const keyOf = async (owner: TestUser, permission: ApiPermission) =>
    (await owner.trpc.apiKeys.create.mutate({ name: "Program", permissions: [permission] })).secret;
  const keys = new Map<string, string>();
  beforeAll(async () => {
    keys.set("reader", await keyOf(ada, "conversations:read"));
    keys.set("writer", await keyOf(ada, "conversations:write"));
    keys.set("foreign", await keyOf(eve, "conversations:write"));
  });

  interface Place {
    id: string;
    messageId: string;
  }
  interface Act {
    act: string;
    run: (at: Place, key: string | undefined) => ReturnType<typeof v1>;
    gives: object;
    audited?: string;
  }
  const attachments = [{ filename: "a.txt", base64Content: "YQ==" }];
  const send = (internal: boolean): Act["run"] => {
    const body = { content: "See the file", attachments, internal };
    return ({ id }, key) => v1("POST", `/conversations/${id}/messages`, body, key);
  };
  test.each<Act>([
    {
      act: "sends a file",
      run: send(false),
      gives: { senderType: "system", attachments: [{ filename: "a.txt" }] },
    },
    { act: "keeps a file", run: send(true), gives: { internal: true, attachments: [{ filename: "a.txt" }] } },
    {
      act: "deletes a message",
      run: ({ messageId }, key) => v1("DELETE", `/messages/${messageId}`, undefined, key),
      gives: { deleted: true },
      audited: "message.deleted",
    },
    {
      act: "splits",
      run: ({ id, messageId: fromMessageId }, key) =>
        v1("POST", `/conversations/${id}/split`, { fromMessageId }, key),
      gives: { state: "awaiting_agent", assignedAgentId: null },
      audited: "conversation.split",
    },
    {
      act: "reopens",
      run: ({ id }, key) => v1("POST", `/conversations/${id}/reopen`, {}, key),
      gives: { state: "awaiting_agent", assignedAgentId: null },
      audited: "conversation.reopened",
    },
  ])("$act; another's, and one that may only read, does not", async ({ act, run, gives, audited }) => {
    const { conversationId: id } = await talking();
    const { messages } = await bob.trpc.conversations.get.query({ id });
    const place = { id, messageId: messages.at(-1)?.id ?? "" };
    if (act === "reopens") await bob.trpc.conversations.resolve.mutate({ id });
    expect((await run(place, undefined)).status).toBe(401);
    expect((await run(place, keys.get("reader"))).status).toBe(403);
    const foreign = await run(place, keys.get("foreign"));
    const absent = await run({ id: newId(), messageId: newId() }, keys.get("foreign"));
    expect([foreign.status, errorOf(foreign.said)]).toEqual([404, errorOf(absent.said)]);
    expect((await run(place, keys.get("writer"))).said).toMatchObject({ success: true, data: gives });
    if (!audited) return;
    const { items } = await ada.trpc.audit.list.query({ action: audited });
    expect(items[0]?.actor).toMatchObject({ kind: "apiKey", name: "Program" });
  });

  test("splits and reopens for whoever has it", async () => {
    const { conversationId: id } = await talking();
    await bob.trpc.conversations.reply.mutate({ id, text: "I look into it", clientId: newId() });
    const fromMessageId = (await bob.trpc.conversations.get.query({ id })).messages.at(-1)?.id;
    const ofBob = { said: { data: { assignedAgentId: bob.userId } } };
    const act = (name: string, body: object) =>
      v1("POST", `/conversations/${id}/${name}`, body, keys.get("writer"));
    expect(await act("split", { fromMessageId })).toMatchObject(ofBob);
    await bob.trpc.conversations.resolve.mutate({ id });
    expect(await act("reopen", {})).toMatchObject(ofBob);
  });
});

describe("what was merged into another", () => {
  test("goes on there, over two merges: questions, the live feed, a wish for a person, a session", async () => {
    const visitor = await talking();
    const { headers, conversationId: first } = visitor;
    const agent = agentContext(server, bob);
    const { customerId } = await server.services.ports.visitorTokens.read(visitor.token);
    const opening = { customerId, channel: "widget", botId } as const;
    const more = () => inTx(systemContext(server, ada.tenantId), (ctx) => openConversation(ctx, opening));
    const [second, last] = [(await more()).id, (await more()).id];
    const stream = `${server.url}/api/chat/${first}/stream`;
    const before = await readEvents(stream, headers);
    await before.until((events) => events.some(({ event }) => event === "end"));
    const read = String(before.events.findLast(({ id }) => id !== null)?.id);
    const question = userMessage("How long does a refund take?");
    await askBot(server, visitor, question);

    await mergeConversations(agent, { conversationId: first, intoId: second });
    await mergeConversations(agent, { conversationId: second, intoId: last });
    await expect.poll(() => before.ended).toBe(true);
    expect(before.events.filter(({ event }) => event === "status").at(-1)?.data).toMatchObject({
      status: "ai_handling", // that the emptied one was closed is not told
    });

    // what was sent already is acknowledged again, and said once
    const repeated = await askBot(server, visitor, question);
    expect(repeated.metadata?.conversationId).toBe(last);
    const asked = await askBot(server, visitor, "Who pays for a refund?");
    expect(asked.metadata?.conversationId).toBe(last);
    const said = async (id: string) => (await bob.trpc.conversations.get.query({ id })).messages.map(idOf);
    const all = await said(last);
    expect(all).toHaveLength(6);
    expect(await said(first)).toEqual([]);

    // whoever comes back to the old one's feed gets what they missed, each once, and how it stands
    const after = await readEvents(stream, { ...headers, "last-event-id": read });
    expect(after.status, read).toBe(200);
    const events = await after.until((events) => events.some(({ event }) => event === "end"));
    expect(events[0]).toMatchObject({ event: "status", id: null, data: { agent: null } });
    expect(messagesIn(events)).toEqual(all.slice(2));
    await after.close();

    const handoff = await fetch(`${server.url}/api/chat/${first}/handoff`, {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: JSON.stringify({}),
    });
    expect(await handoff.json()).toMatchObject({ status: "escalated" });
    expect(await getConversation(agent, { conversationId: last })).toMatchObject({ status: "escalated" });
    expect(await getConversation(agent, { conversationId: first })).toMatchObject({ status: "closed" });
    const widget = await ada.trpc.widgetConfig.getByBotId.query({ botId });
    const again = await openWidget(server, widget.widgetId, { token: visitor.token });
    expect(again).toMatchObject({ conversationId: last, status: "escalated" });
  });
});

const idOf = ({ id }: { id: string }) => id;

/** The messages that a feed told of, each once, in the order in which they came. */
function messagesIn(events: readonly { event: string; data: unknown }[]): string[] {
  const ids = events.flatMap(({ event, data }) =>
    event === "message" ? [messageEvent.parse(data).message.id] : [],
  );
  return [...new Set(ids)];
}
const messageEvent = z.object({ message: z.object({ id: z.string() }) });

const errorOf = (said: unknown) => z.object({ error: z.unknown() }).parse(said).error;
