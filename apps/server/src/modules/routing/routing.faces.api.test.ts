import { and, eq, ne } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bearerOf } from "../../../../../tests/api/audit/deed.ts";
import { newVisitor, waitingVisitor } from "../../../../../tests/harness/desk.ts";
import {
  botWith,
  colleague,
  play,
  refusal,
  refusalText,
  type Scenario,
} from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";
import { members } from "../identity/identity.tables.ts";

let server: TestServer;
let ada: TestUser;
let bob: TestUser;
let member: TestUser;
let eve: TestUser;
let botId: string;
let escalationId: string;
let conversationId: string;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  bob = await agentOnly();
  member = await colleague(server, ada, "member");
  eve = await server.signUp("Eve");
  botId = (await botWith(ada, {})).id;
  ({ conversationId, escalationId } = await request());
});
afterAll(() => server.close());

/** A visitor who waits for a person, with the request. */
async function request() {
  const { conversationId } = await waitingVisitor(server, { tenantId: ada.tenantId, botId });
  const { items } = await ada.trpc.escalations.list.query({ conversationId });
  return { conversationId, escalationId: items[0]?.id ?? "" };
}

describe("who may", () => {
  const as = {
    guest: () => server.guest,
    member: () => member.trpc,
    eve: () => eve.trpc,
    bob: () => bob.trpc,
    ada: () => ada.trpc,
  };
  const ofEscalation = (name: string, call: (id: string) => Scenario["call"]): Scenario[] => [
    {
      title: `${name} by a guest`,
      as: as.guest,
      call: (t) => call(escalationId)(t),
      refused: "UNAUTHORIZED",
    },
    { title: `${name} by a member`, as: as.member, call: (t) => call(escalationId)(t), refused: "FORBIDDEN" },
    {
      title: `${name} by another tenant`,
      as: as.eve,
      call: (t) => call(escalationId)(t),
      refused: "NOT_FOUND",
    },
    { title: `${name} of nothing`, as: as.bob, call: call(newId()), refused: "NOT_FOUND" },
    { title: `${name} of no id`, as: as.bob, call: call("x"), refused: "VALIDATION_ERROR" },
  ];
  const give =
    (input: object): Scenario["call"] =>
    (t) =>
      t.routing.assign.mutate({ conversationId, ...input });
  const status =
    (input: object): Scenario["call"] =>
    (t) =>
      t.routing.setStatus.mutate(input);
  const settings =
    (input: object): Scenario["call"] =>
    (t) =>
      t.routing.updateSettings.mutate(input);
  const bad = (title: string, call: Scenario["call"]): Scenario => ({
    title,
    as: as.ada,
    call,
    refused: "VALIDATION_ERROR",
  });
  const scenarios: Scenario[] = [
    ...ofEscalation("escalations.get", (id) => (t) => t.escalations.get.query({ id })),
    ...ofEscalation("escalations.resolve", (id) => (t) => t.escalations.resolve.mutate({ id })),
    ...ofEscalation(
      "escalations.assign",
      (id) => (t) => t.escalations.assign.mutate({ id, agentId: bob.userId }),
    ),
    ...ofEscalation(
      "escalations.updateStatus",
      (id) => (t) => t.escalations.updateStatus.mutate({ id, status: "cancelled" }),
    ),
    {
      title: "routing.queue by a member",
      as: as.member,
      call: (t) => t.routing.queue.query(),
      refused: "FORBIDDEN",
    },
    {
      title: "routing.presence by a member",
      as: as.member,
      call: (t) => t.routing.presence.query(),
      refused: "FORBIDDEN",
    },
    { title: "routing.presence by an agent", as: as.bob, call: (t) => t.routing.presence.query() },
    {
      title: "routing.assignNext by a member",
      as: as.member,
      call: (t) => t.routing.assignNext.mutate({}),
      refused: "FORBIDDEN",
    },
    {
      title: "routing.assignNext for a colleague, by an agent",
      as: as.bob,
      call: (t) => t.routing.assignNext.mutate({ agentId: ada.userId }),
      refused: "FORBIDDEN",
    },
    {
      title: "routing.assign by another tenant",
      as: as.eve,
      call: (t) => t.routing.assign.mutate({ conversationId, agentId: eve.userId }),
      refused: "NOT_FOUND",
    },
    {
      title: "routing.assign to another tenant's",
      as: as.bob,
      call: (t) => give({ agentId: eve.userId })(t),
      refused: "NOT_FOUND",
    },
    { title: "routing.assign to no team", as: as.bob, call: give({ teamId: newId() }), refused: "NOT_FOUND" },
    bad("routing.assign to nobody", (t) => t.routing.assign.mutate({ conversationId })),
    bad("routing.assign with a reason of 501", (t) =>
      give({ agentId: bob.userId, reason: "x".repeat(501) })(t),
    ),
    {
      title: "routing.setStatus of a colleague, by an agent",
      as: as.bob,
      call: (t) => status({ agentId: ada.userId, status: "busy" })(t),
      refused: "FORBIDDEN",
    },
    {
      title: "routing.setStatus of a colleague, by an owner",
      as: as.ada,
      call: (t) => status({ agentId: bob.userId, status: "busy" })(t),
    },
    {
      title: "routing.setStatus of a member",
      as: as.ada,
      call: (t) => status({ agentId: member.userId, status: "busy" })(t),
      refused: "CONFLICT",
    },
    bad("routing.setStatus of nothing", status({})),
    bad("routing.setStatus of no status", status({ status: "asleep" })),
    bad("routing.setStatus with room for 0", status({ maxConcurrent: 0 })),
    bad("routing.setStatus with room for 101", status({ maxConcurrent: 101 })),
    { title: "routing.setStatus with room for 100", as: as.ada, call: status({ maxConcurrent: 100 }) },
    {
      title: "routing.updateSettings by an agent",
      as: as.bob,
      call: settings({ autoAssign: false }),
      refused: "FORBIDDEN",
    },
    {
      title: "routing.updateSettings away after a day",
      as: as.ada,
      call: settings({ awayAfterMinutes: 1_440 }),
    },
    bad("routing.updateSettings away after more", settings({ awayAfterMinutes: 1_441 })),
    {
      title: "routing.updateSettings of 500 letters",
      as: as.ada,
      call: settings({ promises: { fr: "x".repeat(500) } }),
    },
    bad("routing.updateSettings of 501 letters", settings({ promises: { fr: "x".repeat(501) } })),
    bad("escalations.list of 101", (t) => t.escalations.list.query({ pageSize: 101 })),
    {
      title: "escalations.list of 100",
      as: as.bob,
      call: (t) => t.escalations.list.query({ pageSize: 100 }),
    },
    bad("escalations.create without a reason", (t) =>
      t.escalations.create.mutate({ conversationId, reason: " " }),
    ),
  ];
  test.each(scenarios)("$title: $refused", play);
});

describe("escalations", () => {
  test("go from pending to assigned and back, and end once", async () => {
    const { escalationId: id, conversationId } = await request();
    const { escalations, conversations } = bob.trpc;
    expect(await escalations.assign.mutate({ id, agentId: bob.userId })).toMatchObject({
      status: "assigned",
      assignee: { id: bob.userId },
    });
    expect(await escalations.updateStatus.mutate({ id, status: "pending" })).toMatchObject({
      status: "pending",
      assignee: null,
    });
    expect((await conversations.get.query({ id: conversationId })).status).toBe("escalated");
    expect(await escalations.resolve.mutate({ id })).toMatchObject({ status: "resolved" });
    expect((await conversations.get.query({ id: conversationId })).status).toBe("resolved");
    const again = () => escalations.updateStatus.mutate({ id, status: "assigned" });
    expect(await refusal(again())).toBe("ILLEGAL_TRANSITION");
    expect(await refusalText(again())).toMatch(/resolved.*assigned/);
  });

  test("that are cancelled give the conversation back to the bot", async () => {
    const { escalationId: id, conversationId } = await request();
    await bob.trpc.escalations.updateStatus.mutate({ id, status: "cancelled" });
    expect((await bob.trpc.conversations.get.query({ id: conversationId })).status).toBe("ai_handling");
  });

  test("are asked for by an agent once, and are confirmed to the visitor", async () => {
    const { conversationId } = await newVisitor(server, { tenantId: ada.tenantId, botId });
    const wanted = { conversationId, reason: "They are upset", priority: "high" as const };
    const first = await bob.trpc.escalations.create.mutate(wanted);
    expect(first).toMatchObject({ status: "pending", priority: "high" });
    expect((await bob.trpc.escalations.create.mutate(wanted)).id).toBe(first.id);
    const { messages } = await bob.trpc.conversations.get.query({ id: conversationId });
    expect(messages.filter(({ metadata }) => metadata?.author?.kind === "system")).toHaveLength(1);
  });
});

/** An agent with no workspace of their own, so that an access token is for this one. */
async function agentOnly(): Promise<TestUser> {
  const person = await colleague(server, ada, "agent");
  await server.services.db
    .system()
    .delete(members)
    .where(and(eq(members.userId, person.userId), ne(members.organizationId, ada.tenantId)));
  return person;
}

/** Calls by an access token, as a program of that person's. */
async function call(person: TestUser, method: string, path: string, body?: object) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { ...(await bearerOf(server.url, person.email)), "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: await response.json() };
}

test("seed 004: status, next and queue", async () => {
  const agent = await agentOnly();
  await request();
  expect(await call(agent, "PATCH", "/v1/routing/status", { status: "available" })).toMatchObject({
    status: 200,
    body: { success: true, data: { agentId: agent.userId, status: "available", currentCount: 0 } },
  });
  const next = await call(agent, "POST", "/v1/routing/assign-next", {});
  expect(next.body.data).toMatchObject({ outcome: "assigned", conversation: { currentChannel: "web_chat" } });
  expect((await call(agent, "GET", "/v1/routing/queue")).body.data).toMatchObject({
    agentId: agent.userId,
    status: "available",
    currentCount: 1,
    conversations: [{ id: next.body.data.conversation.id, state: "awaiting_agent", slaStatus: null }],
  });
  expect((await call(agent, "GET", `/v1/routing/queue?agentId=${eve.userId}`)).status).toBe(404);
});

test("seed 002: the queue, its acts, and what a supporter works with", async () => {
  const { conversationId: session } = await request();
  const desk = "/api/admin/escalation";
  const waiting = await call(ada, "GET", `${desk}/queue`);
  expect(waiting.body.map((one: { session_id: string }) => one.session_id)).toContain(session);
  expect((await call(bob, "GET", `${desk}/queue`)).status).toBe(403);
  const assign = { supporter_id: bob.userId };
  expect((await call(ada, "POST", `${desk}/${session}/assign`, assign)).body).toMatchObject({
    status: "assigned",
    supporter_id: bob.userId,
  });
  const sessions = await call(bob, "GET", `/api/${ada.tenantId}/supporter/sessions`);
  expect(sessions.body).toContainEqual(
    expect.objectContaining({ session_id: session, waiting_for: "supporter" }),
  );
  const said = { session_id: session, message: "Hello", client_id: newId() };
  const [sent, again] = [
    await call(bob, "POST", `/api/${ada.tenantId}/supporter/message`, said),
    await call(bob, "POST", `/api/${ada.tenantId}/supporter/message`, said),
  ];
  expect(again.body.message_id).toBe(sent.body.message_id);
  expect((await call(bob, "POST", `/api/${eve.tenantId}/supporter/message`, said)).status).toBe(404);
  expect((await call(ada, "POST", `${desk}/${session}/resolve`, {})).body.status).toBe("resolved");
  expect((await call(ada, "POST", `${desk}/${session}/resolve`, {})).status).toBe(404);
  expect((await call(ada, "POST", `${desk}/${session}/escalate`, { reason: "Again" })).body.status).toBe(
    "pending",
  );
  expect((await call(ada, "GET", `${desk}/staff`)).body).toContainEqual(
    expect.objectContaining({ id: bob.userId, max_sessions: expect.any(Number) }),
  );
  const invited = await call(ada, "POST", `${desk}/staff`, { email: "sam@example.test", name: "Sam" });
  expect(invited).toMatchObject({ status: 201, body: { status: "invited" } });
});
