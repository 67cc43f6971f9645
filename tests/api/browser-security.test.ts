import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../harness/server.ts";

/* What other sites can make a member's browser do, and read: nothing but what visitors are for. */

let server: TestServer;
let user: TestUser;
let other: TestUser;
let botId: string;
let widgetId: string;

beforeAll(async () => {
  server = await sharedTestServer();
  user = await server.signUp();
  other = await server.signUp();
  botId = (await user.trpc.bot.create.mutate({ name: "Help" })).id;
  widgetId = (await user.trpc.widgetConfig.getByBotId.query({ botId })).widgetId;
});
afterAll(() => server.close());

const foreign = "https://evil.example";

function send(method: string, path: string, headers: Record<string, string>, body?: unknown) {
  return fetch(`${server.url}${path}`, {
    method,
    headers: { ...headers, ...(body === undefined ? {} : { "content-type": "application/json" }) },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

describe("a cookie from another site", () => {
  const question = () => ({
    id: newId(),
    botId,
    messages: [{ role: "user", parts: [{ type: "text", text: "Hello?" }] }],
  });

  test.each([foreign, "null", "http://127.0.0.1:1", "not an origin"])(
    "changes nothing: Origin %s",
    async (origin) => {
      const headers = { cookie: user.headers.cookie ?? "", origin };
      const created = await send("POST", "/trpc/bot.create", headers, { name: "Planted" });
      expect(created.status).toBe(403);
      expect(await created.json()).toMatchObject({
        error: { data: { errorCode: "ORIGIN_NOT_ALLOWED", httpStatus: 403 } },
      });

      const asked = await send("POST", "/api/chat", headers, question());
      expect(asked.status).toBe(403);
      expect(await asked.json()).toMatchObject({ error: { code: "ORIGIN_NOT_ALLOWED" } });

      const handoff = await send("POST", `/api/chat/${newId()}/handoff`, headers, {});
      expect(handoff.status).toBe(403);
      expect((await user.trpc.bot.list.query()).items.map(({ name }) => name)).toEqual(["Help"]);
    },
  );

  test("asks nothing by a link, which sends no Origin", async () => {
    const input = encodeURIComponent(JSON.stringify({ botId, query: "Hello?" }));
    const headers = { cookie: user.headers.cookie ?? "", "sec-fetch-site": "cross-site" };
    const asked = await send("GET", `/trpc/ragQuery.streamQuery?input=${input}`, headers);
    expect(await asked.text()).toContain('"errorCode":"ORIGIN_NOT_ALLOWED"'); // within the stream
  });

  test("does not sign out, nor in", async () => {
    const headers = { cookie: user.headers.cookie ?? "", origin: foreign };
    expect((await send("POST", "/trpc/auth.logout", headers, {})).status).toBe(403);
    const login = { email: user.email, password: "correct horse" };
    expect((await send("POST", "/trpc/auth.login", { origin: foreign }, login)).status).toBe(403);
    expect(await user.trpc.auth.getSession.query()).not.toBeNull();
  });

  test("acts as ever from the console's own", async () => {
    const named = await send("POST", "/trpc/bot.update", user.headers, { id: botId, name: "Help" });
    expect(named.status).toBe(200);
  });

  test.each([
    ["no token", () => ({})],
    ["an empty one", () => ({ "x-csrf-token": "" })],
    ["a forged one", () => ({ "x-csrf-token": "A".repeat(43) })],
    ["another session's", () => ({ "x-csrf-token": other.headers["x-csrf-token"] ?? "" })],
  ])("changes nothing with %s, even where the Origin is right", async (_name, header) => {
    const own = { cookie: user.headers.cookie ?? "", origin: server.url, ...header() };
    const refused = await send("POST", "/trpc/bot.update", own, { id: botId, name: "Planted" });
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { error: { data: { errorCode: "CSRF_TOKEN_MISSING" } } },
    ]);
    const asked = await send("POST", "/api/chat", own, question());
    expect([asked.status, await asked.json()]).toMatchObject([
      403,
      { error: { code: "CSRF_TOKEN_MISSING" } },
    ]);
    expect((await user.trpc.bot.list.query()).items.map(({ name }) => name)).toEqual(["Help"]);
  });

  test("a form cannot speak JSON", async () => {
    const response = await fetch(`${server.url}/trpc/bot.create`, {
      method: "POST",
      headers: { cookie: user.headers.cookie ?? "", "content-type": "text/plain" },
      body: JSON.stringify({ name: "Planted" }),
    });
    expect(response.ok).toBe(false);
    expect((await user.trpc.bot.list.query()).items).toHaveLength(1);
  });
});

describe("cross-origin reading", () => {
  const preflight = (path: string, method: string) =>
    send("OPTIONS", path, {
      origin: foreign,
      "access-control-request-method": method,
      "access-control-request-headers": "authorization,content-type",
    });

  test.each([
    ["POST", () => `/api/widget/${widgetId}/session`],
    ["POST", () => "/api/chat"],
    ["GET", () => `/api/chat/${newId()}/messages`],
    ["GET", () => `/api/chat/${newId()}/stream`],
    ["POST", () => `/api/chat/${newId()}/handoff`],
  ])("is open where visitors call: %s %s", async (method, path) => {
    const { status, headers } = await preflight(path(), method);
    expect(status).toBe(204);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-allow-headers")).toContain("authorization");
    expect(headers.get("access-control-allow-credentials")).toBeNull(); // so no cookie travels
    const answer = await send(method, path(), { origin: foreign }, method === "POST" ? {} : undefined);
    expect(answer.headers.get("access-control-allow-origin")).toBe("*");
  });

  test.each([
    ["POST", "/trpc/bot.create"],
    ["GET", "/trpc/auth.getSession"],
    ["POST", "/trpc/auth.login"],
    ["GET", "/api/auth/callback/google"],
    ["GET", "/metrics"],
    ["GET", "/openapi.json"],
    ["POST", "/api/chatter"],
    ["GET", "/api/widgets"],
    ["POST", "/openai/v1/chat/completions"],
    ["GET", "/openai/v1/models"],
    ["GET", "/c/anything"],
  ])("is closed everywhere else: %s %s", async (method, path) => {
    for (const response of [await preflight(path, method), await send(method, path, { origin: foreign })]) {
      expect(response.headers.get("access-control-allow-origin")).toBeNull();
      await response.arrayBuffer();
    }
  });
});

describe("a page of a site that the workspace lists", () => {
  const listed = "https://www.shop.example";
  const bearer = async (person: TestUser) => {
    const { secret } = await person.trpc.apiKeys.create.mutate({ name: "Page", permissions: ["chat"] });
    return { authorization: `Bearer ${secret}` };
  };

  beforeAll(async () => {
    const listing = sql`update tenants set allowed_domains = array['*.shop.example'] where id = ${user.tenantId}`;
    await server.services.db.system().execute(listing);
  });

  test.each(["/v1/auth/me", "/trpc/qa.getSettings"])(
    "may call %s, by a token and never a cookie",
    async (path) => {
      const asked = await send("OPTIONS", path, { origin: listed, "access-control-request-method": "GET" });
      expect(asked.headers.get("access-control-allow-origin")).toBe(listed);
      expect(asked.headers.get("access-control-allow-credentials")).toBeNull();
      expect(asked.headers.get("vary")).toMatch(/origin/i);
      const other = { origin: "https://shop.example.evil.example", "access-control-request-method": "GET" };
      expect((await send("OPTIONS", path, other)).headers.get("access-control-allow-origin")).toBeNull();
    },
  );

  test("acts for that workspace, and for no other", async () => {
    const answer = await send("GET", "/trpc/qa.getSettings", { ...(await bearer(user)), origin: listed });
    expect(await answer.text()).toContain(`"errorCode":"FORBIDDEN"`); // the key asks bots only; the site was let in
    const stranger = await send("GET", "/trpc/qa.getSettings", { ...(await bearer(other)), origin: listed });
    expect([stranger.status, await stranger.json()]).toMatchObject([
      403,
      { error: { data: { errorCode: "ORIGIN_NOT_ALLOWED" } } },
    ]);
  });
});

describe("headers", () => {
  const isBuilt = existsSync(fileURLToPath(new URL("../../apps/web/dist/index.html", import.meta.url)));
  if (!isBuilt) process.stdout.write("The console is not built: its page's headers are read from a 404.\n");

  test.each(["/", "/bots", "/sign-in"])(
    "of the console's page %s forbid foreign code and frames",
    async (path) => {
      const { headers } = await send("GET", path, { accept: "text/html" });
      const policy = headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'self'");
      expect(policy).toMatch(/script-src 'self'(;|$)/);
      expect(policy).toMatch(/style-src 'self'(;|$)/);
      expect(policy).toContain("frame-ancestors 'self'");
      expect(policy).toContain("object-src 'none'");
      expect(policy).toContain("base-uri 'self'");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("x-frame-options")).toBe("SAMEORIGIN");
      expect(headers.get("x-powered-by")).toBeNull();
      expect(headers.get("permissions-policy")).toContain("camera=()");
    },
  );

  test("of a bot's public page are the same, and it holds no script of its own", async () => {
    const { publicUrlId } = (await user.trpc.bot.list.query()).items[0] ?? {};
    const response = await send("GET", `/c/${publicUrlId}`, { accept: "text/html" });
    expect(response.status).toBe(200);
    expect(response.headers.get("content-security-policy")).toMatch(/script-src 'self'(;|$)/);
    expect(response.headers.get("x-robots-tag")).toBe("noindex");
    const scripts = (await response.text()).match(/<script[^>]*>[^<]*/g) ?? [];
    expect(scripts).toHaveLength(1);
    expect(scripts[0]).toMatch(/^<script src="\/chat\.js" [^>]*>$/);
  });

  test("of the session's cookie keep scripts and other sites from it", async () => {
    const login = { email: user.email, password: "correct horse" };
    const response = await send("POST", "/trpc/auth.login", { origin: server.url }, login);
    expect(response.status).toBe(200);
    for (const cookie of response.headers.getSetCookie()) {
      expect(cookie).toMatch(/httponly/i);
      expect(cookie).toMatch(/samesite=lax/i);
    }
  });
});

test("D03: a widget's page cannot be made to hold a stranger's markup", async () => {
  const hostile = encodeURIComponent('"><script>alert(1)</script>');
  for (const path of ["/demo/", "/widget-preview/", "/c/"]) {
    const page = await (await send("GET", `${path}${hostile}`, {})).text();
    expect(page).not.toContain("<script>alert");
  }
});
