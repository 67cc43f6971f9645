import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWidget } from "../../../../../tests/harness/chat.ts";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { type OpenAiServer, startOpenAiServer } from "../../../../../tests/harness/openai-server.ts";
import { makeAdmin } from "../../../../../tests/harness/plans.ts";
import { botWith, refusal } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { auditLog } from "../identity/identity.tables.ts";
import { trainIntentsQueue } from "../intents/index.ts";
import { pausedJobs } from "./tenants.tables.ts";

/* A suspended tenant is refused on every way in, and what runs for it ends. */

let server: TestServer;
let model: OpenAiServer;
let root: TestUser;
let ada: TestUser;
let eve: TestUser;
let bot: { id: string; publicUrlId: string };
let visitor: Awaited<ReturnType<typeof openWidget>>;
let widgetId: string;
let apiKey: string;
let accessToken: string;

beforeAll(async () => {
  model = await startOpenAiServer();
  server = await startTestServer({ OPENAI_BASE_URL: model.baseUrl });
  root = await server.signUp("Root");
  await makeAdmin(server, root);
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  bot = await botWith(ada, { "Tea.md": "# Tea\n\nTea is served at four." });
  widgetId = (await ada.trpc.widgetConfig.getByBotId.query({ botId: bot.id })).widgetId;
  visitor = await openWidget(server, widgetId);
  apiKey = (await ada.trpc.apiKeys.create.mutate({ name: "Site", permissions: ["chat", "bots:read"] }))
    .secret;
  const answer = await post("/api/auth/login", {}, { email: ada.email, password: "correct horse" });
  accessToken = String(answer.body.access_token);
});
afterAll(async () => {
  await server.close();
  await model.close();
});

async function send(method: string, path: string, headers: Record<string, string>, body?: object) {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: { ...headers, ...(body ? { "content-type": "application/json" } : {}) },
    body: body ? JSON.stringify(body) : null,
  });
  const text = await response.text();
  return { status: response.status, text, body: text.startsWith("{") ? JSON.parse(text) : {} };
}
const post = (path: string, headers: Record<string, string>, body: object) =>
  send("POST", path, headers, body);
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const question = () => ({
  model: bot.publicUrlId,
  messages: [{ role: "user", content: "When is tea served?" }],
});

const ways: [string, () => Promise<{ status: number; text: string }>][] = [
  ["a member's cookie, tRPC", () => send("GET", "/trpc/bot.list", ada.headers)],
  ["a member's cookie, REST", () => send("GET", `/api/chat/${visitor.chatId}/messages`, ada.headers)],
  ["an access token, tRPC", () => send("GET", "/trpc/bot.list", bearer(accessToken))],
  ["an API key, tRPC", () => send("GET", "/trpc/aiPersonalities.list", bearer(apiKey))],
  ["an API key, OpenAI's face", () => post("/openai/v1/chat/completions", bearer(apiKey), question())],
  ["a visitor's token", () => send("GET", `/api/chat/${visitor.chatId}/messages`, visitor.headers)],
  [
    "a visitor's token in the address of a stream",
    async () => {
      const token = visitor.headers.authorization?.slice("Bearer ".length) ?? "";
      return send("GET", `/api/chat/${visitor.chatId}/stream?token=${token}`, {});
    },
  ],
  ["a visitor who comes", () => post(`/api/widget/${widgetId}/session`, {}, {})],
];

/** Opens a stream and says when it has ended, and with what. */
async function listen(path: string, headers: Record<string, string>) {
  const response = await fetch(`${server.url}${path}`, {
    headers: { ...headers, accept: "text/event-stream" },
  });
  const state = { status: response.status, ended: false, text: "" };
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = async () => {
    for (;;) {
      const chunk = await reader?.read();
      if (!chunk || chunk.done) break;
      state.text += chunk.value;
    }
    state.ended = true;
  };
  read().catch(() => {
    state.ended = true;
  });
  return state;
}

const suspend = () => root.trpc.admin.suspendTenant.mutate({ tenantId: ada.tenantId, reason: "Unpaid." });
const reactivate = () => root.trpc.admin.reactivateTenant.mutate({ tenantId: ada.tenantId });

describe("while it works", () => {
  test.each(ways.filter(([title]) => !title.includes("stream")))("%s is let in", async (_title, call) => {
    const { status, text } = await call();
    expect(status, text).toBe(200);
  });
});

describe("once it is suspended", () => {
  let streams: Awaited<ReturnType<typeof listen>>[];
  let answering: Promise<{ status: number; text: string }>;
  beforeAll(async () => {
    const asked = model.requests.length; // others asked before
    model.script({ kind: "silence", after: "Tea is" });
    answering = post("/api/chat", visitor.headers, {
      id: visitor.chatId,
      messages: [{ role: "user", parts: [{ type: "text", text: "When is tea served?" }] }],
    });
    await eventually(() => expect(model.requests.length).toBeGreaterThan(asked));
    streams = [
      await listen(`/api/chat/${visitor.chatId}/stream`, visitor.headers),
      await listen("/trpc/conversations.changes", ada.headers),
    ];
    expect(streams.map(({ status }) => status)).toEqual([200, 200]);
    expect(await suspend()).toMatchObject({ status: "suspended", statusReason: "Unpaid." });
  });
  afterAll(() => reactivate());

  test.each(ways)("%s is refused", async (_title, call) => {
    const { status, text } = await call();
    expect(status).toBe(403);
    expect(text).toMatch(/suspended|closed for now/i);
  });

  test("a visitor is told kindly, and nothing of the reason", async () => {
    const { body, text } = await post(`/api/widget/${widgetId}/session`, {}, {});
    expect(body.error.code).toBe("TENANT_SUSPENDED");
    expect(text).not.toContain("Unpaid");
  });

  test("the public page says that there is nothing", async () => {
    expect((await send("GET", `/c/${bot.publicUrlId}`, {})).status).toBe(404);
  });

  test("open streams and subscriptions have ended", async () => {
    await eventually(() => expect(streams.map(({ ended }) => ended)).toEqual([true, true]));
    expect(streams[1]?.text).toContain("UNAVAILABLE"); // which clients connect again after
  });

  test("an answer that is being written ends, and its model is asked no more", async () => {
    const [request] = model.requests.slice(-1);
    expect(await request?.closed).toEqual({ whole: false });
    expect((await answering).status).toBe(200); // it had begun
  });

  test("its member learns why, and signs out or works elsewhere", async () => {
    expect(await ada.trpc.tenant.standing.query()).toEqual({
      status: "suspended",
      reason: "Unpaid.",
      deletion: null,
    });
    expect((await ada.trpc.auth.getSession.query())?.tenant.status).toBe("suspended");
    expect(await ada.trpc.auth.listTenants.query()).toMatchObject([{ id: ada.tenantId, isCurrent: true }]);
    expect(await refusal(ada.trpc.tenant.get.query())).toBe("TENANT_SUSPENDED");
    expect(await refusal(ada.trpc.tenant.create.mutate({ name: "Way out" }))).toBe("TENANT_SUSPENDED");
    expect(await refusal(ada.trpc.tenant.cancelDeletion.mutate())).toBe("CONFLICT");
  });

  test("other tenants go on", async () => {
    expect((await eve.trpc.bot.list.query()).items).toEqual([]);
  });

  test("its jobs wait, and are done once it works again", async () => {
    const { db, jobs } = server.services;
    const waiting = () =>
      db.withTenant(ada.tenantId, (tx) =>
        tx
          .select()
          .from(pausedJobs)
          .where(and(eq(pausedJobs.tenantId, ada.tenantId), eq(pausedJobs.queue, trainIntentsQueue.name))),
      );
    const counted = async () =>
      (await server.services.metrics.render())
        .split("\n")
        .filter((line) => line.includes(trainIntentsQueue.name));
    const before = await counted();
    await db.withTenant(ada.tenantId, () =>
      jobs.enqueue(trainIntentsQueue, { tenantId: ada.tenantId, botId: bot.id }),
    );
    await eventually(async () => expect(await waiting()).toHaveLength(1));
    expect(await reactivate()).toMatchObject({ status: "active", statusReason: null });
    expect(await waiting()).toEqual([]);
    await eventually(async () => expect(await counted()).not.toEqual(before));
    await suspend();
  });

  test("nothing was deleted: reopened, everything is as it was", async () => {
    await reactivate();
    expect((await ada.trpc.bot.list.query()).items.map(({ id }) => id)).toEqual([bot.id]);
    for (const [, call] of ways.filter(([title]) => !title.includes("stream"))) {
      expect((await call()).status).toBe(200);
    }
    const entries = await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.subjectId, ada.tenantId)),
    );
    expect(entries.map(({ action, actorId }) => `${action} by ${actorId}`)).toEqual(
      expect.arrayContaining([`tenant.suspended by ${root.userId}`, `tenant.reactivated by ${root.userId}`]),
    );
  });
});

describe("what cannot be said of a suspension", () => {
  const call = (input: { tenantId: string; reason: string }) =>
    refusal(root.trpc.admin.suspendTenant.mutate(input));
  test.each([
    ["", "VALIDATION_ERROR"],
    ["   ", "VALIDATION_ERROR"],
    ["x".repeat(501), "VALIDATION_ERROR"],
  ])("the reason %j", async (reason, code) => {
    expect(await call({ tenantId: eve.tenantId, reason })).toBe(code);
  });

  test("a tenant that is not there", async () => {
    const tenantId = crypto.randomUUID();
    expect(await call({ tenantId, reason: "Why not" })).toBe("NOT_FOUND");
    expect(await refusal(root.trpc.admin.reactivateTenant.mutate({ tenantId }))).toBe("NOT_FOUND");
  });

  test("anything, by who is no administrator of the installation", async () => {
    const input = { tenantId: eve.tenantId, reason: "Envy" };
    expect(await refusal(ada.trpc.admin.suspendTenant.mutate(input))).toBe("FORBIDDEN");
    expect(await refusal(server.guest.admin.suspendTenant.mutate(input))).toBe("UNAUTHORIZED");
    expect((await eve.trpc.bot.list.query()).items).toEqual([]);
  });
});
