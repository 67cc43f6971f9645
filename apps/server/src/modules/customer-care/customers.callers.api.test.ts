import { afterAll, beforeAll, describe, test } from "vitest";
import { colleague, play, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";

let server: TestServer;
const people = new Map<string, TestUser>();
let customerId = "";
let foreignId = "";

beforeAll(async () => {
  server = await sharedTestServer();
  const ada = await server.signUp("Ada");
  people.set("owner", ada).set("stranger", await server.signUp("Eve"));
  for (const role of ["agent", "member"] as const) people.set(role, await colleague(server, ada, role));
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
