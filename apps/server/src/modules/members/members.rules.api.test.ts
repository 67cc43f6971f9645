import { and, eq, inArray } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWidget } from "../../../../../tests/harness/chat.ts";
import { botWith, colleague, refusal } from "../../../../../tests/harness/scenarios.ts";
import { signUpWithApp } from "../../../../../tests/harness/second-factor.ts";
import {
  password,
  postAuth,
  sharedTestServer,
  type TestServer,
  type TestUser,
} from "../../../../../tests/harness/server.ts";
import { auditLog, members, sessions } from "../identity/identity.tables.ts";
import { securityEvents } from "../identity/security.tables.ts";

let server: TestServer;
beforeAll(async () => {
  server = await sharedTestServer();
});
afterAll(() => server.close());

const system = () => server.services.db.system();
const outcome = (call: Promise<unknown>) =>
  call.then(
    () => "done",
    () => refusal(call),
  );
const setRole = (by: TestUser, of: TestUser, role: string) =>
  by.trpc.users.updateRole.mutate({ userId: of.userId, role });
const isSignedIn = async (user: TestUser) => (await user.trpc.auth.getSession.query()) !== null;

async function auditOf(user: TestUser, action: string) {
  return server.services.db.withTenant(user.tenantId, (tx) =>
    tx
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.tenantId, user.tenantId), eq(auditLog.action, action))),
  );
}

async function eventsOf(user: TestUser, kind: string) {
  return server.services.db.withTenant(user.tenantId, (tx) =>
    tx
      .select()
      .from(securityEvents)
      .where(and(eq(securityEvents.tenantId, user.tenantId), eq(securityEvents.kind, kind))),
  );
}

describe("a role", () => {
  test("that is given counts from the next request on, signs its bearer out, and is written down", async () => {
    const owner = await server.signUp("Olga");
    const person = await colleague(server, owner, "member");
    expect(await refusal(person.trpc.users.list.query())).toBe("FORBIDDEN");
    const changed = await setRole(owner, person, "agent");
    expect(changed).toMatchObject({ role: "agent", roleName: "agent", status: "active" });
    expect(await isSignedIn(person)).toBe(false);
    const [entry] = await auditOf(owner, "member.role_changed");
    expect(entry).toMatchObject({
      actorId: owner.userId,
      subjectId: person.userId,
      before: { role: "member" },
      after: { role: "agent" },
    });
    expect(await eventsOf(owner, "role_changed")).toMatchObject([
      { userId: person.userId, detail: { from: "member", to: "agent" } },
    ]);
  });

  test("of one's own lasts as it is edited, and takes nothing along that its maker lacks", async () => {
    const owner = await server.signUp("Rita");
    const admin = await colleague(server, owner, "admin");
    const roles = owner.trpc.enterpriseSecurity;
    const big = await roles.createRole.mutate({
      name: "Keeper",
      rights: ["export workspace", "manage members"],
    });
    const small = await roles.createRole.mutate({ name: "Helper", rights: ["read bots", "read members"] });

    const asAdmin = admin.trpc.enterpriseSecurity;
    const listed = (await asAdmin.listRoles.query()).items;
    const mayOf = (name: string) => listed.find((role) => role.name === name)?.can;
    expect(mayOf("owner")).toEqual({ give: false, update: false, remove: false });
    expect(mayOf("agent")).toEqual({ give: true, update: false, remove: false });
    expect(mayOf("Keeper")).toEqual({ give: false, update: false, remove: false });
    expect(mayOf("Helper")).toEqual({ give: true, update: true, remove: true });

    const refused = [
      () => asAdmin.createRole.mutate({ name: "Mine", rights: ["delete workspace"] }),
      () => asAdmin.updateRole.mutate({ roleId: big.id, rights: [] }),
      () => asAdmin.updateRole.mutate({ roleId: small.id, rights: ["export workspace"] }),
      () => asAdmin.deleteRole.mutate({ roleId: big.id }),
      () => setRole(admin, admin, "owner"),
      () => setRole(admin, admin, big.id),
      () => setRole(admin, owner, "member"),
      () => admin.trpc.users.deactivate.mutate({ userId: owner.userId }),
      () => admin.trpc.users.invite.mutate({ emails: ["x@example.test"], role: "owner" }),
      () => admin.trpc.users.invite.mutate({ emails: ["x@example.test"], role: big.id }),
    ];
    for (const call of refused) expect(await refusal(call()), String(call)).toBe("FORBIDDEN");

    const helper = await colleague(server, owner, "member");
    await system().update(members).set({ role: small.id }).where(eq(members.userId, helper.userId));
    expect((await helper.trpc.auth.getSession.query())?.roleName).toBe("Helper");
    await helper.trpc.users.list.query();
    expect(await refusal(helper.trpc.users.invite.mutate({ emails: ["x@example.test"] }))).toBe("FORBIDDEN");
    await asAdmin.updateRole.mutate({ roleId: small.id, rights: ["read bots"] });
    expect(await refusal(helper.trpc.users.list.query())).toBe("FORBIDDEN");

    expect(await refusal(roles.deleteRole.mutate({ roleId: small.id }))).toBe("CONFLICT");
    expect(await refusal(asAdmin.deleteRole.mutate({ roleId: small.id, moveTo: "owner" }))).toBe("FORBIDDEN");
    await asAdmin.deleteRole.mutate({ roleId: small.id, moveTo: "agent" });
    expect((await helper.trpc.auth.getSession.query())?.role).toBe("agent");
    expect(await auditOf(owner, "role.deleted")).toMatchObject([{ after: { movedTo: "agent" } }]);
  });

  test("that was taken away a moment ago changes nothing any more", async () => {
    const owner = await server.signUp("Nora");
    const [one, two] = [await colleague(server, owner, "admin"), await colleague(server, owner, "admin")];
    const before = await sessionsOf([one, two]);
    for (let round = 0; round < 5; round++) {
      const outcomes = await Promise.all([
        outcome(setRole(one, two, "member")),
        outcome(setRole(two, one, "member")),
      ]);
      expect(outcomes.filter((result) => result === "done")).toHaveLength(1);
      await system().update(members).set({ role: "admin" }).where(eq(members.userId, one.userId));
      await system().update(members).set({ role: "admin" }).where(eq(members.userId, two.userId));
      await signInAgain(before);
    }
  });
});

describe("the last who looks after a workspace", () => {
  test("is not demoted, deactivated or moved, whichever way is tried", async () => {
    const owner = await server.signUp("Lena");
    const admin = await colleague(server, owner, "admin");
    const role = await owner.trpc.enterpriseSecurity.createRole.mutate({
      name: "All",
      rights: (await owner.trpc.auth.getSession.query())?.rights ?? [],
    });
    const me = await owner.trpc.users.get.query({ userId: owner.userId });
    expect(me.can).toMatchObject({ changeRole: false, deactivate: false });
    const tries = [
      () => setRole(owner, owner, "member"),
      () => setRole(owner, owner, "admin"),
      () => setRole(owner, owner, role.id),
      () => owner.trpc.users.deactivate.mutate({ userId: owner.userId }),
      () => owner.trpc.admin.users.updateRole.mutate({ userId: owner.userId, newRole: "user" }),
    ];
    for (const call of tries) expect(await refusal(call()), String(call)).toBe("CONFLICT");
    await owner.trpc.users.deactivate.mutate({ userId: admin.userId });
    for (const call of tries) expect(await refusal(call()), String(call)).toBe("CONFLICT");
    const other = await colleague(server, owner, "member");
    await setRole(owner, other, "owner");
    await setRole(owner, owner, "member");
    expect(await isSignedIn(owner)).toBe(false);
  });

  test("of two who remove each other at once one stays, 20 times over", { timeout: 120_000 }, async () => {
    const one = await server.signUp("Uma");
    const two = await colleague(server, one, "owner");
    const ways = [
      (by: TestUser, of: TestUser) => setRole(by, of, "member"),
      (by: TestUser, of: TestUser) => by.trpc.users.deactivate.mutate({ userId: of.userId }),
      (by: TestUser, of: TestUser) =>
        by.trpc.admin.users.updateRole.mutate({ userId: of.userId, newRole: "user" }),
      (by: TestUser) => setRole(by, by, "agent"),
    ];
    const before = await sessionsOf([one, two]);
    for (let round = 0; round < 20; round++) {
      const way = ways[round % ways.length];
      if (!way) throw new Error("There is no way.");
      const outcomes = await Promise.all([outcome(way(one, two)), outcome(way(two, one))]);
      expect(
        outcomes.filter((result) => result === "done"),
        `round ${round}`,
      ).toHaveLength(1);
      const owners = await system().$count(
        members,
        and(eq(members.organizationId, one.tenantId), eq(members.role, "owner")),
      );
      expect(owners).toBeGreaterThan(0);
      await system()
        .update(members)
        .set({ role: "owner", deactivatedAt: null })
        .where(eq(members.organizationId, one.tenantId));
      await signInAgain(before);
    }
  });
});

describe("a membership that is ended", () => {
  test("ends sessions and keys at once, gives conversations back, and can be begun again", async () => {
    const owner = await server.signUp("Dora");
    const person = await colleague(server, owner, "admin");
    const bot = await botWith(owner, { "Tea.md": "Tea is served at four." });
    const { widgetId } = await owner.trpc.widgetConfig.getByBotId.query({ botId: bot.id });
    const visitor = await openWidget(server, widgetId);
    await person.trpc.conversations.takeOver.mutate({ id: visitor.conversationId });
    const key = await person.trpc.apiKeys.create.mutate({ name: "Theirs" });
    const kept = await owner.trpc.apiKeys.create.mutate({ name: "Kept" });

    const before = await sessionsOf([person]);
    const ended = await owner.trpc.users.deactivate.mutate({ userId: person.userId });
    expect(ended).toMatchObject({ status: "deactivated", can: { reactivate: true, deactivate: false } });
    expect(await isSignedIn(person)).toBe(false);
    const keys = await owner.trpc.apiKeys.list.query();
    expect(keys.map(({ id, status }) => [id, status]).sort()).toEqual(
      [
        [key.id, "revoked"],
        [kept.id, "active"],
      ].sort(),
    );
    const conversation = await owner.trpc.conversations.get.query({ id: visitor.conversationId });
    expect(conversation).toMatchObject({ status: "escalated", allowed: { takeOver: true } });
    expect(await eventsOf(owner, "member_removed")).toMatchObject([{ userId: person.userId }]);
    expect(await auditOf(owner, "conversation.released")).toHaveLength(1);

    // again: nothing changes; a session that was open elsewhere is not let in
    await owner.trpc.users.deactivate.mutate({ userId: person.userId });
    expect(await auditOf(owner, "member.deactivated")).toHaveLength(1);
    await signInAgain(before);
    expect(await isSignedIn(person)).toBe(false);
    expect(await refusal(setRole(owner, person, "agent"))).toBe("CONFLICT");
    const back = await owner.trpc.users.reactivate.mutate({ userId: person.userId });
    expect(back).toMatchObject({ status: "active", role: "admin" });
    expect(await isSignedIn(person)).toBe(true);
    expect((await owner.trpc.apiKeys.list.query()).find(({ id }) => id === key.id)?.status).toBe("revoked");
  });

  test("leaves the person's other workspaces alone", async () => {
    const owner = await server.signUp("Ines");
    const person = await server.signUp("Two places");
    await system().insert(members).values({
      id: crypto.randomUUID(),
      organizationId: owner.tenantId,
      userId: person.userId,
      role: "agent",
    });
    await owner.trpc.users.deactivate.mutate({ userId: person.userId });
    expect((await person.trpc.auth.getSession.query())?.tenant.id).toBe(person.tenantId);
    const seen = await owner.trpc.users.get.query({ userId: person.userId });
    expect(seen.can).toMatchObject({ rename: false, resetPassword: false, update: true });
    expect(
      await refusal(owner.trpc.users.update.mutate({ userId: person.userId, name: "Someone else" })),
    ).toBe("FORBIDDEN");
    expect(await refusal(owner.trpc.users.createResetLink.mutate({ userId: person.userId }))).toBe(
      "FORBIDDEN",
    );
  });
});

test("a member who lost the second factor gets in again by whoever looks after them", async () => {
  const owner = await server.signUp("Olga");
  const person = await signUpWithApp(server);
  const remove = () => owner.trpc.users.removeSecondFactor.mutate({ userId: person.userId });
  expect(await refusal(remove())).toBe("NOT_FOUND");
  await system().insert(members).values({
    id: crypto.randomUUID(),
    organizationId: owner.tenantId,
    userId: person.userId,
    role: "member",
  });
  expect(await refusal(remove())).toBe("FORBIDDEN"); // the account is another workspace's too
  await system()
    .delete(members)
    .where(and(eq(members.userId, person.userId), eq(members.organizationId, person.tenantId)));
  await remove();
  expect(await person.browser.trpc.auth.getSession.query()).toBeNull();
  const login = await postAuth(server.url, "login", { email: person.email, password });
  expect((await login.json()).result.data).toEqual({ status: "signed-in" });
  expect(await refusal(remove())).toBe("ILLEGAL_TRANSITION");
});

type SessionRow = typeof sessions.$inferSelect;

/** The sessions of these people as they are now, to be put back once something has ended them. */
async function sessionsOf(users: TestUser[]): Promise<SessionRow[]> {
  const ids = users.map(({ userId }) => userId);
  return system().select().from(sessions).where(inArray(sessions.userId, ids));
}

async function signInAgain(rows: SessionRow[]): Promise<void> {
  await system().insert(sessions).values(rows).onConflictDoNothing();
}
