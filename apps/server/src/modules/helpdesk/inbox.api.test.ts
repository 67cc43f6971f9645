import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bearerOf } from "../../../../../tests/api/audit/deed.ts";
import { askBot, readEvents, textOf, visit } from "../../../../../tests/harness/chat.ts";
import { botWith, colleague, play, refusal, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { shopTexts } from "../../../../../tests/harness/shop.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
let ada: TestUser;
let bob: TestUser;
let member: TestUser;
let eve: TestUser;
let botId: string;
let id: string;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  bob = await colleague(server, ada, "agent");
  member = await colleague(server, ada, "member");
  eve = await server.signUp("Eve");
  botId = (await botWith(ada, shopTexts)).id;
  id = await talking();
});
afterAll(() => server.close());

/** A visitor's conversation with one answered question. */
async function talking(): Promise<string> {
  const visitor = await visit(server, ada, botId);
  await askBot(server, visitor, "How long does a refund take after the parcel?");
  return visitor.conversationId;
}

const absent = newId();
const trpcOf = (name: "guest" | "member" | "eve" | "bob") => () =>
  ({ guest: server.guest, member: member.trpc, eve: eve.trpc, bob: bob.trpc })[name];

type Act = [name: string, call: (id: string) => Scenario["call"], forMembers: string];
const acts: Act[] = [
  ["events", (id) => (t) => t.conversations.events.query({ id }), "NOT_FOUND"],
  ["update", (id) => (t) => t.conversations.update.mutate({ id, tags: [] }), "FORBIDDEN"],
  ["merge", (id) => (t) => t.conversations.merge.mutate({ id, intoId: newId() }), "FORBIDDEN"],
  ["split", (id) => (t) => t.conversations.split.mutate({ id, fromMessageId: absent }), "FORBIDDEN"],
  ["markRead", (id) => (t) => t.conversations.markRead.mutate({ id }), "FORBIDDEN"],
  [
    "attach",
    (id) => (t) => t.conversations.attach.mutate({ id, fileName: "a", contentType: "text/plain", size: 1 }),
    "FORBIDDEN",
  ],
  ["typing", (id) => (t) => t.conversations.typing.mutate({ id, isTyping: true }), "FORBIDDEN"],
  ["deleteMessage", (messageId) => (t) => t.conversations.deleteMessage.mutate({ messageId }), "FORBIDDEN"],
  ["views.delete", (id) => (t) => t.views.delete.mutate({ id }), "FORBIDDEN"],
  ["cannedReplies.delete", (id) => (t) => t.cannedReplies.delete.mutate({ id }), "FORBIDDEN"],
  ["sessions.get", (id) => (t) => t.sessions.get.query({ id }), "NOT_FOUND"],
  ["sessions.end", (id) => (t) => t.sessions.end.mutate({ id }), "NOT_FOUND"],
];

describe("who may", () => {
  test.each(
    acts.flatMap(([name, call, forMembers]): Scenario[] => {
      const on =
        (of: () => string): Scenario["call"] =>
        (t) =>
          call(of())(t);
      return [
        { title: `${name} by a guest`, as: trpcOf("guest"), call: on(() => id), refused: "UNAUTHORIZED" },
        { title: `${name} by a member`, as: trpcOf("member"), call: on(() => id), refused: forMembers },
        { title: `${name} by another tenant`, as: trpcOf("eve"), call: on(() => id), refused: "NOT_FOUND" },
        { title: `${name} of nothing`, as: trpcOf("bob"), call: on(() => absent), refused: "NOT_FOUND" },
        { title: `${name} of no id`, as: trpcOf("bob"), call: on(() => "x"), refused: "VALIDATION_ERROR" },
      ];
    }),
  )("$title: $refused", play);
});

describe("the inbox", () => {
  test("keeps notes with the colleagues, and files with their message", async () => {
    const bytes = "Hello";
    const file = { fileName: "hello.txt", contentType: "text/plain", size: bytes.length };
    const { attachmentId, uploadUrl, headers } = await bob.trpc.conversations.attach.mutate({ id, ...file });
    const note = { id, text: "They are angry", clientId: newId(), attachmentIds: [attachmentId] };
    expect(await refusal(bob.trpc.conversations.addNote.mutate(note))).toBe("VALIDATION_ERROR");
    await fetch(uploadUrl, { method: "PUT", headers, body: bytes });
    expect(await refusal(ada.trpc.conversations.addNote.mutate(note))).toBe("NOT_FOUND"); // it is Bob's
    const kept = await bob.trpc.conversations.addNote.mutate(note);
    expect((await bob.trpc.conversations.addNote.mutate(note)).id).toBe(kept.id);
    const again = { ...note, clientId: newId() };
    expect(await refusal(bob.trpc.conversations.addNote.mutate(again))).toBe("CONFLICT");
    const { messages } = await bob.trpc.conversations.get.query({ id });
    expect(messages.find((message) => message.id === kept.id)?.parts).toContainEqual({
      type: "data-attachment",
      data: { id: attachmentId, ...file },
    });
    const { url } = await ada.trpc.conversations.openAttachment.query({ attachmentId });
    expect(await (await fetch(url)).text()).toBe(bytes);
    await bob.trpc.conversations.deleteMessage.mutate({ messageId: kept.id });
    expect(await refusal(ada.trpc.conversations.openAttachment.query({ attachmentId }))).toBe("NOT_FOUND");
  });

  test("counts what is unread, and never goes back", async () => {
    const id = await talking();
    const { sequence, unread } = await bob.trpc.conversations.markRead.mutate({ id });
    expect(unread).toBe(0);
    expect(await bob.trpc.conversations.markRead.mutate({ id, sequence: 0 })).toEqual({
      sequence,
      unread: 0,
    });
    expect((await bob.trpc.conversations.markRead.mutate({ id, sequence: 10 ** 9 })).sequence).toBe(sequence);
  });

  test("finds words that were said, also begun ones, and shows where", async () => {
    const list = (search: string, filter = {}) =>
      bob.trpc.conversations.list.query({ view: "all", search, filter });
    const [found] = (await list("a refund tak")).items;
    const isFound = (word: string) => found?.hit?.some((part) => part.found && part.text === word);
    expect([isFound("refund"), isFound("takes"), isFound("parcel")]).toEqual([true, true, false]);
    expect((await list("refund", { status: ["ai_handling"] })).items).not.toEqual([]);
    expect((await list("refund", { status: ["closed"], channel: ["sms"] })).items).toEqual([]);
    expect((await list("refund zebra")).items).toEqual([]);
    expect((await list("& | !")).items).toEqual([]); // no words at all
  });

  test("tells who looks at a conversation, writes and reads there", async () => {
    const visitor = await visit(server, ada, botId);
    await askBot(server, visitor, "How long does a refund take after the parcel?");
    const { conversationId: id } = visitor;
    const input = encodeURIComponent(JSON.stringify({ id }));
    const watch = (user: TestUser) =>
      readEvents(`${server.url}/trpc/conversations.beside?input=${input}`, user.headers);
    const bobs = await watch(bob);
    const until = (wanted: object) =>
      bobs.until((events) => events.some(({ data }) => isDeepStrictEqual(data, wanted)));
    const adas = await watch(ada);
    await until({ type: "looking", userId: ada.userId, name: "Ada", isLooking: true });
    await adas.until((events) => JSON.stringify(events).includes(bob.userId)); // who was there first
    await ada.trpc.conversations.typing.mutate({ id, isTyping: true, internal: true });
    await until({ type: "typing", userId: ada.userId, name: "Ada", isTyping: true, internal: true });
    const act = (what: string, headers = visitor.headers) =>
      fetch(`${server.url}/api/chat/${id}/${what}`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: "{}",
      });
    expect((await act("typing")).status).toBe(200);
    await until({ type: "customer_typing" });
    expect((await bob.trpc.conversations.get.query({ id })).seenMessageId).toBeNull();
    expect((await act("read")).status).toBe(200);
    await bobs.until((events) => JSON.stringify(events).includes("customer_read"));
    const { messages, seenMessageId } = await bob.trpc.conversations.get.query({ id });
    expect(seenMessageId).toBe(messages.at(-1)?.id);
    expect((await act("read", ada.headers)).status).toBe(403);
    await adas.close();
    await until({ type: "looking", userId: ada.userId, name: "Ada", isLooking: false });
    await bobs.close();
  });

  test("splits a conversation, and merges it back with its words in order", async () => {
    const id = await talking();
    const words = async (id: string) =>
      (await bob.trpc.conversations.get.query({ id })).messages.map((message) => textOf(message));
    const before = await words(id);
    const { events } = await bob.trpc.conversations.events.query({ id });
    const from = events.find(({ message }) => message?.author === "bot")?.message?.id ?? "";
    const split = await bob.trpc.conversations.split.mutate({ id, fromMessageId: from });
    expect([...(await words(id)), ...(await words(split.conversationId))]).toEqual(before);
    const merged = await bob.trpc.conversations.merge.mutate({ id: split.conversationId, intoId: id });
    expect(merged).toEqual({ conversationId: id, moved: split.moved });
    expect(await words(id)).toEqual(before);
    expect((await bob.trpc.conversations.get.query({ id: split.conversationId })).status).toBe("closed");
    const other = await talking(); // another visitor's
    expect(await refusal(bob.trpc.conversations.merge.mutate({ id: other, intoId: id }))).toBe("CONFLICT");
  });

  test("hides a deleted answer with its sources", async () => {
    const id = await talking();
    const { events } = await bob.trpc.conversations.events.query({ id });
    const answer = events.find(({ message }) => message?.author === "bot")?.message;
    await bob.trpc.conversations.deleteMessage.mutate({ messageId: answer?.id ?? "" });
    const said = JSON.stringify(await bob.trpc.conversations.get.query({ id }));
    expect(said).not.toContain(answer?.text);
    const next = await bob.trpc.conversations.events.query({ id, after: events.at(-1)?.sequence ?? 0 });
    expect(next.events).toMatchObject([{ type: "message_changed", message: { id: answer?.id, text: "" } }]);
  });

  test("keeps views of one's own and shared ones", async () => {
    const filter = { severity: ["P0" as const], search: "refund" };
    const mine = await ada.trpc.views.save.mutate({ name: "Fires", filter });
    const shared = await ada.trpc.views.save.mutate({ name: "All", filter: {}, shared: true });
    expect((await ada.trpc.views.list.query()).map(({ name }) => name)).toEqual(["All", "Fires"]);
    expect(await bob.trpc.views.list.query()).toEqual([{ ...shared, isMine: false }]);
    expect(await refusal(bob.trpc.views.save.mutate({ ...shared, name: "Ours" }))).toBe("NOT_FOUND");
    expect(await refusal(ada.trpc.views.save.mutate({ name: "Fires", filter }))).toBe("CONFLICT");
    const changed = await ada.trpc.views.save.mutate({
      id: mine.id,
      name: "Fire",
      filter: {},
      shared: false,
    });
    expect(changed).toMatchObject({ id: mine.id, name: "Fire", filter: {} });
    await ada.trpc.views.delete.mutate({ id: mine.id });
  });

  test("keeps canned replies, one for a shortcut and language", async () => {
    const reply = { shortcut: "Thanks", text: "Thank you for writing.", language: "en" as const };
    const made = await bob.trpc.cannedReplies.create.mutate(reply);
    expect(made.shortcut).toBe("thanks");
    expect(await refusal(ada.trpc.cannedReplies.create.mutate(reply))).toBe("CONFLICT");
    const french = await ada.trpc.cannedReplies.create.mutate({ ...reply, language: "fr", text: "Merci." });
    expect(await refusal(ada.trpc.cannedReplies.update.mutate({ id: french.id, language: "en" }))).toBe(
      "CONFLICT",
    );
    await ada.trpc.cannedReplies.update.mutate({ id: french.id, text: "Merci beaucoup." });
    const found = await bob.trpc.cannedReplies.list.query({ search: "beaucoup" });
    expect(found.map(({ id }) => id)).toEqual([french.id]);
    expect(await eve.trpc.cannedReplies.list.query()).toEqual([]);
  });
});

describe("sessions", () => {
  test("are the same conversations in the words of seeds 000 and 002", async () => {
    const made = await member.trpc.sessions.create.mutate({ botId });
    expect(made).toMatchObject({ botId, status: "active", channel: "playground" });
    expect((await member.trpc.sessions.list.query({})).items.map(({ id }) => id)).toEqual([made.id]);
    expect((await member.trpc.sessions.end.mutate({ id: made.id })).status).toBe("resolved");
    expect(await refusal(member.trpc.sessions.end.mutate({ id: made.id }))).toBe("ILLEGAL_TRANSITION");
    const of = `/api/${ada.tenantId}/session`;
    const headers = { ...(await bearerOf(server.url, ada.email)), "content-type": "application/json" };
    const call = async (method: string, path: string, body?: object) => {
      const response = await fetch(`${server.url}${path}`, {
        method,
        headers,
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return {
        status: response.status,
        total: response.headers.get("x-total-count"),
        said: await response.json(),
      };
    };
    const opened = await call("POST", of, { agent_id: botId });
    expect(opened).toMatchObject({ status: 201, said: { agent_id: botId, status: "active" } });
    const resolved = await call("GET", `${of}?status=resolved`);
    expect(resolved.said.map((one: { session_id: string }) => one.session_id)).toEqual([made.id]);
    expect(resolved.total).toBe("1");
    const read = await call("GET", `/api/admin/sessions/${id}`);
    expect(read.said.messages[0]).toMatchObject({ role: "customer" });
    expect((await call("GET", "/api/admin/sessions?limit=1")).said).toHaveLength(1);
    expect((await call("GET", `/api/${newId()}/session`)).status).toBe(404);
    expect((await call("GET", `/api/admin/sessions/${newId()}`)).status).toBe(404);
    expect((await call("POST", of, { agent_id: newId() })).status).toBe(404);
  });
});
