import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import {
  colleague,
  play,
  refusal,
  refusalText,
  type Scenario,
} from "../../../../../tests/harness/scenarios.ts";
import { sharedTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import {
  startTwilioServer,
  type TwilioServer,
  twilioAccount,
} from "../../../../../tests/harness/twilio-server.ts";
import { connectTwilio } from "../../connectors/twilio/index.ts";
import { contextFor } from "../../faces/principal.ts";
import { createVault, type MasterKey } from "../../platform/crypto/index.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { sealCredentials } from "./communication.queries.ts";
import { communicationConnections } from "./communication.tables.ts";
import { connectionOf, resealCredentials, sms } from "./index.ts";

let twilio: TwilioServer;
let server: TestServer;
let ports: TestServer["services"]["ports"];
const people = new Map<string, TestUser>();
beforeAll(async () => {
  twilio = await startTwilioServer();
  server = await sharedTestServer();
  ports = server.services.ports;
  const provider = connectTwilio({ fetch: globalThis.fetch, baseUrl: twilio.url });
  server.services.ports = { ...ports, sms: provider };
  const ada = await server.signUp("Ada");
  people.set("owner", ada).set("stranger", await server.signUp("Eve"));
  for (const role of ["admin", "agent", "member"] as const) {
    people.set(role, await colleague(server, ada, role));
  }
  await ada.trpc.communication.connect.mutate(account);
});
afterAll(async () => {
  server.services.ports = ports;
  await twilio.close();
});

const as = (name: string) => () => people.get(name)?.trpc ?? server.guest;
const account = { kind: "sms" as const, ...twilioAccount };
const text = { kind: "sms" as const, to: "+14155550123", text: "Hello" };
const connect =
  (change: { settings?: object; credentials?: object; name?: string } = {}): Scenario["call"] =>
  (t) =>
    t.communication.connect.mutate({
      ...account,
      ...(change.name === undefined ? {} : { name: change.name }),
      settings: { ...account.settings, ...change.settings },
      credentials: { ...account.credentials, ...change.credentials },
    });
const send =
  (change: object = {}): Scenario["call"] =>
  (t) =>
    t.communication.send.mutate({ ...text, ...change });

/** Each procedure, and who else than owners may call it. */
const calls: [name: string, call: Scenario["call"], allowed: string[]][] = [
  ["connect", connect(), ["admin"]],
  ["listConnections", (t) => t.communication.listConnections.query(), ["admin", "agent"]],
  ["listChannels", (t) => t.communication.listChannels.query({ kind: "sms" }), ["admin", "agent"]],
  ["send", send(), ["admin", "agent"]],
  ["history", (t) => t.communication.history.query(), ["admin", "agent"]],
];

describe("communication", () => {
  test.each(
    calls.flatMap(([name, call, allowed]) => [
      { title: `${name} by a guest`, as: as("guest"), call, refused: "UNAUTHORIZED" },
      ...["owner", "admin", "agent", "member"].map((role) => ({
        title: `${name} by ${role}`,
        as: as(role),
        call,
        ...(role === "owner" || allowed.includes(role) ? {} : { refused: "FORBIDDEN" }),
      })),
    ]),
  )("$title: $refused", play);

  const disconnect: Scenario["call"] = (t) => t.communication.disconnect.mutate({ kind: "sms" });
  const scenarios: (Omit<Scenario, "as"> & { by?: string })[] = [
    { title: "disconnect by a guest", by: "guest", call: disconnect, refused: "UNAUTHORIZED" },
    { title: "disconnect by an agent", by: "agent", call: disconnect, refused: "FORBIDDEN" },
    {
      title: "disconnect where nothing is connected",
      by: "stranger",
      call: disconnect,
      refused: "NOT_FOUND",
    },
    { title: "send where nothing is connected", by: "stranger", call: send(), refused: "UNAVAILABLE" },
    {
      title: "a code where nothing is connected",
      by: "stranger",
      call: async (t) => {
        const { customer } = await t.endUsers.identify.mutate({ phone: text.to });
        return t.verification.send.mutate({ customerId: customer.id, channel: "sms" });
      },
      refused: "UNAVAILABLE",
    },
    ...bounds("connect", "VALIDATION_ERROR", [
      ["a kind that there is not", (t) => t.communication.disconnect.mutate(JSON.parse('{"kind":"fax"}'))],
      ["an account SID of 33", connect({ settings: { accountSid: `AC${"0".repeat(31)}` } })],
      [
        "an account SID that leads elsewhere",
        connect({ settings: { accountSid: "AC/../../Accounts.json?" } }),
      ],
      ["a sender that is a path", connect({ settings: { sender: "../x" } })],
      ["a sender's name of 12", connect({ settings: { sender: "TeaHouse1234" } })],
      ["a token with a line break", connect({ credentials: { authToken: "a\nb" } })],
      ["a token of 501", connect({ credentials: { authToken: "t".repeat(501) } })],
      ["a field that there is not", connect({ settings: { baseUrl: "http://127.0.0.1" } })],
      ["an empty name", connect({ name: " " })],
      ["a name of 101", connect({ name: "n".repeat(101) })],
    ]),
    {
      title: "connect: a token of 500 is asked about",
      call: connect({ credentials: { authToken: "t".repeat(500) } }),
      refused: "API_KEY_INVALID",
    },
    { title: "connect: a name of 100", call: connect({ name: "n".repeat(100) }) },
    { title: "connect: a sender's name of 11", call: connect({ settings: { sender: "TeaHouse123" } }) },
    { title: "connect: a Messaging Service", call: connect({ settings: { sender: `MG${"a".repeat(32)}` } }) },
    ...bounds("send", "VALIDATION_ERROR", [
      ["a number without its country's code", send({ to: "4155550123" })],
      ["a number of 16 digits", send({ to: "+1234567890123456" })],
      ["a number of 6 digits", send({ to: "+123456" })],
      ["an address of the web", send({ to: "http://127.0.0.1" })],
      ["no text", send({ text: " \0 " })],
      ["a text of 1,601", send({ text: "x".repeat(1_601) })],
      ["a key of 201", send({ idempotencyKey: "k".repeat(201) })],
      ["a key with a space", send({ idempotencyKey: "a b" })],
    ]),
    { title: "send: a text of 1,600", call: send({ text: "x".repeat(1_600) }) },
    { title: "send: a number of 15 digits", call: send({ to: "+123456789012345" }) },
    { title: "send: a number with 00", call: send({ to: "0014155550123" }) },
    { title: "send: a key of 200", call: send({ idempotencyKey: "k".repeat(200) }) },
    ...bounds("history", "VALIDATION_ERROR", [
      ["a page of 101", (t) => t.communication.history.query({ pageSize: 101 })],
      ["page 0", (t) => t.communication.history.query({ page: 0 })],
    ]),
    { title: "history: a page of 100", call: (t) => t.communication.history.query({ pageSize: 100 }) },
  ];
  test.each(scenarios)("$title: $refused", ({ by = "owner", ...scenario }) =>
    play({ as: as(by), ...scenario }),
  );

  test("history is the tenant's own, paged and filtered", async () => {
    const { history } = as("owner")().communication;
    await eventually(async () => expect((await history.query({ status: "queued" })).meta.totalItems).toBe(0));
    const all = await history.query({ kind: "sms", pageSize: 100 });
    expect(all.items.length).toBeGreaterThan(4);
    const page = await history.query({ page: 2, pageSize: 2 });
    expect(page.items).toEqual(all.items.slice(2, 4));
    expect(page.meta).toMatchObject({ totalItems: all.items.length, currentPage: 2 });
    expect((await history.query({ kind: "slack" })).items).toEqual([]);
    expect((await as("stranger")().communication.history.query()).items).toEqual([]);
    expect(await as("stranger")().communication.listConnections.query()).toEqual([]);
  });
});

describe("a connection that is not good", () => {
  test.each([
    ["a wrong token", { credentials: { authToken: "wrong" } }, "API_KEY_INVALID", /auth token/],
    [
      "a number of somebody else",
      { settings: { sender: "+14155559999" } },
      "VALIDATION_ERROR",
      /not a number of/,
    ],
  ])("with %s is not kept, and says why", async (_title, change, code, text) => {
    const stranger = as("stranger")();
    expect(await refusal(connect(change)(stranger))).toBe(code);
    expect(await refusalText(connect(change)(stranger))).toMatch(text);
    expect(await stranger.communication.listConnections.query()).toEqual([]);
  });

  test("of a suspended account is not kept", async () => {
    twilio.status = "suspended";
    const text = await refusalText(connect()(as("stranger")()));
    twilio.status = "active";
    expect(text).toMatch(/suspended, not active\. Nothing was saved\./);
  });

  test("sealed under a former secret is sealed again; one whose secret is lost says so", async () => {
    const ada = await server.signUp("Ada");
    await ada.trpc.communication.connect.mutate(account);
    const [former, current] = ["former", "current"].map((id) => ({ id, key: randomBytes(32) }));
    if (!former || !current) throw new Error("There are two keys.");
    const context = contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null);
    const under = (...masterKeys: MasterKey[]) => ({ ...context, vault: createVault({ masterKeys }) });
    const sealedCredentials = sealCredentials(under(former), account.credentials);
    await inTx(context, (ctx) => ctx.tx.update(communicationConnections).set({ sealedCredentials }));
    await resealCredentials(under(current));
    await resealCredentials(under(current, former));
    const kept = await inTx(under(current), (ctx) => connectionOf(ctx, sms));
    expect(kept?.credentials).toEqual(account.credentials);
    const { listConnections, listChannels } = ada.trpc.communication;
    expect(await listConnections.query()).toMatchObject([{ status: "unreadable" }]);
    expect(await refusal(listChannels.query({ kind: "sms" }))).toBe("CONFLICT");
  });
});

function bounds(of: string, refused: string, cases: [title: string, call: Scenario["call"]][]) {
  return cases.map(([title, call]) => ({ title: `${of}: ${title}`, call, refused }));
}
