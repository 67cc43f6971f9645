import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  colleague,
  play,
  refusal,
  refusalText,
  type Scenario,
} from "../../../../../tests/harness/scenarios.ts";
import {
  postAuth,
  sharedTestServer,
  type TestServer,
  type TestUser,
} from "../../../../../tests/harness/server.ts";
import { auditLog, sessions } from "../identity/identity.tables.ts";

let server: TestServer;
let ada: TestUser;
let member: TestUser;
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  member = await colleague(server, ada, "member");
});
afterAll(() => server.close());

const asAda = () => ada.trpc;
const image = (length: number) => `https://example.test/${"x".repeat(length - 21)}`;

describe("user.updateProfile", () => {
  const scenarios: Scenario[] = [
    {
      title: "a guest",
      as: () => server.guest,
      call: (t) => t.user.updateProfile.mutate({ name: "G" }),
      refused: "UNAUTHORIZED",
    },
    {
      title: "any member, of themselves",
      as: () => member.trpc,
      call: (t) => t.user.updateProfile.mutate({ name: "M" }),
    },
    { title: "nothing to change", as: asAda, call: (t) => t.user.updateProfile.mutate({}) },
    {
      title: "no name",
      as: asAda,
      call: (t) => t.user.updateProfile.mutate({ name: "" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "a name of spaces",
      as: asAda,
      call: (t) => t.user.updateProfile.mutate({ name: "   " }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "100 characters",
      as: asAda,
      call: (t) => t.user.updateProfile.mutate({ name: "x".repeat(100) }),
    },
    {
      title: "101 characters",
      as: asAda,
      call: (t) => t.user.updateProfile.mutate({ name: "x".repeat(101) }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "NUL in the name",
      as: asAda,
      call: (t) => t.user.updateProfile.mutate({ name: "a\0b" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "an image's address",
      as: asAda,
      call: (t) => t.user.updateProfile.mutate({ image: image(2_000) }),
    },
    {
      title: "one that is too long",
      as: asAda,
      call: (t) => t.user.updateProfile.mutate({ image: image(2_001) }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "one that is no web address",
      as: asAda,
      call: (t) => t.user.updateProfile.mutate({ image: "javascript:alert(1)" }),
      refused: "VALIDATION_ERROR",
    },
    { title: "no image", as: asAda, call: (t) => t.user.updateProfile.mutate({ image: null }) },
  ];
  test.each(scenarios)("$title", play);

  test("shows at once, everywhere, and in the audit log", async () => {
    const changed = await ada.trpc.user.updateProfile.mutate({ name: "  Ada L. ", image: image(30) });
    expect(changed).toMatchObject({ id: ada.userId, name: "Ada L.", image: image(30), role: "USER" });
    expect((await ada.trpc.auth.getSession.query())?.user).toMatchObject({
      name: "Ada L.",
      image: image(30),
    });
    expect((await ada.trpc.user.updateProfile.mutate({ image: null })).image).toBeNull();
    expect(await ada.trpc.user.me.query()).toMatchObject({ name: "Ada L.", image: null });
    const entries = await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.subjectId, ada.userId)),
    );
    expect(entries).toContainEqual(
      expect.objectContaining({
        action: "user.profile_updated",
        actorId: ada.userId,
        before: { name: "Ada L.", image: image(30) },
        after: { name: "Ada L.", image: null },
      }),
    );
  });
});

describe("user.me", () => {
  test("says which plan the tenant has, and when the user last signed in", async () => {
    const [me, plan] = [await ada.trpc.user.me.query(), await ada.trpc.user.getCurrentPlan.query()];
    expect(me.planId).toBe(plan?.id);
    expect(me.lastLoginAt).not.toBeNull();
  });
});

describe("user.changePassword", () => {
  const right = "correct horse";
  const change =
    (currentPassword: string, newPassword: string): Scenario["call"] =>
    (t) =>
      t.user.changePassword.mutate({ currentPassword, newPassword });
  const scenarios: Scenario[] = [
    {
      title: "a guest",
      as: () => server.guest,
      call: change(right, "new password"),
      refused: "UNAUTHORIZED",
    },
    { title: "7 characters", as: asAda, call: change(right, "7 chars"), refused: "VALIDATION_ERROR" },
    { title: "257 characters", as: asAda, call: change(right, "x".repeat(257)), refused: "VALIDATION_ERROR" },
    {
      title: "no current password",
      as: asAda,
      call: change("", "new password"),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "a wrong current password",
      as: asAda,
      call: change("wrong horse", "new password"),
      refused: "VALIDATION_ERROR",
    },
    { title: "8 characters", as: () => member.trpc, call: change(right, "8 chars!") },
  ];
  test.each(scenarios)("$title", play);

  const signIn = (email: string, password: string) => postAuth(server.url, "login", { email, password });

  test("ends every other session, renews the present one in its tenant, and counts from then on", async () => {
    const person = await colleague(server, ada, "agent");
    const other = (await signIn(person.email, right)).headers.getSetCookie().join("; ");
    const response = await fetch(`${server.url}/trpc/user.changePassword`, {
      method: "POST",
      headers: { ...person.headers, "content-type": "application/json" },
      body: JSON.stringify({ currentPassword: right, newPassword: "battery staple" }),
    });
    expect(await response.json()).toMatchObject({ result: { data: { success: true } } });
    const renewed = response.headers
      .getSetCookie()
      .map((line) => line.split(";")[0])
      .join("; ");
    const whoIs = async (cookie: string) => {
      const answer = await fetch(`${server.url}/trpc/auth.getSession`, { headers: { cookie } });
      return (await answer.json()).result.data;
    };
    expect(await whoIs(other)).toBeNull();
    expect(await whoIs(person.headers.cookie ?? "")).toBeNull(); // the old cookie, were it stolen, is worthless
    expect(await whoIs(renewed)).toMatchObject({ user: { id: person.userId }, tenant: { id: ada.tenantId } });
    expect(await server.services.db.system().$count(sessions, eq(sessions.userId, person.userId))).toBe(1);
    expect((await signIn(person.email, right)).status).toBe(401);
    expect((await signIn(person.email, "battery staple")).status).toBe(200);
    const [entry] = await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.subjectId, person.userId)),
    );
    expect(entry).toMatchObject({ action: "user.password_changed", actorId: person.userId });
    expect(JSON.stringify(entry)).not.toContain("battery");
  });

  test("says which password was wrong, changes nothing, and allows ten tries", async () => {
    const person = await server.signUp("Guesser");
    const guess = () =>
      person.trpc.user.changePassword.mutate({ currentPassword: "wrong", newPassword: "new password" });
    expect(await refusalText(guess())).toContain("current password is not right");
    for (let tries = 1; tries < 10; tries++) expect(await refusal(guess())).toBe("VALIDATION_ERROR");
    expect(await refusal(guess())).toBe("TOO_MANY_REQUESTS");
    expect((await signIn(person.email, right)).status).toBe(200);
  });
});
