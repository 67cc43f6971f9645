import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { colleague, play, refusal, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import {
  sharedTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

interface Ids {
  user: string;
  team: string;
  invitation: string;
  role: string;
}

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let ofAda: Ids;
const trpcs = new Map<string, TrpcClient>();
beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  trpcs.set("guest", server.guest).set("owner", ada.trpc).set("stranger", eve.trpc);
  for (const role of ["admin", "contentEditor", "agent", "member"] as const) {
    trpcs.set(role, (await colleague(server, ada, role)).trpc);
  }
  const { invitations } = await ada.trpc.users.invite.mutate({ emails: ["new@example.test"] });
  ofAda = {
    user: (await colleague(server, ada, "member")).userId,
    team: (await ada.trpc.teams.create.mutate({ name: "First" })).id,
    invitation: invitations[0]?.id ?? "",
    role: (await ada.trpc.enterpriseSecurity.createRole.mutate({ name: "Reader", rights: ["read bots"] })).id,
  };
});
afterAll(() => server.close());

const as = (who: string) => () => {
  const trpc = trpcs.get(who);
  if (!trpc) throw new Error(`Nobody is ${who}.`);
  return trpc;
};

const readers = ["owner", "admin", "agent"];
const managers = ["owner", "admin"];
type Call = (ids: Ids) => Scenario["call"];

/** Who may call, and whether a call names something that can be foreign or absent. */
const procedures: { name: string; call: Call; may: string[]; names?: boolean }[] = [
  { name: "users.list", call: () => (t) => t.users.list.query(), may: readers },
  {
    name: "users.list of a team",
    call: (id) => (t) => t.users.list.query({ teamId: id.team }),
    may: readers,
    names: true,
  },
  {
    name: "users.get",
    call: (id) => (t) => t.users.get.query({ userId: id.user }),
    may: readers,
    names: true,
  },
  {
    name: "users.update",
    call: (id) => (t) => t.users.update.mutate({ userId: id.user, skills: ["billing"] }),
    may: managers,
    names: true,
  },
  {
    name: "users.update into a team",
    call: (id) => (t) => t.users.update.mutate({ userId: ofAda.user, teamIds: [id.team] }),
    may: managers,
    names: true,
  },
  {
    name: "users.updateRole",
    call: (id) => (t) => t.users.updateRole.mutate({ userId: id.user, role: "member" }),
    may: managers,
    names: true,
  },
  {
    name: "users.updateRole to a role",
    call: (id) => (t) => t.users.updateRole.mutate({ userId: ofAda.user, role: id.role }),
    may: managers,
    names: true,
  },
  {
    name: "users.createResetLink",
    call: (id) => (t) => t.users.createResetLink.mutate({ userId: id.user }),
    may: [], // they have a workspace of their own as well
    names: true,
  },
  {
    name: "users.removeSecondFactor",
    call: (id) => (t) => t.users.removeSecondFactor.mutate({ userId: id.user }),
    may: [], // as above
    names: true,
  },
  {
    name: "users.deactivate",
    call: (id) => (t) => t.users.deactivate.mutate({ userId: id.user }),
    may: managers,
    names: true,
  },
  {
    name: "users.reactivate",
    call: (id) => (t) => t.users.reactivate.mutate({ userId: id.user }),
    may: managers,
    names: true,
  },
  {
    name: "users.invite",
    call: () => (t) => t.users.invite.mutate({ emails: [`${newId()}@example.test`] }),
    may: managers,
  },
  {
    name: "users.invite into a team",
    call: (id) => (t) => t.users.invite.mutate({ emails: [`${newId()}@example.test`], teamId: id.team }),
    may: managers,
    names: true,
  },
  {
    name: "users.invite into a role",
    call: (id) => (t) => t.users.invite.mutate({ emails: [`${newId()}@example.test`], role: id.role }),
    may: managers,
    names: true,
  },
  { name: "users.listInvitations", call: () => (t) => t.users.listInvitations.query(), may: managers },
  {
    name: "users.resendInvitation",
    call: (id) => (t) => t.users.resendInvitation.mutate({ invitationId: id.invitation }),
    may: managers,
    names: true,
  },
  {
    name: "enterpriseSecurity.listRoles",
    call: () => (t) => t.enterpriseSecurity.listRoles.query(),
    may: readers,
  },
  {
    name: "enterpriseSecurity.createRole",
    call: () => (t) => t.enterpriseSecurity.createRole.mutate({ name: newId(), rights: ["ask bots"] }),
    may: managers,
  },
  {
    name: "enterpriseSecurity.updateRole",
    call: (id) => (t) => t.enterpriseSecurity.updateRole.mutate({ roleId: id.role, description: "Reads" }),
    may: managers,
    names: true,
  },
  { name: "teams.list", call: () => (t) => t.teams.list.query(), may: readers },
  { name: "teams.create", call: () => (t) => t.teams.create.mutate({ name: newId() }), may: managers },
  {
    name: "teams.update",
    call: (id) => (t) => t.teams.update.mutate({ teamId: id.team, description: "Calls" }),
    may: managers,
    names: true,
  },
  {
    name: "teams.addMember",
    call: (id) => (t) => t.teams.addMember.mutate({ teamId: ofAda.team, userId: id.user }),
    may: managers,
    names: true,
  },
  {
    name: "teams.removeMember",
    call: (id) => (t) => t.teams.removeMember.mutate({ teamId: id.team, userId: ofAda.user }),
    may: managers,
    names: true,
  },
];

describe.each(procedures)("$name", ({ call, may, names }) => {
  test.each(["guest", "owner", "admin", "contentEditor", "agent", "member"])("called by %s", async (who) => {
    const refused = who === "guest" ? "UNAUTHORIZED" : may.includes(who) ? undefined : "FORBIDDEN";
    const scenario = { as: as(who), call: call(ofAda) };
    await play(refused ? { ...scenario, refused } : scenario);
  });

  test.runIf(names)("answers another's id as one that is absent", async () => {
    const absent = { user: newId(), team: newId(), invitation: newId(), role: newId() };
    const ofEve = { ...(await thingsOf(eve)), user: eve.userId };
    const answers = [];
    for (const ids of [absent, ofEve]) {
      answers.push(await call(ids)(ada.trpc).catch((error: Error) => error.message));
    }
    expect(answers[0]).toMatch(/was not found\.$/);
    expect(answers[1]).toBe(answers[0]);
  });
});

async function thingsOf(user: TestUser) {
  const { trpc } = user;
  const { invitations } = await trpc.users.invite.mutate({ emails: [`${newId()}@example.test`] });
  return {
    invitation: invitations[0]?.id ?? "",
    team: (await trpc.teams.create.mutate({ name: newId() })).id,
    role: (await trpc.enterpriseSecurity.createRole.mutate({ name: newId(), rights: [] })).id,
  };
}

test("what deletes is refused to others, and finds nothing of another tenant", async () => {
  const calls: Call[] = [
    (id) => (t) => t.users.revokeInvitation.mutate({ invitationId: id.invitation }),
    (id) => (t) => t.teams.delete.mutate({ teamId: id.team }),
    (id) => (t) => t.enterpriseSecurity.deleteRole.mutate({ roleId: id.role }),
  ];
  const mine = { user: "", ...(await thingsOf(ada)) };
  for (const call of calls) {
    expect(await refusal(call(mine)(server.guest))).toBe("UNAUTHORIZED");
    for (const who of ["contentEditor", "agent", "member"]) {
      expect(await refusal(call(mine)(as(who)()))).toBe("FORBIDDEN");
    }
    expect(await refusal(call(mine)(eve.trpc))).toBe("NOT_FOUND");
    await call(mine)(as("admin")());
    expect(await refusal(call(mine)(ada.trpc))).toBe("NOT_FOUND");
  }
});

describe("bounds", () => {
  const owner = () => ada.trpc;
  const bounded = (title: string, call: Scenario["call"], refused = "VALIDATION_ERROR"): Scenario => ({
    title,
    as: owner,
    call,
    refused,
  });
  const { invite, updateRole, update } = {
    invite:
      (emails: string[]): Scenario["call"] =>
      (t) =>
        t.users.invite.mutate({ emails }),
    updateRole:
      (role: string): Scenario["call"] =>
      (t) =>
        t.users.updateRole.mutate({ userId: ofAda.user, role }),
    update:
      (change: object): Scenario["call"] =>
      (t) =>
        t.users.update.mutate({ userId: ofAda.user, ...change }),
  };
  const addresses = (n: number) => Array.from({ length: n }, (_, at) => `many-${at}@example.test`);
  test.each([
    bounded("users.list page 0", (t) => t.users.list.query({ page: 0 })),
    bounded("users.list pageSize 101", (t) => t.users.list.query({ pageSize: 101 })),
    bounded("users.list search of 101", (t) => t.users.list.query({ search: "x".repeat(101) })),
    bounded("users.invite nobody", invite([])),
    bounded("users.invite 21", invite(addresses(21))),
    bounded("users.invite no address", invite(["nobody"])),
    bounded("users.update without a name", update({ name: " " })),
    bounded("users.update a name of 101", update({ name: "x".repeat(101) })),
    bounded("users.update 31 skills", update({ skills: addresses(31) })),
    bounded("users.update a skill of 41", update({ skills: ["x".repeat(41)] })),
    bounded("users.updateRole to no role", updateRole("")),
    bounded("users.updateRole to a role that is none", updateRole("boss"), "NOT_FOUND"),
    bounded("createRole without a name", (t) =>
      t.enterpriseSecurity.createRole.mutate({ name: "", rights: [] }),
    ),
    bounded("createRole of 61", (t) =>
      t.enterpriseSecurity.createRole.mutate({ name: "x".repeat(61), rights: [] }),
    ),
    bounded(
      "createRole called like one of the product's",
      (t) => t.enterpriseSecurity.createRole.mutate({ name: "Owner", rights: [] }),
      "CONFLICT",
    ),
    bounded(
      "createRole twice",
      (t) => t.enterpriseSecurity.createRole.mutate({ name: "Reader", rights: [] }),
      "CONFLICT",
    ),
    bounded("teams.create twice", (t) => t.teams.create.mutate({ name: "First" }), "CONFLICT"),
    bounded("teams.create of 61", (t) => t.teams.create.mutate({ name: "x".repeat(61) })),
    { title: "users.invite 20", as: owner, call: invite(addresses(20)) },
    { title: "users.update at the bounds", as: owner, call: update({ skills: addresses(30) }) },
  ])("$title", play);
});

test("members are paged, searched and filtered", async () => {
  const all = await ada.trpc.users.list.query({ pageSize: 100 });
  const pages = [];
  for (let page = 1; page <= 3; page++) {
    pages.push(...(await ada.trpc.users.list.query({ page, pageSize: 2 })).items.map(({ id }) => id));
  }
  expect(pages).toEqual(all.items.slice(0, 6).map(({ id }) => id));
  const found = await ada.trpc.users.list.query({ search: "ADA", role: "owner", status: "active" });
  expect(found.items.map(({ id, name, role }) => [id, name, role])).toEqual([[ada.userId, "Ada", "owner"]]);
  expect((await ada.trpc.users.list.query({ role: "owner", status: "deactivated" })).items).toEqual([]);
  await ada.trpc.teams.addMember.mutate({ teamId: ofAda.team, userId: ofAda.user });
  const inTeam = await ada.trpc.users.list.query({ teamId: ofAda.team });
  expect(inTeam.items.map(({ id, teams }) => [id, teams])).toEqual([
    [ofAda.user, [{ id: ofAda.team, name: "First" }]],
  ]);
});
