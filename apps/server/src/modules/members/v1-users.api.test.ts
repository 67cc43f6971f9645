import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { colleague } from "../../../../../tests/harness/scenarios.ts";
import {
  password,
  postAuth,
  sharedTestServer,
  type TestServer,
  type TestUser,
} from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
let ada: TestUser;
const tokens = new Map<string, string>();
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada Lovelace");
  const eve = await server.signUp("Eve");
  tokens.set("owner", await signIn(ada.email)).set("stranger", await signIn(eve.email));
});
afterAll(() => server.close());

async function signIn(email: string, words = password): Promise<string> {
  const response = await fetch(`${server.url}/v1/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password: words }),
  });
  return (await response.json()).data?.accessToken ?? `refused ${response.status}`;
}

async function call(method: string, path: string, body?: object, who = "owner") {
  const token = tokens.get(who);
  const response = await fetch(`${server.url}/v1${path}`, {
    method,
    headers: {
      ...(body ? { "content-type": "application/json" } : {}),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, ...(await response.json()) };
}

/** Somebody who belongs to this workspace alone. */
async function joined(role = "agent") {
  const email = `${newId()}@example.test`;
  const { data } = await call("POST", "/users", { email, firstName: "Jo", lastName: "van Dyk", role });
  const token = /token=([\w-]+)/.exec(data.inviteLink)?.[1] ?? "";
  await postAuth(server.url, "acceptInvitation", { token, password });
  const found = await call("GET", `/users?search=${encodeURIComponent(email)}`);
  return { email, id: found.data[0].id };
}

describe("/v1/users", () => {
  test("invites, and tells of who was invited as of a user until they accept", async () => {
    const email = `${newId()}@example.test`;
    const made = await call("POST", "/users", {
      email,
      firstName: "Jo",
      lastName: "van Dyk",
      skills: ["Billing"],
    });
    expect(made).toMatchObject({
      status: 201,
      success: true,
      data: { email, firstName: "Jo", lastName: "van Dyk", role: "agent", status: "invited", teamId: null },
    });
    const { id } = made.data;
    expect((await call("GET", `/users/${id}`)).data).toMatchObject({
      id,
      status: "invited",
      skills: ["billing"],
    });
    const invited = await call("GET", "/users?status=invited&pageSize=1");
    expect(invited).toMatchObject({ data: [{ id }], pagination: { page: 1, pageSize: 1, totalItems: 1 } });
    expect((await call("DELETE", `/users/${id}`)).data).toEqual({ id, status: "inactive" });
    expect((await call("GET", `/users/${id}`)).error).toMatchObject({ code: "NOT_FOUND" });
  });

  test("lists, changes and deactivates members in the seed's shapes", async () => {
    const person = await joined();
    const team = (await call("POST", "/teams", { name: "Night shift" })).data;
    const changed = await call("PATCH", `/users/${person.id}`, {
      firstName: "Joan",
      teamId: team.id,
      skills: ["refunds", "Refunds"],
      role: "contentEditor",
    });
    expect(changed.data).toMatchObject({
      id: person.id,
      firstName: "Joan",
      lastName: "van Dyk",
      role: "contentEditor",
      teamId: team.id,
      skills: ["refunds"],
      status: "active",
    });
    expect((await call("PATCH", `/users/${person.id}/skills`, { skills: [] })).data.skills).toEqual([]);
    const inTeam = await call("GET", `/teams/${team.id}/members`);
    expect(inTeam).toMatchObject({ data: [{ id: person.id }], pagination: { totalItems: 1, totalPages: 1 } });
    expect((await call("PATCH", `/users/${person.id}`, { teamId: null })).data.teamId).toBeNull();
    tokens.set("jo", await signIn(person.email));
    expect((await call("GET", "/auth/me", undefined, "jo")).data).toMatchObject({ id: person.id });
    await call("DELETE", `/users/${person.id}`);
    expect((await call("GET", "/auth/me", undefined, "jo")).status).toBe(401);
    expect((await call("GET", "/users?status=inactive")).data).toMatchObject([{ id: person.id }]);
    expect((await call("PATCH", `/users/${person.id}`, { status: "active" })).data.status).toBe("active");
  });

  test("changes all of what is asked or nothing", async () => {
    const person = await joined();
    const refused = await call("PATCH", `/users/${person.id}`, { skills: ["lost"], role: newId() });
    expect(refused).toMatchObject({ status: 404, error: { code: "NOT_FOUND" } });
    expect((await call("GET", `/users/${person.id}`)).data).toMatchObject({ skills: [], role: "agent" });
  });

  test("sets the password of a member of this workspace alone, and one's own with the present one", async () => {
    const person = await joined();
    const set = (id: string, body: object) => call("PATCH", `/users/${id}/password`, body);
    expect((await set(person.id, { password: "a new horse" })).data).toEqual({
      id: person.id,
      changed: true,
    });
    expect(await signIn(person.email, "a new horse")).toMatch(/^ey/);
    const elsewhere = await colleague(server, ada, "agent");
    expect((await set(elsewhere.userId, { password: "a new horse" })).status).toBe(403);
    expect((await set(ada.userId, { password: "a new horse" })).status).toBe(400);
    expect((await set(person.id, { password: "7 chars" })).error.code).toBe("VALIDATION_ERROR");
  });

  test("keeps the last owner", async () => {
    expect(await call("DELETE", `/users/${ada.userId}`)).toMatchObject({
      status: 409,
      error: { code: "CONFLICT" },
    });
    expect((await call("PATCH", `/users/${ada.userId}`, { role: "member" })).status).toBe(409);
    expect((await call("PATCH", `/users/${ada.userId}`, { status: "inactive" })).status).toBe(409);
  });
});

test("/v1/teams makes, changes, lists and deletes teams", async () => {
  const made = await call("POST", "/teams", { name: "Day shift", description: "Until six" });
  expect(made).toMatchObject({
    status: 201,
    data: { name: "Day shift", description: "Until six", memberCount: 0 },
  });
  const { id } = made.data;
  expect((await call("POST", "/teams", { name: "Day shift" })).status).toBe(409);
  expect((await call("PATCH", `/teams/${id}`, { name: "Early shift" })).data.name).toBe("Early shift");
  expect((await call("GET", "/teams?search=early")).data).toMatchObject([{ id }]);
  expect((await call("DELETE", `/teams/${id}`)).data).toEqual({ id, deleted: true });
  expect((await call("GET", `/teams/${id}`)).status).toBe(404);
});

test("every route refuses a guest, a member without the right, and the things of others", async () => {
  const member = await joined("member");
  tokens.set("member", await signIn(member.email));
  const team = (await call("POST", "/teams", { name: "Ours" })).data.id;
  const routes: [string, (id: string) => string, object?][] = [
    ["GET", () => "/users"],
    ["POST", () => "/users", { email: "n@example.test" }],
    ["GET", () => "/teams"],
    ["POST", () => "/teams", { name: "Theirs" }],
    ["GET", (id) => `/users/${id}`],
    ["PATCH", (id) => `/users/${id}`, { skills: [] }],
    ["PATCH", (id) => `/users/${id}/skills`, { skills: [] }],
    ["PATCH", (id) => `/users/${id}/password`, { password: "a new horse" }],
    ["DELETE", (id) => `/users/${id}`],
    ["GET", (id) => `/teams/${id}`],
    ["GET", (id) => `/teams/${id}/members`],
    ["PATCH", (id) => `/teams/${id}`, { name: "Theirs" }],
    ["DELETE", (id) => `/teams/${id}`],
  ];
  for (const [method, path, body] of routes) {
    const at = path(path("").includes("/users") ? ada.userId : team);
    const route = `${method} ${path("{id}")}`;
    expect((await call(method, at, body, "guest")).status, route).toBe(401);
    expect((await call(method, at, body, "member")).status, route).toBe(403);
    if (!at.includes(ada.userId) && !at.includes(team)) continue;
    const absent = await call(method, path(newId()), body, "stranger");
    const foreign = await call(method, at, body, "stranger");
    expect([foreign.status, foreign.error], route).toEqual([404, absent.error]);
    expect((await call(method, path("x"), body)).error.code, route).toBe("VALIDATION_ERROR");
  }
});
