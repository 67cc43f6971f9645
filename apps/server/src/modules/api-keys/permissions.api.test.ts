import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { restClient } from "../../../../../tests/harness/rest.ts";
import { botWith, colleague, refusal } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { type ApiPermission, apiPermissions } from "../../platform/ctx/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { members, tenants, users } from "../identity/identity.tables.ts";
import { customRoles } from "../identity/roles.tables.ts";
import { securityEvents } from "../identity/security.tables.ts";
import { apiKeyPlaces } from "./api-keys.tables.ts";

let server: TestServer;
let ada: TestUser;
let botId: string;
let conversationId: string;
/** A key with each permission alone. */
const single = new Map<ApiPermission, string>();
beforeAll(async () => {
  server = await startTestServer();
  ada = await server.signUp("Ada");
  botId = (await botWith(ada, { "Tea.md": "# Tea\n\nTea is served at four." })).id;
  const customer = await ada.trpc.endUsers.identify.mutate({ email: "vic@example.test" });
  const { said } = await post(
    "/v1/conversations",
    { customerId: customer.customer.id, channel: "web_chat", initialMessage: { content: "Hello" } },
    (await keyOf(["conversations:write"])).secret,
  );
  conversationId = idOf(said);
  for (const name of apiPermissions) single.set(name, (await keyOf([name])).secret);
});
afterAll(() => server.close());

const idOf = (said: unknown) => z.object({ data: z.object({ id: z.uuid() }) }).parse(said).data.id;
const { call, get, post } = restClient(() => server);
const query = (procedure: string, input: object, key: string) =>
  get(`/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`, key);
const keyOf = (permissions: ApiPermission[], by: TestUser = ada, more: object = {}) =>
  by.trpc.apiKeys.create.mutate({ name: "Key", permissions, ...more });

/** A call of each capability, with the permissions that open it. */
const calls: [string, (key: string) => ReturnType<typeof get>, ApiPermission[]][] = [
  ["bot.list", (key) => query("bot.list", {}, key), ["bots:read", "bots:write", "knowledge:write"]],
  [
    "aiPersonalities.create",
    (key) => post("/trpc/aiPersonalities.create", { name: newId(), systemPrompt: "Be kind." }, key),
    ["bots:write"],
  ],
  [
    "knowledge.setStaleAfter",
    (key) => post("/trpc/knowledge.setStaleAfter", { botId, staleAfterDays: 30 }, key),
    ["knowledge:write"],
  ],
  [
    "conversations.list",
    (key) => query("conversations.list", { view: "open" }, key),
    ["conversations:read", "conversations:write", "quality:read", "quality:write"],
  ],
  [
    "PATCH /v1/conversations/{id}",
    (key) => call("PATCH", `/v1/conversations/${conversationId}`, { tags: ["seen"] }, key),
    ["conversations:write"],
  ],
  [
    "GET /v1/customers",
    (key) => get("/v1/customers", key),
    ["conversations:read", "conversations:write", "customers:read", "customers:write"],
  ],
  [
    "POST /v1/customers",
    (key) => post("/v1/customers", { profile: { name: "Cleo" } }, key),
    ["customers:write"],
  ],
  ["communication.history", (key) => query("communication.history", {}, key), ["communication:send"]],
  ["analytics.getOverview", (key) => query("analytics.getOverview", {}, key), ["analytics:read"]],
  ["problems.list", (key) => query("problems.list", { botId }, key), ["quality:read", "quality:write"]],
  ["GET /v1/teams", (key) => get("/v1/teams", key), ["members:read", "members:write"]],
  [
    "enterpriseSecurity.listSecurityEvents",
    (key) => query("enterpriseSecurity.listSecurityEvents", {}, key),
    ["security:read"],
  ],
  [
    "chat.sendMessage",
    (key) => post("/trpc/chat.sendMessage", { botId, text: "When is tea?" }, key),
    ["chat"],
  ],
];

describe("a permission", () => {
  test.each(calls)("%s takes one of its own, and says which", async (_name, ask, allowed) => {
    for (const [permission, secret] of single) {
      const { status, said } = await ask(secret);
      if (allowed.includes(permission))
        expect([200, 201], `${permission} ${JSON.stringify(said)}`).toContain(status);
      else {
        expect(status, permission).toBe(403);
        for (const name of allowed) expect(JSON.stringify(said)).toContain(name);
      }
    }
  });

  test("none opens what decides over ways in, or what is a person's own", async () => {
    const { secret } = await keyOf([...apiPermissions]);
    for (const procedure of [
      "apiKeys.list",
      "user.getUsage",
      "auth.listSessions",
      "mfa.status",
      "admin.listUsers",
    ]) {
      expect((await query(procedure, {}, secret)).status, procedure).toBe(401);
    }
    expect(
      (await post("/trpc/enterpriseSecurity.createRole", { name: "R", rights: ["read bots"] }, secret))
        .status,
    ).toBe(403);
    expect((await get("/v1/auth/me", secret)).status).toBe(403);
    const member = await colleague(server, ada, "member");
    const path = `/v1/users/${member.userId}/password`;
    expect((await call("PATCH", path, { password: "another horse" }, secret)).status).toBe(403);
  });

  test("is none for what visitors and members call with a token of their own", async () => {
    const body = { id: newId(), botId, messages: [{ role: "user", parts: [] }] };
    expect((await post("/api/chat", body, single.get("chat"))).status).toBe(401);
  });

  test("a key for one bot may chat and evaluate with that one, and no more", async () => {
    expect(await refusal(keyOf(["chat", "bots:read"], ada, { botId }))).toBe("VALIDATION_ERROR");
    const { secret } = await keyOf(["chat"], ada, { botId });
    const other = await ada.trpc.bot.create.mutate({ name: "Other" });
    const ask = (id: string) => post("/trpc/chat.sendMessage", { botId: id, text: "When is tea?" }, secret);
    expect((await ask(botId)).status).toBe(200);
    expect((await ask(other.id)).status).toBe(404);
    expect(JSON.stringify((await ask(other.id)).said)).toContain("The bot was not found.");
  });

  test("to write conversations is to do what takes no person, as the program that one is", async () => {
    const { secret } = await keyOf(["conversations:write"]);
    const at = (act: string) => `/v1/conversations/${conversationId}/${act}`;
    const content = { content: "We look into it", clientId: newId() };
    for (const internal of [true, false]) {
      const { status, said } = await post(
        at("messages"),
        { ...content, clientId: newId(), internal },
        secret,
      );
      expect(status, JSON.stringify(said)).toBe(201);
    }
    const [once, twice] = [
      await post(at("messages"), content, secret),
      await post(at("messages"), content, secret),
    ];
    expect(idOf(twice.said)).toBe(idOf(once.said));
    const { status, assignee } = await ada.trpc.conversations.get.query({ id: conversationId });
    expect({ status, assignee }).toEqual({ status: "escalated", assignee: null });
    expect((await post(at("assign"), { agentId: ada.userId }, secret)).status).toBe(200);
    expect((await post(at("resolve"), {}, secret)).status).toBe(200);
    expect((await post(at("reopen"), {}, secret)).status).toBe(200);
    const opened = await ada.trpc.conversations.get.query({ id: conversationId });
    expect(opened).toMatchObject({ status: "awaiting_agent", assignee: { id: ada.userId } }); // as before
    const { items } = await ada.trpc.audit.list.query({ action: "conversation.resolved" });
    expect(items[0]?.actor).toMatchObject({ kind: "apiKey", name: "Key" });
  });

  test("to read conversations is not to speak in them", async () => {
    const { sessionId } = await ada.trpc.chat.sendMessage.mutate({ botId, text: "When is tea?" });
    const { secret } = await keyOf(["chat", "conversations:read"]);
    expect((await query("chat.history", { sessionId }, secret)).status).toBe(200);
    expect((await post("/trpc/chat.sendMessage", { sessionId, text: "And cake?" }, secret)).status).toBe(404);
    const chatOnly = await keyOf(["chat"]);
    expect((await query("chat.history", { sessionId }, chatOnly.secret)).status).toBe(404);
  });
});

describe("a key's maker", () => {
  /** Someone who manages keys by a role of the tenant's own, which may do little else. */
  async function keeper(rights: string[]) {
    const person = await colleague(server, ada, "member");
    const id = newId();
    const { db } = server.services;
    await db
      .system()
      .insert(customRoles)
      .values({ tenantId: ada.tenantId, id, name: id, rights: ["manage API keys", ...rights] });
    await db
      .system()
      .update(members)
      .set({ role: id })
      .where(and(eq(members.userId, person.userId), eq(members.organizationId, ada.tenantId)));
    return { person, role: id };
  }

  test("gives no more than they may do themselves, also by rotating another's key", async () => {
    const { person } = await keeper(["read bots"]);
    expect(await refusal(keyOf(["bots:write"], person))).toBe("FORBIDDEN");
    const mighty = await keyOf(["bots:write"]);
    expect(await refusal(person.trpc.apiKeys.rotate.mutate({ id: mighty.id }))).toBe("FORBIDDEN");
    expect((await query("bot.list", {}, (await keyOf(["bots:read"], person)).secret)).status).toBe(200);
  });

  test("loses a right, and the key with them", async () => {
    const { person, role } = await keeper(["read bots"]);
    const { secret } = await keyOf(["bots:read"], person);
    expect((await query("bot.list", {}, secret)).status).toBe(200);
    const set = { rights: ["manage API keys"] };
    await server.services.db.system().update(customRoles).set(set).where(eq(customRoles.id, role));
    expect((await query("bot.list", {}, secret)).status).toBe(403);
  });

  test("works in a workspace that is suspended, and the key does nothing there", async () => {
    const person = await server.signUp();
    const { secret } = await keyOf(["bots:read"], person);
    const ofPerson = eq(tenants.id, person.tenantId);
    await server.services.db.system().update(tenants).set({ status: "suspended" }).where(ofPerson);
    const refused = await query("bot.list", {}, secret);
    expect(refused.status).toBe(403);
    expect(JSON.stringify(refused.said)).toContain("TENANT_SUSPENDED");
  });

  test("B04: suspended, has no key that works, until someone else takes it over by a rotation", async () => {
    const boss = await colleague(server, ada, "admin");
    const { id, secret } = await keyOf(["bots:read", "chat"], boss);
    const suspend = (status: "SUSPENDED" | "ACTIVE") =>
      server.services.db.system().update(users).set({ status }).where(eq(users.id, boss.userId));
    await suspend("SUSPENDED");
    for (const answer of [
      await query("bot.list", {}, secret),
      await get("/openai/v1/models", secret),
      await get("/v1/users", secret),
    ]) {
      expect(answer.status).toBe(401);
    }
    const listed = (await ada.trpc.apiKeys.list.query()).find((key) => key.id === id);
    expect(listed?.status).toBe("stopped");
    const next = await ada.trpc.apiKeys.rotate.mutate({ id });
    expect(next).toMatchObject({ id, createdBy: { id: ada.userId }, status: "active" });
    expect((await query("bot.list", {}, next.secret)).status).toBe(200);
  });
});

describe("a key from a new place", () => {
  const eventsOf = (keyId: string) =>
    server.services.db
      .withTenant(ada.tenantId, (tx) =>
        tx.select().from(securityEvents).where(eq(securityEvents.kind, "api_key_new_place")),
      )
      .then((rows) => rows.filter(({ detail }) => JSON.stringify(detail).includes(keyId)));
  const use = (secret: string, agent: string) =>
    fetch(`${server.url}/openai/v1/models`, {
      headers: { authorization: `Bearer ${secret}`, "user-agent": agent },
    });

  test("is told once for each, but neither for the first nor for another version of a program", async () => {
    const { id, secret } = await keyOf(["chat"]);
    await use(secret, "curl/8.1");
    await use(secret, "curl/8.2");
    expect(await eventsOf(id)).toEqual([]);
    await Promise.all(Array.from({ length: 5 }, () => use(secret, "python-requests/2")));
    await use(secret, "python-requests/3");
    expect(await eventsOf(id)).toEqual([
      expect.objectContaining({
        userId: ada.userId,
        ipAddress: "127.0.0.1",
        detail: expect.objectContaining({ apiKeyId: id, prefix: secret.slice(0, 12) }),
      }),
    ]);
    const places = await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx.select().from(apiKeyPlaces).where(eq(apiKeyPlaces.keyId, id)),
    );
    expect(places).toHaveLength(2);
    expect(JSON.stringify(await eventsOf(id))).not.toContain(secret.slice(-47));
  });

  test("a wrong secret notes nothing", async () => {
    const { id, secret } = await keyOf(["chat"]);
    await use(secret, "good");
    await use(`${secret.slice(0, -8)}${"0".repeat(8)}`, "bad");
    expect(await eventsOf(id)).toEqual([]);
  });
});

test("B06: no SQL in a key reaches the database", async () => {
  const { secret } = await keyOf(["bots:read"]);
  const [, publicPart = ""] = secret.split("_");
  for (const text of [
    `prl_${publicPart.slice(0, 23)}'_${secret.slice(-47)}`,
    "prl_' OR '1'='1",
    `prl_${"%".repeat(24)}_${"%".repeat(40)}0000000`,
    `${secret}' OR 1=1 --`,
    `${secret}\\"; DROP TABLE api_keys; --`,
  ]) {
    expect((await query("bot.list", {}, text)).status, text).toBe(401);
  }
  expect((await query("bot.list", {}, secret)).status).toBe(200);
});
