import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openBrowser, type TestBrowser } from "../../../../../../tests/harness/browser.ts";
import { startMailServer } from "../../../../../../tests/harness/mail-server.ts";
import { refusal } from "../../../../../../tests/harness/scenarios.ts";
import { appCode, signUpWithApp } from "../../../../../../tests/harness/second-factor.ts";
import { password, startTestServer, type TestServer } from "../../../../../../tests/harness/server.ts";
import { newId } from "../../../platform/ids/index.ts";
import { createAccount, hashPassword } from "../auth/create-account.ts";
import { securityEvents } from "../security.tables.ts";

let server: TestServer;
/** How far the server's clock is ahead. */
let ahead = 0;
beforeAll(async () => {
  server = await startTestServer();
  server.services.now = () => new Date(Date.now() + ahead);
});
beforeEach(() => {
  ahead = 0;
});
afterAll(() => server.close());

const cookie = "parlance.device";
const days = (count: number) => count * 24 * 3600_000;

/** Someone with an app whose second browser is trusted, and signed out there. */
async function withTrusted() {
  const ada = await signUpWithApp(server);
  const laptop = openBrowser(server);
  await ada.signIn(laptop);
  await laptop.trpc.mfa.verify.mutate({ code: appCode(server, ada.secret), trustDevice: true });
  const [device] = (await laptop.trpc.enterpriseSecurity.listTrustedDevices.query()).items;
  if (!device) throw new Error("No device is trusted.");
  return { ada, laptop, device, email: ada.email };
}

async function eventsOf(userId: string) {
  return server.services.db
    .system()
    .select({ kind: securityEvents.kind, detail: securityEvents.detail })
    .from(securityEvents)
    .where(eq(securityEvents.userId, userId));
}

const status = async (browser: TestBrowser, email: string) =>
  (await browser.trpc.auth.login.mutate({ email, password })).status;

test("a trusted device is named, says from where it was used, and asks for no code", async () => {
  const { laptop, device, email } = await withTrusted();
  expect(device).toMatchObject({ name: "Firefox · Linux", ipAddress: "127.0.0.1", isCurrent: true });
  expect(await status(laptop, email)).toBe("signed-in");
  expect(await laptop.trpc.auth.getSession.query()).toMatchObject({ secondFactor: "shown" });
  await laptop.trpc.enterpriseSecurity.trustDevice.mutate({ name: "My laptop" });
  expect((await laptop.trpc.enterpriseSecurity.listTrustedDevices.query()).items).toMatchObject([
    { id: device.id, name: "My laptop" },
  ]);
});

test("the cookie changes at each use: a copy of the last one is worth nothing", async () => {
  const { laptop, email } = await withTrusted();
  const thief = openBrowser(server, { like: laptop });
  expect(await status(laptop, email)).toBe("signed-in");
  expect(laptop.cookies.get(cookie)).not.toBe(thief.cookies.get(cookie));
  expect(await status(thief, email)).toBe("second-factor");
});

test("neither another person's device cookie nor a forged one is trusted", async () => {
  const { laptop } = await withTrusted();
  const other = await signUpWithApp(server);
  const taken = openBrowser(server);
  taken.cookies.set(cookie, laptop.cookies.get(cookie) ?? "");
  expect(await status(taken, other.email)).toBe("second-factor");
  for (const forged of ["", "x", "x".repeat(5_000), "%00", "a=b", `${laptop.cookies.get(cookie)}x`]) {
    const browser = openBrowser(server);
    browser.cookies.set(cookie, forged);
    expect(await status(browser, other.email), forged.slice(0, 20)).toBe("second-factor");
  }
});

describe("trust ends", () => {
  test("after 30 days", async () => {
    const { laptop, email } = await withTrusted();
    ahead = days(29);
    expect(await status(laptop, email)).toBe("signed-in");
    ahead = days(31);
    expect(await status(laptop, email)).toBe("second-factor");
  });

  test("when it is revoked: at once, also for what is open there", async () => {
    const { ada, laptop, device, email } = await withTrusted();
    await ada.browser.trpc.enterpriseSecurity.revokeTrustedDevice.mutate({ id: device.id });
    expect(await refusal(laptop.trpc.bot.list.query({}))).toBe("MFA_REQUIRED");
    expect(await status(laptop, email)).toBe("second-factor");
    expect((await ada.browser.trpc.enterpriseSecurity.listTrustedDevices.query()).items).toEqual([]);
    const kinds = (await eventsOf(ada.userId)).map(({ kind }) => kind);
    expect(kinds).toEqual(expect.arrayContaining(["device_trusted", "device_revoked"]));
  });

  test("when the password changes", async () => {
    const { ada, laptop, email } = await withTrusted();
    await ada.browser.trpc.user.changePassword.mutate({
      currentPassword: password,
      newPassword: "other horse",
    });
    const answer = await laptop.trpc.auth.login.mutate({ email, password: "other horse" });
    expect(answer.status).toBe("second-factor");
  });

  test("when two-step verification is turned off, also once it is on again", async () => {
    const { ada, laptop, email } = await withTrusted();
    const { mfa } = ada.browser.trpc;
    await mfa.disable.mutate({});
    const { secret } = await mfa.setup.mutate({});
    await mfa.verify.mutate({ code: appCode(server, secret) });
    expect(await status(laptop, email)).toBe("second-factor");
  });
});

test("who showed no second factor trusts nothing; foreign and absent devices are NOT_FOUND alike; programs have none", async () => {
  const { ada, device } = await withTrusted();
  const plain = openBrowser(server);
  await plain.trpc.auth.register.mutate({ name: "Bob", email: `${newId()}@example.test`, password });
  const security = plain.trpc.enterpriseSecurity;
  expect(await refusal(security.trustDevice.mutate({}))).toBe("ILLEGAL_TRANSITION");
  for (const id of [device.id, newId()]) {
    expect(await refusal(security.revokeTrustedDevice.mutate({ id }))).toBe("NOT_FOUND");
  }
  expect(await refusal(security.trustDevice.mutate({ name: "x".repeat(61) }))).toBe("VALIDATION_ERROR");
  expect(await refusal(security.listTrustedDevices.query({ page: 1, pageSize: 101 }))).toBe(
    "VALIDATION_ERROR",
  );
  const refused = [
    server.guest.enterpriseSecurity.listTrustedDevices.query(),
    server.guest.enterpriseSecurity.trustDevice.mutate({}),
    server.guest.enterpriseSecurity.revokeTrustedDevice.mutate({ id: device.id }),
  ];
  for (const code of await Promise.all(refused.map(refusal))) expect(code).toBe("UNAUTHORIZED");
  const { secret: key } = await ada.browser.trpc.apiKeys.create.mutate({ name: "Site" });
  const asProgram = await fetch(`${server.url}/trpc/enterpriseSecurity.listTrustedDevices`, {
    headers: { authorization: `Bearer ${key}` },
  });
  expect(asProgram.status).toBe(403);
});

test("a sign-in from where the person never was is told of once, by event and by mail, and never the first", async () => {
  const mail = await startMailServer();
  const mailing = await startTestServer({ SMTP_URL: mail.url, MAIL_FROM: "no-reply@example.test" });
  const email = `${newId()}@example.test`;
  const passwordHash = await hashPassword(mailing.services, password);
  await createAccount(mailing.services, { name: "Ada", email, passwordHash, emailVerified: true });
  const signIn = async (userAgent: string, like?: TestBrowser) => {
    const browser = openBrowser(mailing, { userAgent, like });
    await browser.trpc.auth.login.mutate({ email, password });
    return browser;
  };
  await signIn("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0");
  const iPhone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Safari/604.1";
  const phone = await signIn(iPhone);
  const { subject, text } = await mail.waitFor(email);
  expect(subject).toBe("New sign-in to your Parlance account");
  expect(text).toContain("Safari · iPhone");
  await signIn(iPhone, phone);
  // a program keeps no cookies: it is known by its name and place
  for (const _ of [1, 2]) await signIn("curl/8");
  const events = await mailing.services.db.system().select().from(securityEvents);
  const told = events.filter(({ kind }) => kind === "new_device").map(({ detail }) => detail);
  expect(told).toEqual([{ device: "Safari · iPhone" }, { device: "curl" }]);
  await mailing.close();
  await mail.close();
});
