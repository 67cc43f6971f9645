import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { restClient, tokensSchema } from "../../../../../tests/harness/rest.ts";
import { colleague } from "../../../../../tests/harness/scenarios.ts";
import {
  password,
  startTestServer,
  type TestServer,
  type TestUser,
} from "../../../../../tests/harness/server.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { createRateLimiter } from "../../platform/rate-limit/index.ts";
import { auditLog, sessions, tenants, users } from "../identity/identity.tables.ts";
import { codeOf, stepAt } from "../identity/second-factor/totp.ts";
import { securityEvents } from "../identity/security.tables.ts";
import { refreshTokens } from "./tokens.tables.ts";

let server: TestServer;
let ada: TestUser;
beforeAll(async () => {
  server = await startTestServer({ PLATFORM_ADMINS: "root@example.test" });
  ada = await server.signUp("Ada Augusta Lovelace");
});
afterAll(() => server.close());

const { post, get, login: loginOf } = restClient(() => server);
const login = (person: TestUser = ada, factor: object = {}) => loginOf(person, factor);
const refresh = (refreshToken: string) => post("/v1/auth/refresh", { refreshToken });
const statusOf = async (bearer: string) => (await get("/v1/auth/me", bearer)).status;

const userOfAda = () => ({
  id: ada.userId,
  email: ada.email,
  firstName: "Ada",
  lastName: "Augusta Lovelace",
  role: "owner",
  teamId: null,
});
const meta = { requestId: expect.any(String), timestamp: expect.any(String) };

describe("POST /v1/auth/login", () => {
  test("answers as seed 004 says, and its token is accepted by every face", async () => {
    const { status, said } = await post("/v1/auth/login", { email: ada.email.toUpperCase(), password });
    expect({ status, said }).toEqual({
      status: 200,
      said: {
        success: true,
        data: {
          accessToken: expect.any(String),
          refreshToken: expect.stringMatching(/^prr_/),
          expiresIn: 3600,
          user: userOfAda(),
        },
        meta,
      },
    });
    const { accessToken } = tokensSchema.parse(said).data;
    expect((await get("/v1/auth/me", accessToken)).said).toEqual({ success: true, data: userOfAda(), meta });
    // no cookie signs these in, so that no CSRF token is asked for
    const list = await get("/trpc/bot.list", accessToken);
    expect(list.status).toBe(200);
    expect((await post("/trpc/bot.create", { name: "By token" }, accessToken)).status).toBe(200);
    expect((await get("/trpc/auth.getSession", accessToken)).said).toMatchObject({
      result: { data: { user: { id: ada.userId }, csrfToken: null } },
    });
  });

  test.each([
    ["a wrong password", { password: "wrong horse" }, 401, "UNAUTHORIZED"],
    ["an unknown address", { email: "nobody@example.test" }, 401, "UNAUTHORIZED"],
    ["no address", { email: "nobody" }, 400, "VALIDATION_ERROR"],
    ["no password", { password: "" }, 400, "VALIDATION_ERROR"],
    ["a list for a password", { password: ["x"] }, 400, "VALIDATION_ERROR"],
    ["null for a password", { password: null }, 400, "VALIDATION_ERROR"],
    ["a password of 257", { password: "x".repeat(257) }, 400, "VALIDATION_ERROR"],
  ])("%s: %d", async (_title, change, status, code) => {
    const answer = await post("/v1/auth/login", { email: ada.email, password, ...change });
    expect(answer).toMatchObject({ status, said: { success: false, error: { code }, meta } });
  });

  test("is locked as the console's page is: one count for every face", async () => {
    const person = await server.signUp();
    for (let n = 0; n < 3; n++) await post("/v1/auth/login", { email: person.email, password: "wrong" });
    for (let n = 0; n < 2; n++) await post("/api/auth/login", { email: person.email, password: "wrong" });
    expect((await post("/v1/auth/login", { email: person.email, password })).status).toBe(401);
    await expect(server.guest.auth.login.mutate({ email: person.email, password })).rejects.toThrow();
    server.services.rateLimiter = createRateLimiter({});
  });

  test("asks for the second factor, which works once, and says so", async () => {
    const person = await server.signUp("Grace");
    const { secret } = await person.trpc.mfa.setup.mutate({});
    const code = (steps = 0) => codeOf(secret, stepAt(server.services.now()) + steps);
    const { backupCodes } = await person.trpc.mfa.verify.mutate({ code: code() });
    const missing = await post("/v1/auth/login", { email: person.email, password });
    expect(missing).toMatchObject({
      status: 401,
      said: { error: { code: "UNAUTHORIZED", details: [{ mfaRequired: true }] } },
    });
    const wrong = await post("/v1/auth/login", { email: person.email, password, code: "000000" });
    expect(wrong).toMatchObject({ status: 401, said: { error: { details: [{ mfaRequired: true }] } } });
    const next = { code: code(1) };
    expect(await statusOf((await login(person, next)).accessToken)).toBe(200);
    expect((await post("/v1/auth/login", { email: person.email, password, ...next })).status).toBe(401);
    const backup = { backupCode: backupCodes?.[0] ?? "" };
    expect(await statusOf((await login(person, backup)).accessToken)).toBe(200);
    expect((await post("/v1/auth/login", { email: person.email, password, ...backup })).status).toBe(401);
  });
});

describe("POST /v1/auth/refresh", () => {
  test("gives new tokens each time, for the membership as it is now", async () => {
    const mia = await colleague(server, ada, "agent");
    const first = await login(mia);
    // a session begins where its person works first; this one moves to where she is a colleague
    const inAdas = { activeOrganizationId: ada.tenantId };
    await server.services.db.system().update(sessions).set(inAdas).where(eq(sessions.userId, mia.userId));
    expect(await statusOf(first.accessToken)).toBe(401); // it is for the workspace that it was made in
    const second = tokensSchema.parse((await refresh(first.refreshToken)).said).data;
    expect((await get("/v1/auth/me", second.accessToken)).said).toMatchObject({ data: { role: "agent" } });
    await ada.trpc.users.updateRole.mutate({ userId: mia.userId, role: "member" });
    expect(await statusOf(second.accessToken)).toBe(401); // another role is another session
  });

  test("a token that is shown again ends its whole family and session, and the security log says so", async () => {
    const person = await server.signUp();
    const other = await login(person);
    const first = await login(person);
    const second = tokensSchema.parse((await refresh(first.refreshToken)).said).data;
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(second.refreshToken)).status).toBe(401);
    expect(await statusOf(first.accessToken)).toBe(401);
    expect(await statusOf(second.accessToken)).toBe(401);
    expect(await statusOf(other.accessToken)).toBe(200);
    const events = await server.services.db.withTenant(person.tenantId, (tx) =>
      tx.select().from(securityEvents).where(eq(securityEvents.kind, "refresh_token_reused")),
    );
    expect(events).toEqual([expect.objectContaining({ userId: person.userId, ipAddress: "127.0.0.1" })]);
  });

  test("of twenty at once with one token, one succeeds; one more afterwards ends the family", async () => {
    const { refreshToken } = await login();
    const all = await Promise.all(Array.from({ length: 20 }, () => refresh(refreshToken)));
    expect(all.map(({ status }) => status).sort()).toEqual([200, ...Array(19).fill(401)]);
    const next = tokensSchema.parse(all.find(({ status }) => status === 200)?.said).data;
    expect((await refresh(refreshToken)).status).toBe(401);
    expect(await statusOf(next.accessToken)).toBe(401);
  });

  test.each([
    ["an unknown token", { refreshToken: "prr_unknown" }, 401],
    ["an empty one", { refreshToken: "" }, 400],
    ["null", { refreshToken: null }, 400],
    ["a list", { refreshToken: ["prr_unknown"] }, 400],
    ["nothing", {}, 400],
  ])("%s: %d", async (_title, body, status) => {
    expect((await post("/v1/auth/refresh", body)).status).toBe(status);
  });

  test("keeps the hash of a token alone, and works for 30 days", async () => {
    const { refreshToken } = await login();
    const rows = await server.services.db.system().select().from(refreshTokens);
    expect(JSON.stringify(rows)).not.toContain(refreshToken.slice(4));
    const day = 86_400_000;
    const start = Date.now();
    server.services.now = () => new Date(start + 30 * day - 60_000);
    const late = tokensSchema.parse((await refresh(refreshToken)).said).data;
    expect(await statusOf(late.accessToken)).toBe(200);
    server.services.now = () => new Date(start + 30 * day + 60_000);
    expect((await refresh(late.refreshToken)).status).toBe(401);
    expect(await statusOf(late.accessToken)).toBe(401);
    server.services.now = systemClock;
  });
});

describe("what ends a program's session", () => {
  const ends: [
    string,
    (person: TestUser, tokens: { refreshToken: string; accessToken: string }) => Promise<unknown>,
  ][] = [
    ["logging out by the access token", (_p, { accessToken }) => post("/v1/auth/logout", {}, accessToken)],
    [
      "logging out by the refresh token",
      (_p, { accessToken, refreshToken }) => post("/v1/auth/logout", { refreshToken }, accessToken),
    ],
    [
      "a new password",
      (p) => p.trpc.user.changePassword.mutate({ currentPassword: password, newPassword: "another horse" }),
    ],
    [
      "suspending the account",
      (p) =>
        server.services.db.system().update(users).set({ status: "SUSPENDED" }).where(eq(users.id, p.userId)),
    ],
    [
      "revoking the session",
      async (p) => {
        const { items } = await p.trpc.auth.listSessions.query({});
        for (const { id, isCurrent } of items) if (!isCurrent) await p.trpc.auth.revokeSession.mutate({ id });
      },
    ],
  ];
  test.each(ends)("%s: at once, for both tokens", async (_title, end) => {
    const person = await server.signUp();
    const tokens = await login(person);
    expect(await statusOf(tokens.accessToken)).toBe(200);
    await end(person, tokens);
    expect(await statusOf(tokens.accessToken)).toBe(401);
    expect((await refresh(tokens.refreshToken)).status).toBe(401);
  });

  test("a stopped workspace refuses its programs, and says why", async () => {
    const person = await server.signUp();
    const { accessToken } = await login(person);
    const ofPerson = eq(tenants.id, person.tenantId);
    await server.services.db.system().update(tenants).set({ status: "suspended" }).where(ofPerson);
    expect(await get("/v1/auth/me", accessToken)).toMatchObject({
      status: 403,
      said: { error: { code: "FORBIDDEN", details: [{ reason: "TENANT_SUSPENDED" }] } },
    });
  });

  test("nobody logs another's program out, and it is in the audit log", async () => {
    const eve = await server.signUp("Eve");
    const mine = await login();
    const hers = await login(eve);
    await post("/v1/auth/logout", { refreshToken: mine.refreshToken }, hers.accessToken);
    expect(await statusOf(mine.accessToken)).toBe(200);
    expect(await post("/v1/auth/logout", {}, hers.accessToken)).toMatchObject({
      status: 200,
      said: { success: true, data: { loggedOut: true } },
    });
    const entries = await server.services.db.withTenant(eve.tenantId, (tx) =>
      tx
        .select()
        .from(auditLog)
        .where(and(eq(auditLog.tenantId, eve.tenantId), eq(auditLog.action, "session.ended"))),
    );
    expect(entries).toHaveLength(1);
    const left = await server.services.db.system().$count(sessions, eq(sessions.userId, eve.userId));
    expect(left).toBe(1); // her browser's
  });
});

describe("seed 002's dialect", () => {
  test("logs in with the same tokens, spelled its way", async () => {
    const { status, said } = await post("/api/auth/login", { email: ada.email, password });
    expect({ status, said }).toEqual({
      status: 200,
      said: {
        access_token: expect.any(String),
        token_type: "bearer",
        refresh_token: expect.any(String),
        expires_in: 3600,
        user: {
          id: ada.userId,
          email: ada.email,
          name: "Ada Augusta Lovelace",
          role: "owner",
          tenant_id: ada.tenantId,
        },
      },
    });
    const wrong = await post("/api/auth/login", { email: ada.email, password: "wrong" });
    expect(wrong).toMatchObject({ status: 401, said: { detail: expect.any(String), status_code: 401 } });
    expect(await post("/api/auth/login", { email: 1 })).toMatchObject({
      status: 422,
      said: { status_code: 422 },
    });
    expect(await post("/api/auth/nothing", {})).toMatchObject({ status: 404, said: { status_code: 404 } });
  });

  test("registers, once for an address", async () => {
    const body = { name: "New", email: "new-by-api@example.test", password: "8 chars!" };
    expect(await post("/api/auth/register", body)).toMatchObject({
      status: 201,
      said: { status: "registered" },
    });
    expect((await post("/api/auth/register", body)).status).toBe(409);
    expect((await post("/api/auth/register", { ...body, password: "7 chars" })).status).toBe(422);
    expect((await post("/api/auth/login", { email: body.email, password: body.password })).status).toBe(200);
  });

  test("lists accounts for an administrator of the installation alone", async () => {
    expect((await get("/api/auth/users")).status).toBe(401);
    expect(await get("/api/auth/users", (await login()).accessToken)).toMatchObject({
      status: 403,
      said: { status_code: 403 },
    });
    const key = await ada.trpc.apiKeys.create.mutate({ name: "All", permissions: ["members:read"] });
    expect((await get("/api/auth/users", key.secret)).status).toBe(403);
    await post("/api/auth/register", { name: "Root", email: "root@example.test", password });
    const { said } = await post("/v1/auth/login", { email: "root@example.test", password });
    const list = await get("/api/auth/users?limit=1", tokensSchema.parse(said).data.accessToken);
    expect(list.status).toBe(200);
    expect(list.said).toEqual([expect.objectContaining({ status: "active", is_admin: true })]);
    expect(Number(list.headers.get("x-total-count"))).toBeGreaterThan(5);
  });
});
