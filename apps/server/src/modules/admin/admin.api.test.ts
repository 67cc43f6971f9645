import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeAdmin } from "../../../../../tests/harness/plans.ts";
import { colleague, play, refusal, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import {
  password,
  postAuth,
  startTestServer,
  type TestServer,
  type TestUser,
} from "../../../../../tests/harness/server.ts";
import { listProcedures } from "../../app/procedures.ts";
import { newId } from "../../platform/ids/index.ts";
import { auditLog, users } from "../identity/identity.tables.ts";

let server: TestServer;
let root: TestUser;
let ada: TestUser;
let other: TestUser;
const colleagues: TestUser[] = [];
beforeAll(async () => {
  server = await startTestServer({ PLATFORM_ADMINS: "Boss@Example.test, other@example.test" });
  root = await server.signUp("Root");
  await makeAdmin(server, root);
  ada = await server.signUp("Ada");
  other = await server.signUp("Other");
  for (const role of ["admin", "agent", "member"] as const) {
    colleagues.push(await colleague(server, ada, role));
  }
});
afterAll(() => server.close());

const asRoot = () => root.trpc;
const setRole =
  (userId: () => string, role: "USER" | "ADMIN"): Scenario["call"] =>
  (t) =>
    t.admin.updateUserRole.mutate({ userId: userId(), role });

describe("a procedure of administrators", () => {
  const calls: Record<string, Scenario["call"]> = {
    "admin.listUsers": (t) => t.admin.listUsers.query(),
    "admin.updateUserRole": setRole(() => ada.userId, "ADMIN"),
    "admin.updateUserStatus": (t) =>
      t.admin.updateUserStatus.mutate({ userId: ada.userId, status: "ACTIVE" }),
    "admin.listAllBots": (t) => t.admin.listAllBots.query(),
    "admin.listTenants": (t) => t.admin.listTenants.query(),
    "admin.listPlans": (t) => t.admin.listPlans.query(),
    "admin.updatePlan": (t) => t.admin.updatePlan.mutate({ planId: newId(), name: "Mine" }),
    "admin.setTenantPlan": (t) => t.admin.setTenantPlan.mutate({ tenantId: ada.tenantId, planId: null }),
    "admin.createTenant": (t) => t.admin.createTenant.mutate({ name: "Mine" }),
    "admin.suspendTenant": (t) => t.admin.suspendTenant.mutate({ tenantId: ada.tenantId, reason: "No" }),
    "admin.reactivateTenant": (t) => t.admin.reactivateTenant.mutate({ tenantId: ada.tenantId }),
    "admin.getTenantPermissions": (t) => t.admin.getTenantPermissions.query({ tenantId: ada.tenantId }),
    "admin.setTenantPermissions": (t) =>
      t.admin.setTenantPermissions.mutate({
        tenantId: ada.tenantId,
        agents: null,
        tools: null,
        modelProviders: null,
      }),
    "admin.listDeletions": (t) => t.admin.listDeletions.query(),
    "admin.getDeletionCertificate": (t) => t.admin.getDeletionCertificate.query({ deletionId: newId() }),
  };

  test("is in this list", () => {
    const closed = listProcedures().filter(({ auth, of }) => auth === "admin" && of === "installation");
    expect(closed.map(({ name }) => name).sort()).toEqual(Object.keys(calls).sort());
  });

  test.each(Object.entries(calls))("%s refuses guests and every role of a tenant", async (_name, call) => {
    expect(await refusal(call(server.guest))).toBe("UNAUTHORIZED");
    expect(await refusal(call(ada.trpc))).toBe("FORBIDDEN");
    for (const { trpc } of colleagues) expect(await refusal(call(trpc))).toBe("FORBIDDEN");
  });
});

describe("who is administrator at first", () => {
  test("whoever signs up with an address that the operator names", async () => {
    const body = { name: "Boss", email: "BOSS@example.test", password: "correct horse" };
    const response = await postAuth(server.url, "register", { ...body, platformRole: "USER" });
    expect(response.status).toBe(200);
    const [boss] = (await root.trpc.admin.listUsers.query({ search: "boss@example.test" })).items;
    expect(boss).toMatchObject({ name: "Boss", role: "ADMIN" });
    await root.trpc.admin.updateUserRole.mutate({ userId: boss?.id ?? "", role: "USER" });
  });

  test("nobody who only asks for it", async () => {
    const response = await postAuth(server.url, "register", {
      name: "Eve",
      email: "eve@example.test",
      password: "correct horse",
      platformRole: "ADMIN",
    });
    await response.body?.cancel();
    const { items } = await root.trpc.admin.listUsers.query({ search: "eve@example.test" });
    expect(items.every((user) => user.role === "USER")).toBe(true);
  });
});

describe("admin.listUsers", () => {
  const list = (input: object, refused?: string): Scenario => ({
    title: JSON.stringify(input),
    as: asRoot,
    call: (t) => t.admin.listUsers.query(input),
    ...(refused ? { refused } : {}),
  });
  test.each([
    list({ page: 0 }, "VALIDATION_ERROR"),
    list({ page: 1.5 }, "VALIDATION_ERROR"),
    list({ page: 1_000_000 }),
    list({ page: 1_000_001 }, "VALIDATION_ERROR"),
    list({ pageSize: 0 }, "VALIDATION_ERROR"),
    list({ pageSize: 100 }),
    list({ pageSize: 101 }, "VALIDATION_ERROR"),
    list({ search: "x".repeat(100) }),
    list({ search: "x".repeat(101) }, "VALIDATION_ERROR"),
    list({ role: "OWNER" }, "VALIDATION_ERROR"),
    list({ status: "GONE" }, "VALIDATION_ERROR"),
  ])("$title", play);

  test("searches names and addresses, filters, and pages through all", async () => {
    const one = await server.signUp("Zoë 100%");
    expect((await root.trpc.admin.listUsers.query({ search: "100%" })).items.map(({ id }) => id)).toEqual([
      one.userId,
    ]);
    const byAddress = await root.trpc.admin.listUsers.query({ search: one.email.toUpperCase() });
    expect(byAddress.items[0]).toMatchObject({ id: one.userId, name: "Zoë 100%", status: "ACTIVE" });
    const { planId } = await one.trpc.user.me.query();
    expect(byAddress.items[0]?.planId).toBe(planId);
    const admins = await root.trpc.admin.listUsers.query({ role: "ADMIN" });
    expect(admins.items.map(({ id }) => id)).toContain(root.userId);
    expect(admins.items.every(({ role }) => role === "ADMIN")).toBe(true);
    const seen = new Set<string>();
    for (let page = 1, pages = 1; page <= pages; page++) {
      const { items, meta } = await root.trpc.admin.listUsers.query({ page, pageSize: 3 });
      pages = meta.totalPages;
      for (const { id } of items) seen.add(id);
    }
    expect(seen.size).toBe(await server.services.db.system().$count(users));
  });
});

describe("admin.updateUserRole and updateUserStatus", () => {
  test.each<Scenario>([
    { title: "an unknown user", as: asRoot, call: setRole(newId, "ADMIN"), refused: "NOT_FOUND" },
    { title: "no id", as: asRoot, call: setRole(() => "x", "ADMIN"), refused: "VALIDATION_ERROR" },
    {
      title: "the only administrator",
      as: asRoot,
      call: setRole(() => root.userId, "USER"),
      refused: "CONFLICT",
    },
    {
      title: "suspending the only administrator",
      as: asRoot,
      call: (t) => t.admin.updateUserStatus.mutate({ userId: root.userId, status: "SUSPENDED" }),
      refused: "CONFLICT",
    },
    {
      title: "suspending nobody",
      as: asRoot,
      call: (t) => t.admin.updateUserStatus.mutate({ userId: newId(), status: "SUSPENDED" }),
      refused: "NOT_FOUND",
    },
  ])("$title", play);

  test("holds at the next request, and is in the audit log", async () => {
    const person = await server.signUp("Promoted");
    expect(await refusal(person.trpc.admin.listPlans.query())).toBe("FORBIDDEN");
    const changed = await root.trpc.admin.updateUserRole.mutate({ userId: person.userId, role: "ADMIN" });
    expect(changed).toMatchObject({ id: person.userId, role: "ADMIN" });
    expect(await person.trpc.admin.listPlans.query()).not.toEqual([]);
    expect((await person.trpc.auth.getSession.query())?.user.role).toBe("ADMIN");
    await root.trpc.admin.updateUserRole.mutate({ userId: person.userId, role: "USER" });
    expect(await refusal(person.trpc.admin.listPlans.query())).toBe("FORBIDDEN");
    const entries = await server.services.db.withTenant(root.tenantId, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.subjectId, person.userId)),
    );
    expect(entries.map(({ actorId, before, after }) => ({ actorId, before, after }))).toContainEqual({
      actorId: root.userId,
      before: { role: "USER", status: "ACTIVE" },
      after: { role: "ADMIN", status: "ACTIVE" },
    });
  });

  test("suspends: sessions end at once, signing in says why, activating lets in again", async () => {
    const person = await server.signUp("Suspended");
    const status = (value: "ACTIVE" | "SUSPENDED") =>
      root.trpc.admin.updateUserStatus.mutate({ userId: person.userId, status: value });
    expect((await status("SUSPENDED")).status).toBe("SUSPENDED");
    expect(await refusal(person.trpc.user.me.query())).toBe("UNAUTHORIZED");
    const signIn = () => postAuth(server.url, "login", { email: person.email, password });
    const refused = await signIn();
    expect([refused.status, (await refused.json()).error.data.errorCode]).toEqual([403, "ACCOUNT_SUSPENDED"]);
    await status("ACTIVE");
    expect((await signIn()).status).toBe(200);
  });

  test("of two administrators who demote each other at once one stays", { timeout: 60_000 }, async () => {
    for (let round = 0; round < 5; round++) {
      await makeAdmin(server, other);
      const demote = (by: TestUser, userId: string) =>
        by.trpc.admin.updateUserRole.mutate({ userId, role: "USER" });
      const results = await Promise.allSettled([demote(root, other.userId), demote(other, root.userId)]);
      expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
      expect(await server.services.db.system().$count(users, eq(users.platformRole, "ADMIN"))).toBe(1);
      await server.services.db.system().update(users).set({ platformRole: "USER" });
      await makeAdmin(server, root);
    }
  });

  test("of two administrators who step down at once one stays", { timeout: 60_000 }, async () => {
    for (let round = 0; round < 5; round++) {
      await makeAdmin(server, other);
      const stepDown = (who: TestUser) =>
        refusalOrDone(who.trpc.admin.updateUserRole.mutate({ userId: who.userId, role: "USER" }));
      const outcomes = await Promise.all([stepDown(root), stepDown(other)]);
      expect(outcomes.sort()).toEqual(["CONFLICT", "done"]);
      await server.services.db.system().update(users).set({ platformRole: "USER" });
      await makeAdmin(server, root);
    }
  });
});

describe("admin.listAllBots", () => {
  test("pages through the bots of every tenant, and searches them", async () => {
    const people = [await server.signUp("One"), await server.signUp("Two"), await server.signUp("None")];
    const made: string[] = [];
    for (const [n, person] of people.slice(0, 2).entries()) {
      for (let i = 0; i < 3 - n; i++)
        made.push((await person.trpc.bot.create.mutate({ name: `Everyone's ${n}${i}` })).id);
    }
    const all: string[] = [];
    for (let page = 1, pages = 1; page <= pages; page++) {
      const { items, meta } = await root.trpc.admin.listAllBots.query({ page, pageSize: 2 });
      pages = meta.totalPages;
      all.push(...items.map(({ id }) => id));
    }
    expect(new Set(all).size).toBe(all.length);
    expect(all).toEqual(expect.arrayContaining(made));
    const found = await root.trpc.admin.listAllBots.query({ search: "one's 0", page: 2, pageSize: 2 });
    expect(found.meta).toMatchObject({ totalItems: 3, itemCount: 1, totalPages: 2, currentPage: 2 });
    expect(found.items[0]).toMatchObject({
      tenant: { id: people[0]?.tenantId, name: "One" },
      documentCount: 0,
    });
    expect((await root.trpc.admin.listAllBots.query({ search: "nobody's" })).items).toEqual([]);
    expect((await root.trpc.admin.listAllBots.query({ page: 999 })).items).toEqual([]);
  });
});

describe("admin.listTenants", () => {
  test("says who there is, and what each uses of its plan", async () => {
    const owner = await server.signUp("Tenant of two");
    await colleague(server, owner, "agent");
    await owner.trpc.bot.create.mutate({ name: "Bot" });
    const { items, meta } = await root.trpc.admin.listTenants.query({ search: "of TWO" });
    expect(meta.totalItems).toBe(1);
    expect(items[0]).toMatchObject({ id: owner.tenantId, name: "Tenant of two", members: 2 });
    expect(items[0]?.usage).toEqual(await owner.trpc.user.getUsage.query());
    expect(items[0]?.usage.limits[0]).toMatchObject({ limit: "bots", used: 1 });
  });
});

async function refusalOrDone(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "done",
    () => refusal(call),
  );
}
