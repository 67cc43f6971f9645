import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { colleague, refusal } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { listProcedures } from "../../app/procedures.ts";
import { httpRoutes } from "../../app/routes.ts";
import { newId } from "../../platform/ids/index.ts";
import { members, users } from "./identity.tables.ts";

let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.url}${path}`, { headers });

describe("a guest", () => {
  test("has no session, and is refused by every procedure that is not public", async () => {
    expect(await server.guest.auth.getSession.query()).toBeNull();
    const closed = listProcedures().filter((procedure) => procedure.auth !== "public");
    expect(closed.length).toBeGreaterThan(30);
    for (const { name, type } of closed) {
      const response = await fetch(`${server.url}/trpc/${name}`, {
        method: type === "mutation" ? "POST" : "GET",
        headers: { "content-type": "application/json", accept: "application/json" },
        ...(type === "mutation" ? { body: "{}" } : {}),
      });
      if (type !== "subscription") expect(response.status, name).toBe(401);
      // a subscription's refusal is its first and last event
      expect(await response.text(), name).toContain('"UNAUTHORIZED"');
    }
  });

  test("is refused by every route that is not public", async () => {
    for (const { method, path, auth, dialect } of httpRoutes.filter((route) => route.auth !== "public")) {
      const response = await fetch(`${server.url}${path.replaceAll(/\{\w+\}/g, newId())}`, {
        method,
        headers: { "content-type": "application/json" },
        ...(method === "GET" ? {} : { body: "{}" }),
      });
      const code = path.startsWith("/openai/") ? "invalid_api_key" : "UNAUTHORIZED";
      const said = dialect === "tenantApi" ? { status_code: 401 } : { error: { code } };
      expect(response.status, `${path} for ${auth}`).toBe(401);
      expect(await response.json(), `${path} for ${auth}`).toMatchObject(said);
    }
  });
});

describe("a session", () => {
  test("says who is signed in, where and as what", async () => {
    const session = await ada.trpc.auth.getSession.query();
    expect(session).toMatchObject({
      user: { id: ada.userId, email: ada.email, name: "Ada", role: "USER" },
      tenant: { id: ada.tenantId, name: "Ada" },
      role: "owner",
    });
    expect(await ada.trpc.user.me.query()).toMatchObject({
      id: ada.userId,
      email: ada.email,
      authProvider: "email",
      status: "ACTIVE",
    });
  });

  test("of a forged cookie is none", async () => {
    const cookie = ada.headers.cookie?.replace(/(?<=session_token=)./, "-") ?? "";
    expect((await get("/trpc/user.me", { cookie })).status).toBe(401);
  });

  test("used by a page of another site may not act", async () => {
    const response = await fetch(`${server.url}/trpc/bot.create`, {
      method: "POST",
      headers: { ...ada.headers, origin: "https://evil.example", "content-type": "application/json" },
      body: JSON.stringify({ name: "Evil" }),
    });
    expect(response.status).toBe(403);
    expect((await response.json()).error.data.errorCode).toBe("ORIGIN_NOT_ALLOWED");
    expect((await ada.trpc.bot.list.query()).items).toEqual([]);
  });

  test("ends with the membership, and while the user is suspended, at the next request", async () => {
    const system = server.services.db.system();
    const admin = await colleague(server, ada, "admin");
    await admin.trpc.bot.list.query();
    await system.update(users).set({ status: "SUSPENDED" }).where(eq(users.id, admin.userId));
    expect(await refusal(admin.trpc.bot.list.query())).toBe("UNAUTHORIZED");
    await system.update(users).set({ status: "ACTIVE" }).where(eq(users.id, admin.userId));
    await admin.trpc.bot.list.query();
    await system.update(members).set({ role: "member" }).where(eq(members.userId, admin.userId));
    expect(await refusal(admin.trpc.bot.create.mutate({ name: "No" }))).toBe("FORBIDDEN");
    await system.delete(members).where(eq(members.userId, admin.userId));
    expect(await refusal(admin.trpc.bot.list.query())).toBe("UNAUTHORIZED");
  });

  test("ends with signing out", async () => {
    const person = await server.signUp("Out");
    expect(await person.trpc.auth.logout.mutate()).toEqual({ success: true });
    expect(await refusal(person.trpc.user.me.query())).toBe("UNAUTHORIZED");
  });
});
