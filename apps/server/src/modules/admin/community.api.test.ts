import { afterAll, beforeAll, expect, test } from "vitest";
import { makeAdmin } from "../../../../../tests/harness/plans.ts";
import { botWith, colleague, play, refusal, refusalText } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
const people = new Map<string, TestUser>();
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  for (const role of ["admin", "contentEditor", "agent", "member"] as const) {
    people.set(role, await colleague(server, ada, role));
  }
});
afterAll(() => server.close());

const idOf = (role: string) => people.get(role)?.userId ?? "";

test.each([
  ["getAll", (t: TestUser["trpc"]) => t.admin.users.getAll.query()],
  [
    "updateRole",
    (t: TestUser["trpc"]) => t.admin.users.updateRole.mutate({ userId: idOf("agent"), newRole: "user" }),
  ],
  ["getDashboard", (t: TestUser["trpc"]) => t.admin.metrics.getDashboard.query()],
])("%s is for who looks after the tenant, not for the installation's administrators", async (_name, call) => {
  await play({ as: () => server.guest, call, refused: "UNAUTHORIZED" });
  const root = people.get("contentEditor");
  if (!root) throw new Error("Nobody is a content editor.");
  await makeAdmin(server, root);
  for (const role of ["contentEditor", "agent", "member"]) {
    await play({ as: () => people.get(role)?.trpc ?? server.guest, call, refused: "FORBIDDEN" });
  }
  await play({ as: () => people.get("admin")?.trpc ?? server.guest, call });
});

test("admin.users.getAll tells of members by the seed's roles, fields and bounds", async () => {
  const all = await ada.trpc.admin.users.getAll.query();
  expect(all.map(({ role }) => role).sort()).toEqual(["admin", "admin", "contentEditor", "user", "user"]);
  expect(Object.keys(all[0] ?? {}).sort()).toEqual(
    ["created_at", "email", "id", "language", "last_login", "name", "role", "whatsapp_opt_in"].sort(),
  );
  const admins = await ada.trpc.admin.users.getAll.query({ role: "admin", search: ada.email });
  expect(admins).toMatchObject([{ id: ada.userId, role: "admin", last_login: [{}] }]);
  const second = await ada.trpc.admin.users.getAll.query({ limit: 1, offset: 1 });
  expect(second).toEqual(all.slice(1, 2));
  for (const input of [{ limit: 0 }, { limit: 101 }, { offset: -1 }]) {
    expect(await refusal(ada.trpc.admin.users.getAll.query(input))).toBe("VALIDATION_ERROR");
  }
});

test("admin.users.updateRole gives the seed's roles, and keeps the last admin", async () => {
  const { updateRole } = ada.trpc.admin.users;
  const userId = idOf("member");
  expect(await updateRole.mutate({ userId, newRole: "contentEditor" })).toMatchObject({
    role: "contentEditor",
  });
  expect(await updateRole.mutate({ userId, newRole: "user" })).toMatchObject({ role: "user" });
  expect((await ada.trpc.users.get.query({ userId })).role).toBe("member");
  // an agent is a user there, an owner an admin: to be called so changes nothing
  await updateRole.mutate({ userId: idOf("agent"), newRole: "user" });
  expect((await ada.trpc.users.get.query({ userId: idOf("agent") })).role).toBe("agent");
  await updateRole.mutate({ userId: ada.userId, newRole: "admin" });
  expect((await ada.trpc.users.get.query({ userId: ada.userId })).role).toBe("owner");
  const last = updateRole.mutate({ userId: ada.userId, newRole: "user" });
  expect(await refusal(last)).toBe("CONFLICT");
  expect(await refusalText(last)).toBe("Cannot remove the last admin user");
  expect(await refusalText(updateRole.mutate({ userId: eve.userId, newRole: "user" }))).toBe(
    await refusalText(updateRole.mutate({ userId: newId(), newRole: "user" })),
  );
});

test("admin.metrics.getDashboard counts the tenant's own, and names its latest acts", async () => {
  await botWith(ada, { "Tea.md": "Tea is served at four." });
  const { metrics, recentActivity } = await ada.trpc.admin.metrics.getDashboard.query();
  expect(metrics).toEqual({ totalUsers: 5, totalDocuments: 1, activePolls: 0, pendingTranslations: 0 });
  expect(recentActivity.length).toBeLessThanOrEqual(10);
  expect(recentActivity).toContainEqual(
    expect.objectContaining({ action: "bot.created", resource: "bot", user: { name: "Ada" } }),
  );
  expect((await eve.trpc.admin.metrics.getDashboard.query()).metrics).toMatchObject({
    totalUsers: 1,
    totalDocuments: 0,
  });
});
