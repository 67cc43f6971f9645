import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { restClient } from "../../../../../tests/harness/rest.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

/* Customers in the dialects of seeds 004 and 002. */

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
let customerId: string;
const tokens = new Map<string, string>();
const rest = restClient(() => server);
const absent = newId();

beforeAll(async () => {
  server = await sharedTestServer();
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  tokens.set("owner", (await rest.login(ada)).accessToken);
  tokens.set("stranger", (await rest.login(eve)).accessToken);
  const made = await ada.trpc.endUsers.identify.mutate({ email: "jo@example.test", name: "Jo" });
  customerId = made.customer.id;
});
afterAll(() => server.close());

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
  const call = (method: string, path: string, body?: object, tenant = ada.tenantId) =>
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
    const foreign = await call("GET", "", undefined, eve.tenantId);
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
