import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  colleague,
  play,
  refusal,
  refusalText,
  type Scenario,
} from "../../../../../../tests/harness/scenarios.ts";
import {
  password,
  postAuth,
  sessionOf,
  sharedTestServer,
  type TestServer,
  type TestUser,
} from "../../../../../../tests/harness/server.ts";
import { newId } from "../../../platform/ids/index.ts";
import { auditLog, members, sessions } from "../identity.tables.ts";
import { securityEvents } from "../security.tables.ts";
import { tidySignIns } from "./tidy.ts";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;

beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
});
afterAll(() => server.close());

const firefox = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
const signIn = async (user: TestUser, userAgent = firefox) =>
  sessionOf(
    server.url,
    await postAuth(server.url, "login", { email: user.email, password }, { "user-agent": userAgent }),
  );
const isSignedIn = async (headers: Record<string, string>) => {
  const answer = await fetch(`${server.url}/trpc/auth.getSession`, { headers });
  return (await answer.json()).result.data !== null;
};

describe("one's own sessions", () => {
  test("are listed with their devices, the present one marked, a page at a time", async () => {
    await signIn(ada);
    const { items, meta } = await ada.trpc.auth.listSessions.query({});
    expect(meta.totalItems).toBe(2);
    expect(items.map(({ device }) => device)).toContain("Firefox · Windows");
    expect(items.filter(({ isCurrent }) => isCurrent)).toHaveLength(1);
    const [first] = (await ada.trpc.auth.listSessions.query({ pageSize: 1 })).items;
    const [second] = (await ada.trpc.auth.listSessions.query({ pageSize: 1, page: 2 })).items;
    expect(new Set([first?.id, second?.id])).toEqual(new Set(items.map(({ id }) => id)));
    expect(JSON.stringify(items)).not.toContain("token");
  });

  test("end one by one, at once, with an entry in both logs", async () => {
    const { headers } = await signIn(ada);
    const { items } = await ada.trpc.auth.listSessions.query({});
    const other = items.find(({ isCurrent }) => !isCurrent);
    await ada.trpc.auth.revokeSession.mutate({ id: other?.id ?? "" });
    expect(await isSignedIn(headers)).toBe(false);
    const written = await server.services.db.withTenant(ada.tenantId, async (tx) => ({
      audit: await tx
        .select()
        .from(auditLog)
        .where(eq(auditLog.subjectId, other?.id ?? "")),
      events: await tx.select().from(securityEvents).where(eq(securityEvents.kind, "session_revoked")),
    }));
    expect(written.audit.map(({ action }) => action)).toContain("session.revoked");
    expect(written.events).toHaveLength(1);
  });

  test("of somebody else are NOT_FOUND, like one that is not there", async () => {
    const { id } = (await ada.trpc.auth.listSessions.query({})).items[0] ?? { id: "" };
    const texts = [id, newId()].map((id) => refusalText(eve.trpc.auth.revokeSession.mutate({ id })));
    expect(new Set(await Promise.all(texts)).size).toBe(1);
    expect(await ada.trpc.auth.getSession.query()).not.toBeNull();
  });

  test("all but the present one end together", async () => {
    const others = await Promise.all([signIn(ada), signIn(ada)]);
    expect((await ada.trpc.auth.revokeOtherSessions.mutate()).ended).toBeGreaterThanOrEqual(2);
    for (const { headers } of others) expect(await isSignedIn(headers)).toBe(false);
    expect((await ada.trpc.auth.listSessions.query({})).items).toHaveLength(1);
  });

  test("go on in the browser too when they are used: the cookie is sent again with the longer time", async () => {
    const { headers, session } = await signIn(ada);
    const ask = () => fetch(`${server.url}/trpc/auth.getSession`, { headers });
    expect((await ask()).headers.getSetCookie()).toEqual([]);
    const inSevenHours = new Date(Date.now() + 7 * 3_600_000);
    await server.services.db
      .system()
      .update(sessions)
      .set({ expiresAt: inSevenHours }) // as it is an hour after it began
      .where(eq(sessions.userId, session.user.id));
    expect((await ask()).headers.getSetCookie().join()).toMatch(/session_token=[^,]+Max-Age=28800/);
    expect((await ask()).headers.getSetCookie()).toEqual([]);
  });

  test("are not listed once they have expired", async () => {
    const { session } = await signIn(eve);
    const listed = async () => (await eve.trpc.auth.listSessions.query({})).meta.totalItems;
    const before = await listed();
    const theirs = and(eq(sessions.userId, session.user.id), eq(sessions.userAgent, firefox));
    await server.services.db
      .system()
      .update(sessions)
      .set({ expiresAt: new Date(0) })
      .where(theirs);
    expect(await listed()).toBe(before - 1);
    const live = () => server.services.db.system().$count(sessions, eq(sessions.userId, session.user.id));
    const kept = await live();
    await tidySignIns(server.services);
    expect(await live()).toBe(kept - 1);
  });

  const scenarios: Scenario[] = [
    {
      title: "a guest lists",
      as: () => server.guest,
      call: (t) => t.auth.listSessions.query({}),
      refused: "UNAUTHORIZED",
    },
    {
      title: "a guest revokes",
      as: () => server.guest,
      call: (t) => t.auth.revokeSession.mutate({ id: newId() }),
      refused: "UNAUTHORIZED",
    },
    {
      title: "a guest revokes others",
      as: () => server.guest,
      call: (t) => t.auth.revokeOtherSessions.mutate(),
      refused: "UNAUTHORIZED",
    },
    {
      title: "a guest signs out",
      as: () => server.guest,
      call: (t) => t.auth.logout.mutate(),
      refused: "UNAUTHORIZED",
    },
    {
      title: "a guest switches",
      as: () => server.guest,
      call: (t) => t.auth.switchTenant.mutate({ tenantId: newId() }),
      refused: "UNAUTHORIZED",
    },
    {
      title: "no id",
      as: () => ada.trpc,
      call: (t) => t.auth.revokeSession.mutate({ id: "1" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "page 0",
      as: () => ada.trpc,
      call: (t) => t.auth.listSessions.query({ page: 0 }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "101 on a page",
      as: () => ada.trpc,
      call: (t) => t.auth.listSessions.query({ pageSize: 101 }),
      refused: "VALIDATION_ERROR",
    },
    { title: "100 on a page", as: () => ada.trpc, call: (t) => t.auth.listSessions.query({ pageSize: 100 }) },
  ];
  test.each(scenarios)("$title", play);
});

describe("one's own workspaces", () => {
  test("are gone between under a new token: the old one is dead at once", async () => {
    const bob = await colleague(server, ada, "agent");
    const home = (await bob.trpc.auth.listTenants.query()).find(({ id }) => id !== ada.tenantId);
    expect(await bob.trpc.auth.listTenants.query()).toHaveLength(2);
    const response = await postAuth(server.url, "switchTenant", { tenantId: home?.id }, bob.headers);
    const { session } = await sessionOf(server.url, response);
    expect(session).toMatchObject({ tenant: { id: home?.id }, role: "owner" });
    expect(await isSignedIn(bob.headers)).toBe(false);
    const entries = await server.services.db.withTenant(home?.id ?? "", (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.action, "session.entered")),
    );
    expect(entries).toHaveLength(1);
  });

  test("of others are NOT_FOUND, like one that is not there, and one that was left", async () => {
    const bob = await colleague(server, ada, "member");
    const left = eve.tenantId;
    const texts = [left, newId()].map((tenantId) =>
      refusalText(bob.trpc.auth.switchTenant.mutate({ tenantId })),
    );
    expect(new Set(await Promise.all(texts)).size).toBe(1);
    const home = (await bob.trpc.auth.listTenants.query()).find(({ id }) => id !== ada.tenantId)?.id ?? "";
    await server.services.db
      .system()
      .delete(members)
      .where(and(eq(members.userId, bob.userId), eq(members.organizationId, home)));
    expect(await refusal(bob.trpc.auth.switchTenant.mutate({ tenantId: home }))).toBe("NOT_FOUND");
    expect(await isSignedIn(bob.headers)).toBe(true);
  });
});
