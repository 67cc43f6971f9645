import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWidget } from "../../../../../tests/harness/chat.ts";
import { makeAdmin } from "../../../../../tests/harness/plans.ts";
import { botWith, refusal } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

/* What an administrator of the installation makes of tenants, and lets them use. */

let server: TestServer;
let root: TestUser;
let ada: TestUser;
let eve: TestUser;
let bearer: Record<string, string>;

beforeAll(async () => {
  server = await startTestServer({ RATE_LIMIT_SCALE: "10000" });
  root = await server.signUp("Root");
  await makeAdmin(server, root);
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  bearer = await bearerOf(root);
});
afterAll(() => server.close());

async function bearerOf({ email }: TestUser) {
  const response = await fetch(`${server.url}/api/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password: "correct horse" }),
  });
  return { authorization: `Bearer ${(await response.json()).access_token}` };
}

async function call(method: string, path: string, body?: unknown, headers = bearer) {
  const response = await fetch(`${server.url}/api/admin/tenants${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
  return {
    status: response.status,
    body: await response.json(),
    total: response.headers.get("x-total-count"),
  };
}

describe("seed 002", () => {
  const json = (text: string) => ({ detail: expect.stringContaining(text), status_code: expect.any(Number) });

  test("makes a tenant, lists it, changes it", async () => {
    const made = await call("POST", "", {
      name: "North",
      subdomain: "north-shop",
      settings: { plan: "trial" },
    });
    expect(made).toMatchObject({
      status: 201,
      body: { name: "North", subdomain: "north-shop", settings: { plan: "trial" }, status: "active" },
    });
    const listed = await call("GET", "?search=north&limit=1");
    expect(listed).toMatchObject({ status: 200, body: [made.body], total: "1" });
    expect((await call("GET", "?limit=2&page=2")).body).toHaveLength(2);
    const changed = await call("PUT", `/${made.body.id}`, { settings: { plan: "paid" } });
    expect(changed).toMatchObject({ status: 200, body: { ...made.body, settings: { plan: "paid" } } });
    expect(await call("POST", "", { name: "Two", subdomain: "north-shop" })).toMatchObject({ status: 409 });
    expect((await root.trpc.auth.listTenants.query()).map(({ name }) => name)).toContain("North");
  });

  test.each([
    ["POST", "", {}],
    ["POST", "", { name: "" }],
    ["POST", "", { name: "x".repeat(101) }],
    ["POST", "", { name: "X", subdomain: "admin" }],
    ["POST", "", { name: "X", settings: "free" }],
    ["POST", "", { name: "X", settings: { big: "x".repeat(9_000) } }],
    ["GET", "?limit=0", undefined],
    ["GET", "?limit=101", undefined],
    ["GET", "?page=0", undefined],
    ["GET", `?search=${"x".repeat(101)}`, undefined],
    ["PUT", "/none", { name: "X" }],
    ["GET", "/none/permissions", undefined],
    ["PUT", "/{ada}/permissions", {}],
    ["PUT", "/{ada}/permissions", { agents: ["x"], tools: null }],
    ["PUT", "/{ada}/permissions", { agents: null, tools: [""] }],
    ["PUT", "/{ada}/permissions", { agents: null, tools: ["x".repeat(101)] }],
    ["PUT", "/{ada}/permissions", { agents: null, tools: Array(501).fill("t") }],
    ["PUT", "/{ada}/permissions", { agents: Array(501).fill(newId()), tools: null }],
    ["PUT", "/{ada}/permissions", { agents: null, tools: null, model_providers: ["acme"] }],
  ])("%s %s %j is 422 with the seed's error", async (method, path, body) => {
    const answer = await call(method, path.replace("{ada}", ada.tenantId), body);
    expect(answer.status).toBe(422);
    expect(answer.body).toEqual({ ...json(""), status_code: 422 });
  });

  test.each([
    ["PUT", "", { name: "X" }],
    ["GET", "/permissions", undefined],
    ["PUT", "/permissions", { agents: null, tools: null }],
  ])("%s {tenant_id}%s of none is 404", async (method, path, body) => {
    expect(await call(method, `/${newId()}${path}`, body)).toMatchObject({
      status: 404,
      body: json("tenant"),
    });
  });

  test("is for administrators of the installation, with an access token", async () => {
    const owner = await bearerOf(ada);
    const key = (await ada.trpc.apiKeys.create.mutate({ name: "Key", permissions: ["chat"] })).secret;
    for (const [method, path, body] of [
      ["GET", "", undefined],
      ["POST", "", { name: "X" }],
      ["PUT", `/${ada.tenantId}`, { name: "X" }],
      ["GET", `/${ada.tenantId}/permissions`, undefined],
      ["PUT", `/${ada.tenantId}/permissions`, { agents: null, tools: null }],
    ] as const) {
      expect((await call(method, path, body, owner)).status).toBe(403);
      expect((await call(method, path, body, { authorization: `Bearer ${key}` })).status).toBe(403);
      expect((await call(method, path, body, { authorization: "" })).status).toBe(401);
      expect((await call(method, path, body, root.headers as typeof bearer)).status).toBe(401); // no cookie counts
    }
  });
});

describe("what a tenant may use", () => {
  test("bots that are not granted answer nobody, in no way; granted ones do", async () => {
    const zoe = await server.signUp("Zoe");
    const text = { "Tea.md": "# Tea\n\nTea is served at four." };
    const [granted, other] = [await botWith(zoe, text, "Granted"), await botWith(zoe, text, "Other")];
    const permissions = `/${zoe.tenantId}/permissions`;
    expect((await call("GET", permissions)).body).toEqual({
      tenant_id: zoe.tenantId,
      agents: null,
      tools: null,
      model_providers: null,
    });
    const widgetOf = async (botId: string) =>
      (await zoe.trpc.widgetConfig.getByBotId.query({ botId })).widgetId;
    const visitor = await openWidget(server, await widgetOf(other.id));
    const foreign = await ada.trpc.bot.create.mutate({ name: "Ada's" });
    const refusedPut = await call("PUT", permissions, { agents: [foreign.id], tools: null });
    expect(refusedPut).toMatchObject({ status: 404 });
    expect(refusedPut).toEqual(await call("PUT", permissions, { agents: [newId()], tools: null }));

    const set = await call("PUT", permissions, { agents: [granted.id, granted.id], tools: ["search"] });
    expect(set.body).toMatchObject({ agents: [granted.id], tools: ["search"], model_providers: null });
    const ask = (botId: string, headers = zoe.headers, id = newId()) =>
      fetch(`${server.url}/api/chat`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify({
          id,
          botId,
          messages: [{ role: "user", parts: [{ type: "text", text: "When is tea served?" }] }],
        }),
      });
    expect((await ask(granted.id)).status).toBe(200);
    expect((await ask(other.id)).status).toBe(403);
    expect((await ask(other.id, visitor.headers, visitor.chatId)).status).toBe(403);
    await expect(openWidget(server, await widgetOf(other.id))).rejects.toThrow("403");
    await openWidget(server, await widgetOf(granted.id));
    const key = (await zoe.trpc.apiKeys.create.mutate({ name: "Key", permissions: ["chat"] })).secret;
    const complete = (model: string) =>
      fetch(`${server.url}/openai/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify({ model, messages: [{ role: "user", content: "When is tea served?" }] }),
      });
    expect((await complete(granted.publicUrlId)).status).toBe(200);
    expect((await complete(other.publicUrlId)).status).toBe(403);
    await call("PUT", permissions, { agents: null, tools: null });
    expect((await ask(other.id)).status).toBe(200);
  });

  test("providers that are not granted are not connected", async () => {
    await root.trpc.admin.setTenantPermissions.mutate({
      tenantId: ada.tenantId,
      agents: null,
      tools: null,
      modelProviders: ["anthropic"],
    });
    const connect = ada.trpc.user.setLlmApiKey.mutate({
      provider: "openai",
      purpose: "answering",
      apiKey: "sk-x",
    });
    expect(await refusal(connect)).toBe("FORBIDDEN");
    // what the body does not name stays
    expect(
      (await call("PUT", `/${ada.tenantId}/permissions`, { agents: null, tools: null })).body,
    ).toMatchObject({
      model_providers: ["anthropic"],
    });
    await call("PUT", `/${ada.tenantId}/permissions`, { agents: null, tools: null, model_providers: null });
    expect(await root.trpc.admin.getTenantPermissions.query({ tenantId: ada.tenantId })).toEqual({
      agents: null,
      tools: null,
      modelProviders: null,
    });
  });
});

describe("admin.createTenant", () => {
  test("is owned by whoever is named, or by the administrator", async () => {
    const of = await root.trpc.admin.createTenant.mutate({
      name: "For Eve",
      ownerEmail: eve.email.toUpperCase(),
    });
    expect(of).toMatchObject({ name: "For Eve", status: "active", subdomain: null });
    expect((await eve.trpc.auth.listTenants.query()).map(({ id }) => id)).toContain(of.id);
    const { items } = await root.trpc.admin.listTenants.query({ search: "For Eve" });
    expect(items[0]).toMatchObject({ id: of.id, members: 1, status: "active", statusReason: null });
  });
  test.each([
    [{ name: "" }, "VALIDATION_ERROR"],
    [{ name: "X", ownerEmail: "nobody" }, "VALIDATION_ERROR"],
    [{ name: "X", ownerEmail: "nobody@example.test" }, "NOT_FOUND"],
    [{ name: "X", subdomain: "north-shop" }, "CONFLICT"],
  ])("%j is refused", async (input, code) => {
    expect(await refusal(root.trpc.admin.createTenant.mutate(input))).toBe(code);
  });
});
