import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { refusal } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import {
  startTwilioServer,
  type TwilioServer,
  twilioAccount,
} from "../../../../../tests/harness/twilio-server.ts";
import { contextFor } from "../../faces/principal.ts";
import { communicationMessages } from "./communication.tables.ts";
import { deliverText, giveUpText, tidyTexts } from "./index.ts";

let twilio: TwilioServer;
let server: TestServer;
let ada: TestUser;
let ahead = 0;
beforeAll(async () => {
  twilio = await startTwilioServer();
  server = await startTestServer({ TWILIO_URL: twilio.url, OUTBOUND_ALLOWED_HOSTS: twilio.host });
  server.services.now = () => new Date(Date.now() + ahead);
  ada = await server.signUp("Ada");
  await ada.trpc.communication.connect.mutate(account());
});
afterAll(async () => {
  await server.close();
  await twilio.close();
});
beforeEach(() => {
  ahead = 0;
});

const account = (change: { settings?: object; credentials?: object } = {}) => ({
  kind: "sms" as const,
  settings: { ...twilioAccount.settings, ...change.settings },
  credentials: { ...twilioAccount.credentials, ...change.credentials },
});
let numbers = 0;
/** A number that no other test texts to. */
const freshNumber = () => `+1415556${String(++numbers).padStart(4, "0")}`;
const send = (to: string, text = "Your tea is ready.", idempotencyKey?: string) =>
  ada.trpc.communication.send.mutate({ kind: "sms", to, text, idempotencyKey });
const textsTo = (to: string) => twilio.texts.filter((text) => text.to === to);
const history = (to: string) =>
  ada.trpc.communication.history
    .query({ pageSize: 100 })
    .then(({ items }) => items.filter((item) => item.to === to));
const settled = (to: string) =>
  eventually(async () => {
    const [message] = await history(to);
    if (!message || message.status === "queued") throw new Error("It waits still.");
    return message;
  });
const connection = async () => (await ada.trpc.communication.listConnections.query())[0];
/** Queued, with no job that sends it: the test runs the job's work by hand. */
async function queuedBy(to: string, text = "Your tea is ready."): Promise<string> {
  const { enqueue } = server.services.jobs;
  server.services.jobs.enqueue = async () => {};
  const { id } = await send(to, text).finally(() => {
    server.services.jobs.enqueue = enqueue;
  });
  return id;
}
const context = (now = server.services.now) => ({
  ...contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null),
  now,
});
const rowOf = async (id: string) => {
  const rows = await server.services.db.withTenant(ada.tenantId, (tx) =>
    tx.select().from(communicationMessages).where(eq(communicationMessages.id, id)),
  );
  return rows[0];
};
async function actionsOn(subjectId: string, { tenantId }: TestUser): Promise<string[]> {
  const { rows } = await server.services.db.system().execute<{ action: string }>(sql`
    select action from audit_log where subject_id = ${subjectId} and tenant_id = ${tenantId}
    order by created_at, id`);
  return rows.map(({ action }) => action);
}

describe("a connection", () => {
  test("is tried, sealed and shown without its credentials", async () => {
    expect(await connection()).toMatchObject({
      kind: "sms",
      name: "SMS",
      status: "connected",
      settings: { ...twilioAccount.settings, accountName: "Tea House" },
      connectedBy: ada.userId,
    });
    expect(await ada.trpc.communication.listChannels.query({ kind: "sms" })).toEqual([
      { id: twilioAccount.settings.sender, name: twilioAccount.settings.sender },
    ]);
    const { rows } = await server.services.db.system().execute<{ row: string }>(sql`
      select c::text as row from communication_connections c union all select a::text from audit_log a`);
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toContain(twilioAccount.credentials.authToken);
  });

  test("is one of its kind: another replaces it; removed, nothing goes out and what waited says so", async () => {
    const eve = await server.signUp("Eve");
    const { connect, disconnect, listConnections, listChannels, history } = eve.trpc.communication;
    await connect.mutate({ ...account(), name: "First" });
    await connect.mutate({ ...account({ settings: { sender: "TeaHouse" } }), name: "Second" });
    expect(await listConnections.query()).toMatchObject([
      { name: "Second", settings: { sender: "TeaHouse" } },
    ]);
    const to = freshNumber();
    twilio.script({ kind: "error", status: 503 });
    const sent = await eve.trpc.communication.send.mutate({ kind: "sms", to, text: "Too late" });
    await eventually(async () => expect((await history.query()).items[0]?.failure).toMatch(/status 503/));
    await disconnect.mutate({ kind: "sms" });
    await deliverText(contextFor(server.services, { kind: "system", name: "test" }, eve.tenantId, null), {
      messageId: sent.id,
    });
    expect((await history.query()).items).toMatchObject([
      { status: "failed", failure: expect.stringMatching(/disconnected/) },
    ]);
    expect(textsTo(to)).toEqual([]);
    expect(await refusal(disconnect.mutate({ kind: "sms" }))).toBe("NOT_FOUND");
    expect(await refusal(listChannels.query({ kind: "sms" }))).toBe("NOT_FOUND");
    expect(await refusal(eve.trpc.communication.send.mutate({ kind: "sms", to, text: "x" }))).toBe(
      "UNAVAILABLE",
    );
    expect(await actionsOn("sms", eve)).toEqual([
      "communication.connected",
      "communication.connected",
      "communication.disconnected",
    ]);
  });
});

describe("a text", () => {
  test("goes out as it was written, and stands in the history", async () => {
    const to = freshNumber();
    const text = "Été: مرحبا 🍵\nSecond line";
    const queued = await send(to.replace(/(\d{4})$/, " - $1"), text);
    expect(queued).toMatchObject({ to, text, status: "queued", failure: null });
    expect(await settled(to)).toMatchObject({ id: queued.id, status: "sent", attempts: 1 });
    expect(textsTo(to)).toMatchObject([{ body: text, from: twilioAccount.settings.sender }]);
    expect((await settled(to)).providerId).toBe(textsTo(to)[0]?.sid);
    expect(await actionsOn(queued.id, ada)).toEqual(["communication.sent"]);
  });

  test("under one key goes out once, also when asked at once; the key takes no other text", async () => {
    const to = freshNumber();
    const key = crypto.randomUUID();
    const calls = await Promise.all([1, 2, 3, 4].map(() => send(to, "Once", key)));
    expect(new Set(calls.map(({ id }) => id)).size).toBe(1);
    await settled(to);
    expect(await send(to, "Once", key)).toMatchObject({ id: calls[0]?.id, status: "sent" });
    expect(textsTo(to)).toHaveLength(1);
    expect(await refusal(send(to, "Twice", key))).toBe("CONFLICT");
  });

  test.each([
    ["a busy provider", { kind: "error", status: 429, code: 20429 }, /too much/],
    ["an ill provider", { kind: "error", status: 503 }, /status 503/],
    ["a provider that breaks off", { kind: "broken" }, /could not be reached/],
  ] as const)("is tried again after %s", async (_title, script, failure) => {
    const to = freshNumber();
    const messageId = await queuedBy(to);
    twilio.script(script);
    await expect(deliverText(context(), { messageId })).rejects.toMatchObject({ code: "UPSTREAM_FAILED" });
    expect(await rowOf(messageId)).toMatchObject({
      status: "queued",
      failure: expect.stringMatching(failure),
    });
    await deliverText(context(), { messageId });
    await deliverText(context(), { messageId });
    expect(await rowOf(messageId)).toMatchObject({ status: "sent", attempts: 2, failure: null });
    expect(textsTo(to)).toHaveLength(1);
  });

  test("that was taken without our hearing of it is not sent again, though another says the same", async () => {
    const to = freshNumber();
    await send(to);
    await settled(to);
    const messageId = await queuedBy(to);
    twilio.script({ kind: "taken, then broken" });
    await expect(deliverText(context(), { messageId })).rejects.toThrow();
    expect(textsTo(to)).toHaveLength(2);
    await deliverText(context(), { messageId });
    expect(textsTo(to)).toHaveLength(2);
    expect(await rowOf(messageId)).toMatchObject({ status: "sent", providerId: textsTo(to)[1]?.sid });
  });

  test.each([
    ["to a wrong number", 400, 21211, /no valid phone number/, "connected"],
    ["to somebody who opted out", 400, 21610, /opted out/, "connected"],
    ["by an account that is refused", 401, 20003, /refused the account/, "failing"],
  ])("%s is refused for good, with the reason", async (_title, status, code, failure, of) => {
    const to = freshNumber();
    twilio.script({ kind: "error", status, code });
    const { id } = await send(to);
    expect(await settled(to)).toMatchObject({
      status: "failed",
      attempts: 1,
      failure: expect.stringMatching(failure),
    });
    await eventually(async () => expect(await connection()).toMatchObject({ status: of }));
    expect(await actionsOn(id, ada)).toEqual(["communication.sent", "communication.messageFailed"]);
  });

  test("that goes out by a failing connection shows that it works again", async () => {
    const to = freshNumber();
    twilio.script({ kind: "error", status: 401, code: 20003 });
    await send(to);
    await settled(to);
    await eventually(async () =>
      expect(await connection()).toMatchObject({
        status: "failing",
        lastError: expect.stringMatching(/refused the account/),
        lastErrorAt: expect.any(String),
      }),
    );
    await send(freshNumber());
    await eventually(async () =>
      expect(await connection()).toMatchObject({ status: "connected", lastError: null }),
    );
  });

  test("that is given up says why; it is forgotten after 90 days, one that waits never", async () => {
    const lost = await queuedBy(freshNumber());
    const waiting = await queuedBy(freshNumber());
    await giveUpText(context(), { messageId: lost }, new Error("ECONNREFUSED 10.0.0.1"));
    expect(await rowOf(lost)).toMatchObject({
      status: "failed",
      failure: expect.not.stringContaining("10.0.0.1"),
    });
    await tidyTexts(context());
    expect(await rowOf(lost)).toBeDefined();
    ahead = 91 * 86_400_000;
    await tidyTexts(context());
    expect(await rowOf(lost)).toBeUndefined();
    expect(await rowOf(waiting)).toMatchObject({ status: "queued" });
  });
});

describe("a report of the provider", () => {
  const shownOf = async (to: string) => {
    const [{ status, failure } = { status: null, failure: null }] = await history(to);
    return { status, failure };
  };
  async function sentTo(to: string) {
    await settled(to);
    const [text] = textsTo(to);
    if (!text) throw new Error("Nothing was sent.");
    return text;
  }
  const lost = (code: string) => ({ fields: { ErrorCode: code } });

  test.each([
    [["sent", "delivered"], "delivered", null],
    [["delivered", "sent", "delivered"], "delivered", null],
    [["undelivered", "delivered"], "delivered", null],
    [["undelivered", "sent", "queued"], "undelivered", /unknown, or is not in use.*30005/],
    [["failed", "sending"], "failed", /unknown, or is not in use.*30005/],
    [["received"], "sent", null],
  ] as const)("%j leaves it %s, in this order and the other way round", async (told, status, failure) => {
    for (const order of [told, told.toReversed()]) {
      const to = freshNumber();
      await send(to);
      const text = await sentTo(to);
      for (const word of order) expect((await twilio.report(text, word, lost("30005"))).status).toBe(200);
      const shown = await shownOf(to);
      expect(shown.status).toBe(status);
      if (failure) expect(shown.failure).toMatch(failure);
      else expect(shown.failure).toBeNull();
    }
  });

  test("that comes five times at once is one entry of the log; failures are found together", async () => {
    const to = freshNumber();
    const { id } = await send(to);
    const text = await sentTo(to);
    await Promise.all([1, 2, 3, 4, 5].map(() => twilio.report(text, "undelivered", lost("30003"))));
    expect(await actionsOn(id, ada)).toEqual(["communication.sent", "communication.messageFailed"]);
    const { items } = await ada.trpc.communication.history.query({ status: ["failed", "undelivered"] });
    expect(items.find((item) => item.id === id)).toMatchObject({ status: "undelivered" });
    expect(new Set(items.map(({ status }) => status))).not.toContain("sent");
  });

  test("shows that a text went out of whose sending nothing was heard: it is not sent again", async () => {
    const to = freshNumber();
    const messageId = await queuedBy(to);
    twilio.script({ kind: "taken, then broken" });
    await expect(deliverText(context(), { messageId })).rejects.toThrow();
    const [text] = textsTo(to);
    if (!text) throw new Error("Nothing was taken.");
    expect((await twilio.report(text, "delivered")).status).toBe(200);
    await deliverText(context(), { messageId });
    expect(await rowOf(messageId)).toMatchObject({ status: "delivered", providerId: text.sid, attempts: 1 });
    expect(textsTo(to)).toHaveLength(1);
  });

  test("is believed by its signature only, and tells nobody what there is", async () => {
    const to = freshNumber();
    await send(to);
    const text = await sentTo(to);
    const url = text.callback ?? "";
    const nobody = `${crypto.randomUUID()}.${crypto.randomUUID()}`;
    const at = (reference: string) => url.replace(/[^/]+$/, reference);
    const refused = [
      await twilio.report(text, "delivered", { authToken: "another" }),
      await twilio.report(text, "delivered", { url: at(nobody) }),
      await twilio.report(text, "delivered", { url: at("nothing") }),
      await twilio.report(text, "delivered", { url: `${url}?more=1` }),
      await fetch(url, { method: "POST", body: new URLSearchParams({ MessageStatus: "delivered" }) }),
    ];
    expect(refused.map(({ status }) => status)).toEqual(Array(5).fill(401));
    const told = await Promise.all(refused.map((answer) => answer.json()));
    const messageOf = (said: unknown) =>
      JSON.stringify(said).replaceAll(/"(requestId|timestamp)":"[^"]*"/g, "");
    expect(new Set(told.map(messageOf)).size).toBe(1);
    const absent = { url: at(`${ada.tenantId}.${crypto.randomUUID()}`) };
    expect((await twilio.report(text, "delivered", absent)).status).toBe(200);
    const other = { ...text, sid: `SM${"f".repeat(32)}` };
    expect((await twilio.report(other, "delivered")).status).toBe(200);
    expect(await shownOf(to)).toMatchObject({ status: "sent" });
  });

  test("is not asked for where Twilio cannot call the server: the text goes out all the same", async () => {
    const to = freshNumber();
    twilio.script({ kind: "error", status: 400, code: 21609 });
    await send(to);
    expect((await sentTo(to)).callback).toBeNull();
  });
});

describe("a code by SMS", () => {
  const code = (to: string) => /\b\d{6}\b/.exec(textsTo(to)[0]?.body ?? "")?.[0] ?? "";

  test("proves the number, is kept nowhere, and goes with the customer", async () => {
    const to = freshNumber();
    const { customer } = await ada.trpc.endUsers.identify.mutate({ phone: to });
    const customerId = customer.id;
    const { verificationId } = await ada.trpc.verification.send.mutate({ customerId, channel: "sms" });
    expect(await settled(to)).toMatchObject({ status: "sent", text: null });
    expect(code(to)).toMatch(/^\d{6}$/);
    const { rows } = await server.services.db.system().execute<{ row: string }>(sql`
      select m::text as row from communication_messages m where recipient = ${to}`);
    expect(JSON.stringify(rows)).not.toContain(code(to));
    await ada.trpc.verification.check.mutate({ verificationId, code: code(to) });
    const { identities } = await ada.trpc.endUsers.get.query({ customerId });
    expect(identities).toMatchObject([
      { kind: "phone", value: to, source: "code", verifiedAt: expect.any(String) },
    ]);
    await send(to, "Hello Jo");
    const exported = await ada.trpc.endUsers.export.mutate({ customerId });
    expect(exported.other.textMessages).toMatchObject([{ text: null }, { text: "Hello Jo" }]);
    await ada.trpc.endUsers.delete.mutate({ customerId });
    expect(await history(to)).toEqual([]);
  });

  test("B09: goes to one number five times an hour, and works for five tries and ten minutes", async () => {
    const to = freshNumber();
    const { customer } = await ada.trpc.endUsers.identify.mutate({ phone: to });
    const sendCode = () =>
      ada.trpc.verification.send.mutate({
        customerId: customer.id,
        channel: "sms",
        to: to.replace("+", "00"),
      });
    const { verificationId } = await sendCode();
    await settled(to);
    const right = code(to);
    const more = await Promise.allSettled([1, 2, 3, 4, 5, 6].map(sendCode));
    expect(more.filter(({ status }) => status === "fulfilled")).toHaveLength(4);
    const check = (tried: string) =>
      refusal(ada.trpc.verification.check.mutate({ verificationId, code: tried }));
    const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, "0");
    for (let tries = 0; tries < 5; tries++) expect(await check(wrong)).toBe("VALIDATION_ERROR");
    expect(await check(right)).toBe("TOO_MANY_REQUESTS");
  });

  test.each([
    ["a number without its country's code", { to: "4155550123" }, "VALIDATION_ERROR"],
    ["nobody's number", {}, "VALIDATION_ERROR"],
  ])("to %s is refused", async (_title, change, code) => {
    const { customer } = await ada.trpc.endUsers.identify.mutate({ externalId: "no-number" });
    const call = ada.trpc.verification.send.mutate({ customerId: customer.id, channel: "sms", ...change });
    expect(await refusal(call)).toBe(code);
  });
});
