import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { restClient } from "../../../../../tests/harness/rest.ts";
import { colleague, play, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
const people = new Map<string, TestUser>();
const tokens = new Map<string, string>();
let customerId = "";
let foreignId = "";
const rest = restClient(() => server);

beforeAll(async () => {
  server = await sharedTestServer();
  const ada = await server.signUp("Ada");
  people.set("owner", ada).set("stranger", await server.signUp("Eve"));
  for (const role of ["agent", "member"] as const) people.set(role, await colleague(server, ada, role));
  for (const name of ["owner", "stranger"]) {
    tokens.set(name, (await rest.login(person(name))).accessToken);
  }
  const made = await person("owner").trpc.endUsers.identify.mutate({ email: "jo@example.test", name: "Jo" });
  customerId = made.customer.id;
  const other = await person("stranger").trpc.endUsers.identify.mutate({ email: "jo@example.test" });
  foreignId = other.customer.id;
});
afterAll(() => server.close());

function person(name: string): TestUser {
  const found = people.get(name);
  if (!found) throw new Error(`Nobody is called ${name}.`);
  return found;
}

const as = (name: string) => () => person(name).trpc;
const guest = () => server.guest;
const absent = newId();

/** Each procedure: how it is called on a customer's id. */
const calls: Record<string, (id: string) => Scenario["call"]> = {
  get: (customerId) => (t) => t.endUsers.get.query({ customerId }),
  activity: (customerId) => (t) => t.endUsers.activity.query({ customerId }),
  update: (customerId) => (t) => t.endUsers.update.mutate({ customerId, name: "Jo" }),
  merge: (id) => (t) => t.endUsers.merge.mutate({ sourceCustomerId: id, targetCustomerId: customerId }),
  unmerge: (id) => (t) => t.endUsers.unmerge.mutate({ sourceCustomerId: id, targetCustomerId: customerId }),
  export: (customerId) => (t) => t.endUsers.export.mutate({ customerId }),
  delete: (customerId) => (t) => t.endUsers.delete.mutate({ customerId }),
  "verification.send": (customerId) => (t) =>
    t.verification.send.mutate({ customerId, to: "jo@example.test" }),
  "verification.check": (verificationId) => (t) =>
    t.verification.check.mutate({ verificationId, code: "123456" }),
};
/** Of those that only owners and administrators may call. */
const forManagers = new Set(["export", "delete"]);
/** What is refused before anybody looks for the customer, as long as nothing can be mailed. */
const needsMail = new Set(["verification.send"]);

const scenarios: (Scenario & { title: string })[] = Object.entries(calls).flatMap(([name, call]) => [
  { title: `${name}: a guest`, as: guest, call: call(absent), refused: "UNAUTHORIZED" },
  {
    title: `${name}: a member without the right`,
    as: as("member"),
    call: call(absent),
    refused: "FORBIDDEN",
  },
  ...(forManagers.has(name)
    ? [{ title: `${name}: an agent`, as: as("agent"), call: call(absent), refused: "FORBIDDEN" }]
    : []),
  ...(needsMail.has(name)
    ? []
    : [{ title: `${name}: an absent id`, as: as("owner"), call: call(absent), refused: "NOT_FOUND" }]),
  { title: `${name}: no id`, as: as("owner"), call: call("x"), refused: "VALIDATION_ERROR" },
]);

describe("endUsers and verification", () => {
  test.each(scenarios)("$title", (scenario) => play(scenario));

  test.each(["get", "activity", "update", "merge", "export", "delete"])(
    "%s: another tenant's customer is as none",
    async (name) => {
      await play({
        as: as("owner"),
        call: (t) => calls[name]?.(foreignId)(t) ?? t.endUsers.list.query(),
        refused: "NOT_FOUND",
      });
    },
  );

  test.each<{ title: string; call: Scenario["call"]; refused?: string }>([
    {
      title: "nothing to know them by",
      call: (t) => t.endUsers.identify.mutate({ name: "X" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "an address that is none",
      call: (t) => t.endUsers.identify.mutate({ email: "jo@" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "a number of four digits",
      call: (t) => t.endUsers.identify.mutate({ phone: "1234" }),
      refused: "VALIDATION_ERROR",
    },
    { title: "a number of five digits", call: (t) => t.endUsers.identify.mutate({ phone: "12345" }) },
    {
      title: "a number of 15 digits",
      call: (t) => t.endUsers.identify.mutate({ phone: "+123456789012345" }),
    },
    {
      title: "a number of 16 digits",
      call: (t) => t.endUsers.identify.mutate({ phone: "+1234567890123456" }),
      refused: "VALIDATION_ERROR",
    },
    { title: "an id of 200", call: (t) => t.endUsers.identify.mutate({ externalId: "x".repeat(200) }) },
    {
      title: "an id of 201",
      call: (t) => t.endUsers.identify.mutate({ externalId: "x".repeat(201) }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "both a token and claims",
      call: (t) => t.endUsers.identify.mutate({ identityToken: "x", email: "jo@example.test" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "a token without a secret",
      call: (t) => t.endUsers.identify.mutate({ identityToken: "x" }),
      refused: "UNAUTHORIZED",
    },
    { title: "a name of 200", call: (t) => t.endUsers.update.mutate({ customerId, name: "j".repeat(200) }) },
    {
      title: "a name of 201",
      call: (t) => t.endUsers.update.mutate({ customerId, name: "j".repeat(201) }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "50 tags",
      call: (t) =>
        t.endUsers.update.mutate({ customerId, tags: Array.from({ length: 50 }, (_, n) => `t${n}`) }),
    },
    {
      title: "51 tags",
      call: (t) =>
        t.endUsers.update.mutate({ customerId, tags: Array.from({ length: 51 }, (_, n) => `t${n}`) }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "metadata of 17,000",
      call: (t) => t.endUsers.update.mutate({ customerId, metadata: { a: "x".repeat(17_000) } }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "an avatar over http",
      call: (t) => t.endUsers.update.mutate({ customerId, avatarUrl: "http://x.test/a.png" }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "a code by SMS",
      call: (t) => t.verification.send.mutate({ customerId, channel: "sms" }),
      refused: "UNAVAILABLE",
    },
    {
      title: "a page of 101",
      call: (t) => t.endUsers.list.query({ pageSize: 101 }),
      refused: "VALIDATION_ERROR",
    },
    {
      title: "a merge with themselves",
      call: (t) => t.endUsers.merge.mutate({ sourceCustomerId: customerId, targetCustomerId: customerId }),
      refused: "VALIDATION_ERROR",
    },
  ])("$title", ({ call, refused }) => play({ as: as("agent"), call, ...(refused ? { refused } : {}) }));

  test("only whoever manages signed identities sees or makes the secret", async () => {
    await play({ as: as("agent"), call: (t) => t.endUsers.identitySecret.query(), refused: "FORBIDDEN" });
    await play({
      as: as("agent"),
      call: (t) => t.endUsers.rotateIdentitySecret.mutate(),
      refused: "FORBIDDEN",
    });
    await play({ as: guest, call: (t) => t.endUsers.rotateIdentitySecret.mutate(), refused: "UNAUTHORIZED" });
  });
});

describe("/v1/customers", () => {
  const call = (method: string, path: string, body?: object, who = "owner") =>
    rest.call(method, `/v1/customers${path}`, body, tokens.get(who));

  test("is made, read, changed and listed in the seed's shapes", async () => {
    const made = await call("POST", "", {
      profile: { name: "John Doe", company: "Acme Inc" },
      identityGraph: {
        emails: ["John@Example.test"],
        phoneNumbers: ["+1 (234) 567-890"],
        socialIds: { Facebook: "123456" },
      },
      slaTier: "Premium",
      tags: ["VIP", "enterprise", "vip"],
      segments: ["high-value"],
    });
    expect(made).toMatchObject({
      status: 201,
      said: {
        success: true,
        data: {
          identityGraph: {
            emails: ["john@example.test"],
            phoneNumbers: ["+1234567890"],
            socialIds: { facebook: "123456" },
            deviceFingerprints: [],
          },
          profile: { name: "John Doe", company: "Acme Inc", avatarUrl: null },
          slaTier: "premium",
          tags: ["vip", "enterprise"],
          segments: ["high-value"],
          riskFlags: [],
        },
      },
    });
    const { id, version } = dataOf(made.said);
    const read = await call("GET", `/${id}`);
    expect(dataOf(read.said)).toMatchObject({
      id,
      stats: {
        totalConversations: 0,
        openConversations: 0,
        avgResolutionTimeHours: null,
        lastContactAt: null,
      },
      recentConversations: [],
    });
    const changed = await call("PATCH", `/${id}`, {
      status: "blocked",
      version,
      identityGraph: { phoneNumbers: [] },
    });
    expect(dataOf(changed.said)).toMatchObject({
      status: "blocked",
      identityGraph: { emails: ["john@example.test"], phoneNumbers: [] },
      slaTier: "premium",
    });
    expect(await call("PATCH", `/${id}`, { status: "active", version })).toMatchObject({
      status: 409,
      said: { error: { code: "CONFLICT" } },
    });
    for (const query of [
      "search=john%20d",
      "search=JOHN@",
      "slaTier=premium",
      "tags=vip&tags=enterprise",
      "tags=vip,enterprise",
      "segments=high-value",
      "status=blocked",
    ]) {
      expect((await call("GET", `?${query}`)).said, query).toMatchObject({
        data: [{ id }],
        pagination: { page: 1, pageSize: 20, totalItems: 1, totalPages: 1, hasNextPage: false },
      });
    }
    expect((await call("GET", "?tags=vip,nobody")).said).toMatchObject({
      data: [],
      pagination: { totalItems: 0 },
    });
    for (const path of ["conversations", "timeline"])
      expect((await call("GET", `/${id}/${path}`)).status).toBe(200);
  });

  test.each([
    ["an address of another customer", "POST", "", { identityGraph: { emails: ["jo@example.test"] } }, 409],
    ["neither name nor identity", "POST", "", { tags: ["x"] }, 400],
    ["a status that there is not", "GET", "?status=gone", undefined, 400],
    ["a page of 101", "GET", "?pageSize=101", undefined, 400],
    ["an absent customer", "GET", `/${absent}`, undefined, 404],
    ["an absent one's timeline", "GET", `/${absent}/timeline`, undefined, 404],
    ["an absent one's conversations", "GET", `/${absent}/conversations`, undefined, 404],
    ["a change of an absent one", "PATCH", `/${absent}`, { status: "active" }, 404],
    ["a merge of an absent one", "POST", `/${absent}/merge`, { sourceCustomerId: newId() }, 404],
    ["an id that is none", "GET", "/x", undefined, 400],
  ])("%s", async (_, method, path, body, status) => {
    expect(await call(method, path, body)).toMatchObject({ status, said: { success: false } });
  });

  test("another tenant's and nobody's token", async () => {
    const foreign = await call("GET", `/${customerId}`, undefined, "stranger");
    const none = await call("GET", `/${absent}`, undefined, "stranger");
    expect([foreign.status, errorOf(foreign.said)]).toEqual([404, errorOf(none.said)]);
    expect((await call("GET", "", undefined, "nobody")).status).toBe(401);
  });
});

describe("/api/{tenant_id}/chat-users", () => {
  const call = (method: string, path: string, body?: object, tenant = person("owner").tenantId) =>
    rest.call(method, `/api/${tenant}/chat-users${path}`, body, tokens.get("owner"));

  test("is made, read, changed, listed and erased", async () => {
    const made = await call("POST", "", {
      name: "Ann",
      email: "ann@example.test",
      metadata: { plan: "free" },
    });
    expect(made).toMatchObject({
      status: 201,
      said: { name: "Ann", email: "ann@example.test", phone: null, metadata: { plan: "free" } },
    });
    const { id } = entry(made.said);
    expect((await call("PUT", `/${id}`, { email: "ann2@example.test" })).said).toMatchObject({
      id,
      name: "Ann",
      email: "ann2@example.test",
    });
    const listed = await call("GET", "?search=ann2@");
    expect([listed.said, listed.headers.get("x-total-count")]).toMatchObject([[{ id }], "1"]);
    expect((await call("DELETE", `/${id}`)).said).toEqual({ id, deleted: true });
    expect(await call("GET", `/${id}`)).toMatchObject({ status: 404, said: { status_code: 404 } });
  });

  test("another tenant in the path is as none", async () => {
    const foreign = await call("GET", "", undefined, person("stranger").tenantId);
    expect(foreign).toMatchObject({
      status: 404,
      said: (await call("GET", "", undefined, absent)).said,
    });
    expect((await call("POST", "", { email: "no" })).status).toBe(422);
  });
});

const entry = (said: unknown) => z.object({ id: z.uuid() }).parse(said);
const dataOf = (said: unknown) =>
  z.object({ data: z.looseObject({ id: z.uuid(), version: z.number() }) }).parse(said).data;
const errorOf = (said: unknown) => z.object({ error: z.unknown() }).parse(said).error;
