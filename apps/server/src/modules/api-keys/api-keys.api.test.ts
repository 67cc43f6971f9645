import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { botWith, colleague, play, refusal, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import {
  startTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../tests/harness/server.ts";
import { sha256Hex } from "../../platform/crypto/index.ts";
import { apiPermissions } from "../../platform/ctx/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { auditLog, tenantDirectory } from "../identity/identity.tables.ts";
import { apiKeys } from "./api-keys.tables.ts";
import { makeKey } from "./key-format.ts";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let botId: string;
let keyId: string;
const logged: string[] = [];
const people = new Map<string, TrpcClient>();
beforeAll(async () => {
  server = await startTestServer({}, { log: (line) => logged.push(line) });
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  people.set("guest", server.guest).set("owner", ada.trpc).set("eve", eve.trpc);
  for (const role of ["admin", "agent", "member"] as const) {
    people.set(role, (await colleague(server, ada, role)).trpc);
  }
  botId = (await botWith(ada, { "Tea.md": "# Tea\n\nTea is served at four." })).id;
  keyId = (await ada.trpc.apiKeys.create.mutate({ name: "Kept" })).id;
});
afterAll(() => server.close());

type Call = Scenario["call"];
const as = (who: string) => () => {
  const trpc = people.get(who);
  if (!trpc) throw new Error(`Nobody is ${who}.`);
  return trpc;
};

const days = (n: number) => new Date(Date.now() + n * 86_400_000).toISOString();
const create =
  (input: object): Call =>
  (t) =>
    t.apiKeys.create.mutate({ name: "New", ...input });
const rotate =
  (input: object): Call =>
  (t) =>
    t.apiKeys.rotate.mutate({ id: keyId, ...input });
const revoke =
  (id: () => string): Call =>
  (t) =>
    t.apiKeys.revoke.mutate({ id: id() });
const list: Call = (t) => t.apiKeys.list.query();

const scenarios: Scenario[] = [
  ...(["create", "list", "rotate", "revoke"] as const).flatMap((name) => {
    const call = { create: create({}), list, rotate: rotate({}), revoke: revoke(() => newId()) }[name];
    const done = name === "revoke" ? { refused: "NOT_FOUND" } : {};
    return [
      { title: `${name} by a guest`, as: as("guest"), call, refused: "UNAUTHORIZED" },
      { title: `${name} by a member`, as: as("member"), call, refused: "FORBIDDEN" },
      { title: `${name} by an agent`, as: as("agent"), call, refused: "FORBIDDEN" },
      { title: `${name} by an admin`, as: as("admin"), call, ...done },
      { title: `${name} by the owner`, as: as("owner"), call, ...done },
    ];
  }),
  { title: "rotate by another tenant", as: as("eve"), call: rotate({}), refused: "NOT_FOUND" },
  { title: "revoke by another tenant", as: as("eve"), call: revoke(() => keyId), refused: "NOT_FOUND" },
  { title: "rotate of nothing", as: as("owner"), call: rotate({ id: newId() }), refused: "NOT_FOUND" },
  { title: "revoke of no id", as: as("owner"), call: revoke(() => "x"), refused: "VALIDATION_ERROR" },
  { title: "a bot of one's own", as: as("owner"), call: (t) => create({ botId })(t) },
  { title: "another's bot", as: as("eve"), call: (t) => create({ botId })(t), refused: "NOT_FOUND" },
  { title: "a bot that is none", as: as("owner"), call: create({ botId: newId() }), refused: "NOT_FOUND" },
  ...[
    { input: { name: "" }, refused: "VALIDATION_ERROR" },
    { input: { name: "  " }, refused: "VALIDATION_ERROR" },
    { input: { name: "n".repeat(100) } },
    { input: { name: "n".repeat(101) }, refused: "VALIDATION_ERROR" },
    { input: { name: "مفتاح 😀 <b>" } },
    { input: { name: "a\u0000b" }, refused: "VALIDATION_ERROR" },
    { input: { permissions: [] }, refused: "VALIDATION_ERROR" },
    { input: { permissions: ["chat"] } },
    { input: { permissions: ["chat", "evaluate"] } },
    { input: { permissions: ["chat", "evaluate", "chat"] } },
    { input: { permissions: [...apiPermissions] } },
    { input: { permissions: [...apiPermissions, "chat"] }, refused: "VALIDATION_ERROR" },
    { input: { permissions: ["admin"] }, refused: "VALIDATION_ERROR" },
    { input: { botId: "x" }, refused: "VALIDATION_ERROR" },
    { input: { expiresAt: null } },
    { input: { expiresAt: days(-1) }, refused: "VALIDATION_ERROR" },
    { input: { expiresAt: days(1) } },
    { input: { expiresAt: days(3_640) } },
    { input: { expiresAt: days(3_700) }, refused: "VALIDATION_ERROR" },
    { input: { expiresAt: "tomorrow" }, refused: "VALIDATION_ERROR" },
  ].map(({ input, ...rest }) => ({
    title: `a key with ${JSON.stringify(input).slice(0, 50)}`,
    as: as("owner"),
    call: create(input),
    ...rest,
  })),
  ...[
    { graceHours: -1, refused: "VALIDATION_ERROR" },
    { graceHours: 0 },
    { graceHours: 168 },
    { graceHours: 169, refused: "VALIDATION_ERROR" },
    { graceHours: 1.5, refused: "VALIDATION_ERROR" },
  ].map(({ graceHours, ...rest }) => ({
    title: `a grace of ${graceHours} hours`,
    as: as("owner"),
    call: rotate({ graceHours }),
    ...rest,
  })),
];
test.each(scenarios)("$title: $refused", play);

const ask = (headers: Record<string, string>) => fetch(`${server.url}/openai/v1/models`, { headers });
const withKey = (secret: string) => ask({ authorization: `Bearer ${secret}` });
const rowOf = async (id: string) => {
  const rows = await server.services.db.withTenant(ada.tenantId, (tx) =>
    tx.select().from(apiKeys).where(eq(apiKeys.id, id)),
  );
  return rows[0];
};
const change = (id: string, set: Partial<typeof apiKeys.$inferInsert>) =>
  server.services.db.withTenant(ada.tenantId, (tx) => tx.update(apiKeys).set(set).where(eq(apiKeys.id, id)));

describe("a key", () => {
  test("is shown once, and kept as a hash", async () => {
    const key = await ada.trpc.apiKeys.create.mutate({ name: "Once", botId });
    expect(key).toMatchObject({
      name: "Once",
      prefix: key.secret.slice(0, 12),
      permissions: ["chat"],
      bot: { id: botId, name: "Helper" },
      status: "active",
      createdBy: { id: ada.userId, name: "Ada" },
      lastUsedAt: null,
      expiresAt: null,
    });
    const listed = (await ada.trpc.apiKeys.list.query()).find(({ id }) => id === key.id);
    const { secret, ...rest } = key;
    expect(listed).toEqual(rest);
    const row = await rowOf(key.id);
    const [, , tail = ""] = secret.split("_");
    expect(row?.secretHash).toBe(sha256Hex(tail.slice(0, 40)));
    expect(JSON.stringify(row)).not.toContain(tail.slice(0, 40));
  });

  test("is in the audit log without its secret, from its making to its end", async () => {
    const key = await ada.trpc.apiKeys.create.mutate({ name: "Noted" });
    const rotated = await ada.trpc.apiKeys.rotate.mutate({ id: key.id });
    await ada.trpc.apiKeys.revoke.mutate({ id: key.id });
    await ada.trpc.apiKeys.revoke.mutate({ id: key.id }); // changes nothing
    const entries = await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.subjectId, key.id)).orderBy(auditLog.id),
    );
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([
      ["api_key.created", ada.userId],
      ["api_key.rotated", ada.userId],
      ["api_key.revoked", ada.userId],
    ]);
    for (const { secret } of [key, rotated]) {
      expect(JSON.stringify(entries)).not.toContain(secret.split("_")[2]?.slice(0, 40));
    }
  });

  test("is noted as used once a minute", async () => {
    const key = await ada.trpc.apiKeys.create.mutate({ name: "Used" });
    expect((await withKey(key.secret)).status).toBe(200);
    const first = (await rowOf(key.id))?.lastUsedAt;
    expect(first).toBeInstanceOf(Date);
    await Promise.all(Array.from({ length: 5 }, () => withKey(key.secret)));
    expect((await rowOf(key.id))?.lastUsedAt).toEqual(first);
    const longAgo = new Date(Date.now() - 61_000);
    await change(key.id, { lastUsedAt: longAgo });
    await withKey(key.secret);
    expect((await rowOf(key.id))?.lastUsedAt?.getTime()).toBeGreaterThan(longAgo.getTime());
  });

  test("that was rotated works with both secrets in the time of grace, then with the new one", async () => {
    const key = await ada.trpc.apiKeys.create.mutate({ name: "Turned" });
    const next = await ada.trpc.apiKeys.rotate.mutate({ id: key.id });
    expect(next).toMatchObject({ id: key.id, prefix: key.prefix, previousUntil: expect.any(String) });
    expect((await withKey(key.secret)).status).toBe(200);
    expect((await withKey(next.secret)).status).toBe(200);
    await change(key.id, { previousUntil: new Date(Date.now() - 1) });
    expect((await withKey(key.secret)).status).toBe(401);
    expect((await withKey(next.secret)).status).toBe(200);
    const at = await ada.trpc.apiKeys.rotate.mutate({ id: key.id, graceHours: 0 });
    expect((await withKey(next.secret)).status).toBe(401);
    expect((await withKey(at.secret)).status).toBe(200);
  });

  test("that ended cannot be rotated", async () => {
    const key = await ada.trpc.apiKeys.create.mutate({ name: "Ended" });
    await change(key.id, { expiresAt: new Date(Date.now() - 1) });
    expect(await refusal(ada.trpc.apiKeys.rotate.mutate({ id: key.id }))).toBe("CONFLICT");
    await ada.trpc.apiKeys.revoke.mutate({ id: key.id });
    expect(await refusal(ada.trpc.apiKeys.rotate.mutate({ id: key.id }))).toBe("CONFLICT");
    const [ended] = (await ada.trpc.apiKeys.list.query()).filter(({ id }) => id === key.id);
    expect(ended).toMatchObject({ status: "revoked", revokedAt: expect.any(String) });
  });

  test("goes with its bot, and takes its public name along, as the bot's widget does", async () => {
    const bot = await ada.trpc.bot.create.mutate({ name: "Short-lived" });
    const { widgetId } = await ada.trpc.widgetConfig.getByBotId.query({ botId: bot.id });
    const key = await ada.trpc.apiKeys.create.mutate({ name: "Bound", botId: bot.id });
    const publicPart = key.secret.split("_")[1] ?? "";
    const namesOf = () =>
      server.services.db
        .system()
        .select({ key: tenantDirectory.key })
        .from(tenantDirectory)
        .where(and(eq(tenantDirectory.tenant, ada.tenantId), eq(tenantDirectory.bot, bot.id)));
    expect((await namesOf()).map((name) => name.key).sort()).toEqual(
      [bot.publicUrlId, widgetId, publicPart].sort(),
    );
    await ada.trpc.bot.delete.mutate({ id: bot.id });
    expect(await namesOf()).toEqual([]);
    expect(await rowOf(key.id)).toBeUndefined();
    expect((await withKey(key.secret)).status).toBe(401);
  });

  test("is one of a hundred at most", async () => {
    const many = await server.signUp("Many");
    for (let n = 0; n < 100; n++) await many.trpc.apiKeys.create.mutate({ name: `Key ${n}` });
    expect(await refusal(many.trpc.apiKeys.create.mutate({ name: "One more" }))).toBe("CONFLICT");
    const [last] = await many.trpc.apiKeys.list.query();
    await many.trpc.apiKeys.revoke.mutate({ id: last?.id ?? "" });
    await many.trpc.apiKeys.create.mutate({ name: "One more" });
  });
});

describe("a key that does not open", () => {
  const answers = new Set<string>();

  test.each<[string, () => Promise<Record<string, string>>]>([
    ["none", async () => ({})],
    ["an empty one", async () => ({ authorization: "Bearer " })],
    ["another scheme", async () => ({ authorization: `Basic ${makeKey().text}` })],
    ["no scheme", async () => ({ authorization: makeKey().text })],
    ["a cookie", async () => ({ cookie: ada.headers.cookie ?? "" })],
    ["a malformed one", async () => ({ authorization: "Bearer sk-proj-0123456789" })],
    ["a long one", async () => ({ authorization: `Bearer ${"x".repeat(5_000)}` })],
    ["an unknown one", async () => ({ authorization: `Bearer ${makeKey().text}` })],
    [
      "one with a typing error",
      async () => {
        const { secret } = await ada.trpc.apiKeys.create.mutate({ name: "Typed" });
        return { authorization: `Bearer ${secret.slice(0, -1)}${secret.endsWith("0") ? 1 : 0}` };
      },
    ],
    [
      "a known one with another secret",
      async () => {
        const { secret } = await ada.trpc.apiKeys.create.mutate({ name: "Guessed" });
        return { authorization: `Bearer ${makeKey(secret.split("_")[1]).text}` };
      },
    ],
    [
      "a revoked one",
      async () => {
        const key = await ada.trpc.apiKeys.create.mutate({ name: "Revoked" });
        await ada.trpc.apiKeys.revoke.mutate({ id: key.id });
        return { authorization: `Bearer ${key.secret}` };
      },
    ],
    [
      "an expired one",
      async () => {
        const key = await ada.trpc.apiKeys.create.mutate({ name: "Expired", expiresAt: days(1) });
        await change(key.id, { expiresAt: new Date(Date.now() - 1) });
        return { authorization: `Bearer ${key.secret}` };
      },
    ],
  ])("%s is answered as every other", async (_title, headers) => {
    const response = await ask(await headers());
    expect(response.status).toBe(401);
    answers.add(await response.text());
    expect(answers.size).toBe(1);
    expect(JSON.parse([...answers][0] ?? "")).toMatchObject({
      error: { type: "invalid_request_error", param: null, code: "invalid_api_key" },
    });
  });
});

test("no key is in any line of the log", () => {
  expect(logged.join("\n")).not.toMatch(/prl_[0-9A-Za-z]{24}/);
});
