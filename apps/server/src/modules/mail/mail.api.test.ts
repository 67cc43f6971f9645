import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { type MailServer, startMailServer } from "../../../../../tests/harness/mail-server.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { connectSmtp } from "../../connectors/smtp/index.ts";
import { contextFor } from "../../faces/principal.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { giveUpMail, queueMail, sendMail, tidyMails } from "./index.ts";
import { mails } from "./mail.tables.ts";

let server: TestServer;
let post: MailServer;
let ada: TestUser;

beforeAll(async () => {
  post = await startMailServer();
  server = await startTestServer();
  ada = await server.signUp("Ada");
  // from here on, so that Ada need not confirm her address
  server.services.ports.mailer = connectSmtp({ url: post.url, from: "Parlance <parlance@example.test>" });
});
afterAll(async () => {
  server.services.ports.mailer.close();
  await server.close();
  await post.close();
});
beforeEach(() => {
  post.refuseNext = 0;
});

const context = (now = new Date()) => ({
  ...contextFor(server.services, { kind: "system", name: "test" }, ada.tenantId, null),
  now: () => now,
});
const queue = (to: string, change: object = {}) =>
  inTx(context(), (ctx) =>
    queueMail(ctx, { to, subject: "Été: مرحبا", text: "Line one.\n\nLine two: é.", ...change }),
  );
const rowOf = async (recipient: string) => {
  const rows = await server.services.db.withTenant(ada.tenantId, (tx) =>
    tx.select().from(mails).where(eq(mails.recipient, recipient)),
  );
  return rows[0];
};

test("a queued mail arrives as it was written, under its own Message-ID, and its words are erased", async () => {
  const to = `${newId()}@example.test`;
  await queue(to);
  const mail = await post.waitFor(to);
  expect(mail).toMatchObject({ subject: "Été: مرحبا", from: "Parlance <parlance@example.test>" });
  expect(mail.text.trim().replaceAll("\r\n", "\n")).toBe("Line one.\n\nLine two: é.");
  const row = await eventually(async () => {
    const found = await rowOf(to);
    expect(found).toMatchObject({ status: "sent", sealed: null, failure: null });
    return found;
  });
  expect(mail.messageId).toBe(`<${row?.id}@example.test>`);
});

test("of a transaction that fails no mail goes out", async () => {
  const to = `${newId()}@example.test`;
  const failing = inTx(context(), async (ctx) => {
    await queueMail(ctx, { to, subject: "No", text: "No" });
    throw new Error("The rest failed.");
  });
  await expect(failing).rejects.toThrow("The rest failed.");
  expect(await rowOf(to)).toBeUndefined();
});

test("a server that is busy is tried again by the job; words wait sealed, and a second job sends nothing", async () => {
  const to = `${newId()}@example.test`;
  // written without a job, to run the job's work by hand
  const jobs = { ...server.services.jobs, enqueue: async () => {} };
  await inTx({ ...context(), jobs }, (ctx) => queueMail(ctx, { to, subject: "Later", text: "secret-word" }));
  const queued = await rowOf(to);
  expect(queued?.sealed).not.toContain("secret-word");
  const mailId = queued?.id ?? "";
  post.refuseNext = 1;
  await expect(sendMail(context(), { mailId })).rejects.toMatchObject({ code: "UPSTREAM_FAILED" });
  expect(await rowOf(to)).toMatchObject({ status: "queued", attempts: 1 });
  await Promise.all([sendMail(context(), { mailId }), post.waitFor(to)]);
  await sendMail(context(), { mailId });
  expect(post.mails.filter((mail) => mail.to === to)).toHaveLength(1);
  expect(await rowOf(to)).toMatchObject({ status: "sent", attempts: 2 });
});

test("one that was given up says why, without its words, and is forgotten after 30 days", async () => {
  const to = `${newId()}@example.test`;
  const jobs = { ...server.services.jobs, enqueue: async () => {} };
  await inTx({ ...context(), jobs }, (ctx) => queueMail(ctx, { to, subject: "Never", text: "Never" }));
  const mailId = (await rowOf(to))?.id ?? "";
  expect(await giveUpMail(context(), { mailId }, new Error("No such mailbox."))).toEqual({
    recipient: to,
    failure: "No such mailbox.",
  });
  expect(await rowOf(to)).toMatchObject({ status: "failed", sealed: null });
  await tidyMails(context());
  expect(await rowOf(to)).toBeDefined();
  await tidyMails(context(new Date(Date.now() + 31 * 86_400_000)));
  expect(await rowOf(to)).toBeUndefined();
});

test.each([
  ["two addresses", { to: "a@example.test, b@example.test" }],
  ["a line break in the address", { to: "a@example.test\r\nBcc: b@example.test" }],
  ["a line break in the subject", { subject: "Hello\r\nBcc: b@example.test" }],
  ["no text", { text: "" }],
])("%s are refused", async (_title, change) => {
  await expect(queue("a@example.test", change)).rejects.toThrow();
});
