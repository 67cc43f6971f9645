import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { eventually } from "../../../../../../tests/harness/eventually.ts";
import { play, refusal, type Scenario } from "../../../../../../tests/harness/scenarios.ts";
import {
  password,
  postAuth,
  sessionOf,
  startTestServer,
  type TestServer,
  type TestUser,
} from "../../../../../../tests/harness/server.ts";
import { newId } from "../../../platform/ids/index.ts";
import { createRateLimiter } from "../../../platform/rate-limit/index.ts";
import { authOf } from "../auth/auth-of.ts";
import { isOpenPath } from "../auth/open-paths.ts";
import { accounts, auditLog, users } from "../identity.tables.ts";
import { securityEvents } from "../security.tables.ts";
import { countTry } from "./lockout.ts";

/** An installation without mail: addresses are not verified, and signing up signs in. */
let server: TestServer;
let ada: TestUser;
/** The clock of the limits on tries. */
let at = Date.UTC(2026, 0, 1);

beforeAll(async () => {
  server = await startTestServer({}, { passwords: "real" });
  ada = await server.signUp("Ada");
});
afterAll(() => server.close());
beforeEach(() => {
  server.services.rateLimiter = createRateLimiter({ now: () => at });
});

const login = (input: object, headers?: Record<string, string>) =>
  postAuth(server.url, "login", input, headers);
/** Wrong tries at an account from this machine, without the work of the passwords. */
const exhaust = async (email: string, tries: number) => {
  for (let n = 0; n < tries; n++) await countTry(server.services, email, "127.0.0.1");
};
const codeOf = async (response: Response) => (await response.json()).error?.data.errorCode;

describe("auth.register", () => {
  const valid = { name: "N", email: "new@example.test", password: "8 chars!" };
  const call = (title: string, change: object, refused?: string): Scenario => ({
    title,
    as: () => server.guest,
    call: (t) => t.auth.register.mutate({ ...valid, email: `${newId()}@example.test`, ...change }),
    ...(refused ? { refused } : {}),
  });
  test.each([
    call("8 characters", {}),
    call("7 characters", { password: "7 chars" }, "VALIDATION_ERROR"),
    call("256 characters", { password: "x".repeat(256) }),
    call("257 characters", { password: "x".repeat(257) }, "VALIDATION_ERROR"),
    call("no name", { name: "  " }, "VALIDATION_ERROR"),
    call("a name of 101", { name: "x".repeat(101) }, "VALIDATION_ERROR"),
    call("no address", { email: "new" }, "VALIDATION_ERROR"),
    call("an unknown language", { language: "de" }, "VALIDATION_ERROR"),
  ])("$title", play);

  test("signs in, as the owner of a new tenant, and is in its audit log", async () => {
    const person = await server.signUp("New");
    expect(await person.trpc.auth.getSession.query()).toMatchObject({ role: "owner", user: { name: "New" } });
    const entries = await auditOf(person);
    expect(entries).toContainEqual(
      expect.objectContaining({ action: "user.registered", after: { name: "New", email: person.email } }),
    );
  });

  test("an address once, whatever its case; of two at once one", async () => {
    const taken = server.guest.auth.register.mutate({ ...valid, email: ada.email.toUpperCase() });
    expect(await refusal(taken)).toBe("EMAIL_TAKEN");
    const email = `${newId()}@example.test`;
    const both = await Promise.allSettled(
      [1, 2].map(() => server.guest.auth.register.mutate({ ...valid, email })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await server.services.db.system().$count(users, eq(users.email, email))).toBe(1);
  });
});

describe("auth.login", () => {
  test("B07: says the same of a wrong password, an unknown address and a locked account", async () => {
    const person = await server.signUp("Known");
    const wrong = await login({ email: person.email, password: "wrong horse" });
    const unknown = await login({ email: `${newId()}@example.test`, password: "wrong horse" });
    await exhaust(person.email, 5);
    const locked = await login({ email: person.email, password });
    const answers = await Promise.all([wrong, unknown, locked].map(async (r) => [r.status, await r.text()]));
    expect(answers[0]?.[0]).toBe(401);
    expect(new Set(answers.map(String)).size).toBe(1);
    expect([wrong, unknown, locked].flatMap((r) => r.headers.getSetCookie())).toEqual([]);
  });

  test("does the same work for a known and an unknown address, locked or not: one password is hashed", async () => {
    const person = await server.signUp("Timed");
    const context = await authOf(server.services).$context;
    const hash = vi.spyOn(context.password, "hash");
    const verify = vi.spyOn(context.password, "verify");
    const worked = async (email: string) => {
      hash.mockClear();
      verify.mockClear();
      await login({ email, password: "wrong horse" });
      return hash.mock.calls.length + verify.mock.calls.length;
    };
    expect(await worked(person.email)).toBe(1);
    expect(await worked("nobody@example.test")).toBe(1);
    for (const email of [person.email, "nobody@example.test"]) {
      await exhaust(email, 7);
      expect(await worked(email)).toBe(1);
    }
    // someone who signs in by Google alone has no password
    const { userId } = await server.signUp("Social");
    await server.services.db.system().delete(accounts).where(eq(accounts.userId, userId));
    const [social] = await server.services.db.system().select().from(users).where(eq(users.id, userId));
    expect(await worked(social?.email ?? "")).toBe(1);
    vi.restoreAllMocks();
  });

  test("waits longer after more tries, for that account alone, and tells its owner", async () => {
    const person = await server.signUp("Locked");
    const attempt = (word: string) => login({ email: person.email, password: word });
    const isLocked = async () => (await attempt(password)).status === 401;
    for (let n = 0; n < 5; n++) await attempt("wrong horse");
    expect(await isLocked()).toBe(true);
    expect((await login({ email: ada.email, password })).status).toBe(200);
    at += 2 * 60_000;
    await exhaust(person.email, 5);
    at += 2 * 60_000;
    expect(await isLocked()).toBe(true); // two minutes are not enough any more
    at += 30 * 60_000;
    expect(await isLocked()).toBe(false);
    await eventually(async () => {
      const kinds = (await eventsOf(person)).map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === "sign_in_failed").length).toBeGreaterThanOrEqual(5);
      expect(kinds).toContain("locked_out");
    });
  });

  test("the right password forgives what was tried before", async () => {
    const person = await server.signUp("Forgetful");
    for (let round = 0; round < 4; round++) {
      await exhaust(person.email, 4);
      expect((await login({ email: person.email, password })).status).toBe(200);
    }
  });

  test("a forged X-Forwarded-For frees nobody", async () => {
    const person = await server.signUp("Forged");
    await exhaust(person.email, 4);
    await login({ email: person.email, password: "wrong horse" }, { "x-forwarded-for": "198.51.100.1" });
    const forged = {
      "x-forwarded-for": "203.0.113.9",
      "x-real-ip": "203.0.113.9",
      forwarded: "for=203.0.113.9",
    };
    expect((await login({ email: person.email, password }, forged)).status).toBe(401);
  });

  test("a stranger's tries from elsewhere do not lock the owner out by a handful", async () => {
    for (let n = 0; n < 15; n++) await countTry(server.services, ada.email, "203.0.113.7");
    expect((await countTry(server.services, ada.email, "203.0.113.7")).isAllowed).toBe(false);
    expect((await countTry(server.services, ada.email, "198.51.100.1")).isAllowed).toBe(true);
    // a whole IPv6 network counts as one address
    for (let n = 0; n < 5; n++) await countTry(server.services, "v6@example.test", `2001:db8::${n}`);
    expect((await countTry(server.services, "v6@example.test", "2001:db8::ffff")).isAllowed).toBe(false);
  });

  test("begins a new session and ends the one that the browser brought: none can be planted", async () => {
    const planted = await server.signUp("Planted");
    const victim = await server.signUp("Victim");
    const response = await login({ email: victim.email, password }, planted.headers);
    expect(await response.json()).toEqual({ result: { data: { status: "signed-in" } } });
    const { headers, session } = await sessionOf(server.url, response);
    expect(session.user.id).toBe(victim.userId);
    expect(headers.cookie).not.toBe(planted.headers.cookie);
    expect(await refusal(planted.trpc.user.me.query())).toBe("UNAUTHORIZED");
    const cookie = response.headers.getSetCookie().find((line) => line.startsWith("parlance.session_token="));
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).toMatch(/Max-Age=28800/);
  });

  test.each([
    ["a body that is none", []],
    ["no password", { email: "a@example.test", password: "" }],
    ["null", { email: null, password: null }],
    ["lists", { email: ["a@example.test"], password: ["x"] }],
    ["an operator", { email: { $ne: "" }, password: { $ne: "" } }],
    ["257 characters", { email: "a@example.test", password: "x".repeat(257) }],
  ])("refuses %s as bad input", async (_title, input) => {
    expect(await codeOf(await login(input))).toBe("VALIDATION_ERROR");
  });
});

describe("better-auth's own endpoints", () => {
  test("are closed, but for those that the list of open paths names", async () => {
    const endpoints: Record<string, object> = authOf(server.services).api;
    const paths = Object.values(endpoints)
      .map((endpoint): unknown => Reflect.get(endpoint, "path"))
      .filter((path) => typeof path === "string")
      .map((path) => `/api/auth${path.replace(/:\w+/g, "google")}`);
    expect(paths.length).toBeGreaterThan(40);
    for (const path of new Set(paths)) {
      for (const method of ["GET", "POST"]) {
        if (isOpenPath(method, path)) continue;
        const response = await fetch(`${server.url}${path}`, {
          method,
          headers: { ...ada.headers, "content-type": "application/json" },
          ...(method === "POST" ? { body: "{}" } : {}),
        });
        // a route of the product's own may stand in this place; better-auth never answers
        expect([400, 401, 404, 422], `${method} ${path}`).toContain(response.status);
        expect(response.headers.getSetCookie()).toEqual([]);
      }
    }
    expect(await ada.trpc.auth.getSession.query()).not.toBeNull();
  });

  test("is open only by its exact name and method", () => {
    expect(isOpenPath("GET", "/api/auth/callback/google")).toBe(true);
    for (const path of [
      "/callback/google/",
      "/Callback/google",
      "//callback/google",
      "/callback/evil",
      "/sign-in/email",
    ]) {
      expect(isOpenPath("GET", `/api/auth${path}`), path).toBe(false);
    }
    expect(isOpenPath("POST", "/api/auth/callback/google")).toBe(false);
  });
});

test("auth.options says what this server offers", async () => {
  expect(await server.guest.auth.options.query()).toMatchObject({
    signUp: true,
    mail: false,
    google: false,
    github: false,
  });
});

test("without mail a reset is refused alike for everyone, and says what to do", async () => {
  for (const email of [ada.email, "nobody@example.test"]) {
    expect(await refusal(server.guest.auth.requestPasswordReset.mutate({ email }))).toBe("UNAVAILABLE");
  }
});

async function auditOf({ tenantId }: TestUser) {
  return server.services.db.withTenant(tenantId, (tx) =>
    tx.select().from(auditLog).where(eq(auditLog.tenantId, tenantId)),
  );
}

async function eventsOf({ tenantId }: TestUser) {
  return server.services.db.withTenant(tenantId, (tx) =>
    tx.select().from(securityEvents).where(eq(securityEvents.tenantId, tenantId)),
  );
}
