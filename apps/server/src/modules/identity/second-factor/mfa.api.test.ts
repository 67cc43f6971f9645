import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { openBrowser } from "../../../../../../tests/harness/browser.ts";
import { refusal } from "../../../../../../tests/harness/scenarios.ts";
import {
  appCode,
  halfSignedIn,
  signUpWithApp,
  wrongCode,
} from "../../../../../../tests/harness/second-factor.ts";
import {
  password,
  startTestServer,
  type TestServer,
  type TestUser,
  type TrpcClient,
} from "../../../../../../tests/harness/server.ts";
import { auditLog } from "../identity.tables.ts";
import { securityEvents } from "../security.tables.ts";
import { resealSecondFactors } from "./reseal.ts";
import { twoFactors } from "./second-factor.tables.ts";

let server: TestServer;
let plain: TestUser;
/** How far the server's clock is ahead. */
let ahead = 0;
beforeAll(async () => {
  server = await startTestServer();
  server.services.now = () => new Date(Date.now() + ahead);
  plain = await server.signUp("Plain");
});
beforeEach(() => {
  ahead = 0;
});
afterAll(() => server.close());

const minutes = (count: number) => count * 60_000;

async function kindsOf(tenantId: string): Promise<string[]> {
  const rows = await server.services.db
    .system()
    .select({ kind: securityEvents.kind })
    .from(securityEvents)
    .where(eq(securityEvents.tenantId, tenantId))
    .orderBy(securityEvents.sequence);
  return rows.map((row) => row.kind);
}

const twenty = <Item>(make: () => Promise<Item>) => Promise.all(Array.from({ length: 20 }, make));
const outcomes = async (calls: Promise<unknown>[]) =>
  (await Promise.allSettled(calls)).filter(({ status }) => status === "fulfilled").length;

describe("setting up", () => {
  type Call = (mfa: TrpcClient["mfa"]) => Promise<unknown>;
  const refused: [title: string, code: string, call: Call][] = [
    ["a wrong password", "VALIDATION_ERROR", (mfa) => mfa.setup.mutate({ password: "wrong horse" })],
    ["an empty password", "VALIDATION_ERROR", (mfa) => mfa.setup.mutate({ password: "" })],
    ["a password of 257", "VALIDATION_ERROR", (mfa) => mfa.setup.mutate({ password: "x".repeat(257) })],
    ["a code before any setup", "ILLEGAL_TRANSITION", (mfa) => mfa.verify.mutate({ code: "123456" })],
    ["a code of five letters", "VALIDATION_ERROR", (mfa) => mfa.verify.mutate({ code: "12345" })],
    ["a code of 41 letters", "VALIDATION_ERROR", (mfa) => mfa.verify.mutate({ code: "1".repeat(41) })],
    ["new codes for none", "ILLEGAL_TRANSITION", (mfa) => mfa.regenerateBackupCodes.mutate({})],
    ["turning off what is off", "ILLEGAL_TRANSITION", (mfa) => mfa.disable.mutate({})],
  ];
  test.each(refused)("%s is refused; a guest is, whatever it is", async (_title, code, call) => {
    expect(await refusal(call(plain.trpc.mfa))).toBe(code);
    // what is no input at all is refused as such only to someone signed in
    expect(await refusal(call(server.guest.mfa))).toBe("UNAUTHORIZED");
  });

  test("gives a secret, its address and a picture, and changes nothing before a code was shown", async () => {
    const ada = await server.signUp("Ada");
    const first = await ada.trpc.mfa.setup.mutate({});
    const { secret, uri, qrSvg } = await ada.trpc.mfa.setup.mutate({ password });
    expect(secret).not.toBe(first.secret);
    expect(uri).toContain(`secret=${secret}`);
    expect(qrSvg).toMatch(/^<svg/);
    expect(await ada.trpc.mfa.status.query()).toMatchObject({ enabled: false, secondFactor: "not needed" });
    expect(await refusal(ada.trpc.mfa.verify.mutate({ code: appCode(server, first.secret) }))).toBe(
      "VALIDATION_ERROR",
    );
  });

  test("is confirmed by the password once the session is older than ten minutes", async () => {
    const ada = await server.signUp("Ada");
    ahead = minutes(11);
    expect(await ada.trpc.mfa.status.query()).toMatchObject({ confirmBy: "password", hasPassword: true });
    expect(await refusal(ada.trpc.mfa.setup.mutate({}))).toBe("VALIDATION_ERROR");
    await ada.trpc.mfa.setup.mutate({ password });
  });

  test("ends with ten backup codes and another session token, and is in both logs", async () => {
    const browser = openBrowser(server);
    await browser.trpc.auth.register.mutate({
      name: "Ada",
      email: `${crypto.randomUUID()}@example.test`,
      password,
    });
    const { secret } = await browser.trpc.mfa.setup.mutate({});
    const copy = openBrowser(server, { like: browser });
    const { backupCodes } = await browser.trpc.mfa.verify.mutate({ code: appCode(server, secret) });
    expect(new Set(backupCodes).size).toBe(10);
    expect(await copy.trpc.auth.getSession.query()).toBeNull();
    expect(await browser.trpc.mfa.status.query()).toMatchObject({
      enabled: true,
      secondFactor: "shown",
      backupCodesLeft: 10,
    });
    expect(await refusal(browser.trpc.mfa.setup.mutate({}))).toBe("CONFLICT");

    const { tenant } = (await browser.trpc.auth.getSession.query()) ?? {};
    expect(await kindsOf(tenant?.id ?? "")).toContain("mfa_enabled");
    const [enabled] = await server.services.db
      .system()
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.tenantId, tenant?.id ?? ""), eq(auditLog.action, "mfa.enabled")));
    expect(enabled).toMatchObject({ before: { twoFactorEnabled: false }, after: { twoFactorEnabled: true } });
    const all = JSON.stringify(await server.services.db.system().select().from(auditLog));
    for (const word of [secret, ...(backupCodes ?? [])]) expect(all).not.toContain(word);
  });
});

describe("the second step", () => {
  test("is all that a session may do which began by the password alone", async () => {
    const ada = await signUpWithApp(server);
    const browser = openBrowser(server);
    expect(await ada.signIn(browser)).toEqual({ status: "second-factor" });
    expect(await browser.trpc.auth.getSession.query()).toMatchObject({ secondFactor: "missing" });
    const refused = [
      browser.trpc.bot.list.query({}),
      browser.trpc.user.me.query(),
      browser.trpc.auth.listSessions.query({}),
      browser.trpc.auth.revokeOtherSessions.mutate(),
      browser.trpc.mfa.disable.mutate({ password }),
      browser.trpc.mfa.regenerateBackupCodes.mutate({ password }),
      browser.trpc.passkeys.startRegistration.mutate({ password }),
      browser.trpc.enterpriseSecurity.trustDevice.mutate({}),
      browser.trpc.user.changePassword.mutate({ currentPassword: password, newPassword: "another horse" }),
    ];
    for (const code of await Promise.all(refused.map(refusal))) expect(code).toBe("MFA_REQUIRED");
    expect(await refusal(browser.trpc.mfa.setup.mutate({ password }))).toBe("CONFLICT");
    const copy = openBrowser(server, { like: browser });
    await browser.trpc.mfa.verify.mutate({ code: appCode(server, ada.secret) });
    await browser.trpc.bot.list.query({});
    expect(await copy.trpc.auth.getSession.query()).toBeNull();
  });

  test("may come with the password", async () => {
    const ada = await signUpWithApp(server);
    const { trpc } = openBrowser(server);
    const code = appCode(server, ada.secret);
    expect(await trpc.auth.login.mutate({ email: ada.email, password, code })).toEqual({
      status: "signed-in",
    });
    expect(await trpc.auth.getSession.query()).toMatchObject({ secondFactor: "shown" });
  });

  test("replay: of twenty uses of one code at the same time one succeeds, and none after", async () => {
    const ada = await signUpWithApp(server);
    const browsers = await twenty(() => halfSignedIn(server, ada.userId));
    const code = appCode(server, ada.secret);
    expect(await outcomes(browsers.map(({ trpc }) => trpc.mfa.verify.mutate({ code })))).toBe(1);
    const late = await halfSignedIn(server, ada.userId);
    expect(await refusal(late.trpc.mfa.verify.mutate({ code }))).toBe("VALIDATION_ERROR");
    // nor an earlier one that nobody used
    expect(await refusal(late.trpc.mfa.verify.mutate({ code: appCode(server, ada.secret, -1) }))).toBe(
      "VALIDATION_ERROR",
    );
    await late.trpc.mfa.verify.mutate({ code: appCode(server, ada.secret, 1) });
  });

  test("brute force: five wrong codes over all ways lock, each lock is longer, and a right one clears them", async () => {
    const ada = await signUpWithApp(server);
    const browser = openBrowser(server);
    await ada.signIn(browser);
    const wrong = wrongCode(server, ada.secret);
    const guess = (code: string) => browser.trpc.mfa.verify.mutate({ code });
    const guessAtSignIn = (code: string) =>
      openBrowser(server).trpc.auth.login.mutate({ email: ada.email, password, code });
    for (const call of [
      () => guess(wrong),
      () => guessAtSignIn(wrong),
      () => guess("aaaaa-aaaaa"),
      () => guessAtSignIn(wrong),
    ]) {
      expect(await refusal(call())).toBe("VALIDATION_ERROR");
    }
    expect(await refusal(guess(wrong))).toBe("TOO_MANY_REQUESTS");
    expect(await refusal(guess(appCode(server, ada.secret)))).toBe("TOO_MANY_REQUESTS");
    expect(await refusal(guessAtSignIn(appCode(server, ada.secret)))).toBe("TOO_MANY_REQUESTS");
    expect(await refusal(guess(ada.backupCodes[0] ?? ""))).toBe("TOO_MANY_REQUESTS");
    expect((await browser.trpc.mfa.status.query()).lockedUntil).not.toBeNull();

    ahead = minutes(1) + 1000;
    const parallel = await Promise.allSettled(Array.from({ length: 12 }, () => guess(wrong)));
    expect(parallel.every(({ status }) => status === "rejected")).toBe(true);
    ahead += minutes(1) + 1000; // the second lock takes five
    expect(await refusal(guess(appCode(server, ada.secret)))).toBe("TOO_MANY_REQUESTS");
    ahead += minutes(4);
    await guess(appCode(server, ada.secret));
    const kinds = await kindsOf(ada.tenantId);
    expect(kinds.filter((kind) => kind === "mfa_failed")).toHaveLength(8);
    expect(kinds.filter((kind) => kind === "locked_out")).toHaveLength(2);
  });

  test("a backup code works once, also when it is used twenty times at once", async () => {
    const ada = await signUpWithApp(server);
    const [code = "", second = ""] = ada.backupCodes;
    const browsers = await twenty(() => halfSignedIn(server, ada.userId));
    expect(await outcomes(browsers.map(({ trpc }) => trpc.mfa.verify.mutate({ code })))).toBe(1);
    ahead = minutes(6); // nineteen were wrong tries
    const browser = await halfSignedIn(server, ada.userId);
    expect(await refusal(browser.trpc.mfa.verify.mutate({ code }))).toBe("VALIDATION_ERROR");
    expect(await browser.trpc.mfa.verify.mutate({ code: second.toUpperCase().replace("-", "") })).toEqual({
      backupCodes: null,
      backupCodesLeft: 8,
    });
    expect(await kindsOf(ada.tenantId)).toContain("backup_code_used");
  });
});

describe("changing it", () => {
  test("new backup codes make the former ones worthless", async () => {
    const ada = await signUpWithApp(server);
    const { backupCodes } = await ada.browser.trpc.mfa.regenerateBackupCodes.mutate({});
    expect(backupCodes).toHaveLength(10);
    const browser = openBrowser(server);
    await ada.signIn(browser);
    expect(await refusal(browser.trpc.mfa.verify.mutate({ code: ada.backupCodes[0] ?? "" }))).toBe(
      "VALIDATION_ERROR",
    );
    await browser.trpc.mfa.verify.mutate({ code: backupCodes[0] ?? "" });
  });

  test("what was sealed under a former secret is sealed again, and goes on working", async () => {
    const ada = await signUpWithApp(server);
    const { db, log, vault } = server.services;
    const find = async () =>
      (await db.system().select().from(twoFactors).where(eq(twoFactors.userId, ada.userId)))[0];
    const before = await find();
    await resealSecondFactors({ db, log, vault });
    expect(await find()).toEqual(before);
    await resealSecondFactors({ db, log, vault: { ...vault, isCurrent: () => false } });
    expect((await find())?.secret).not.toBe(before?.secret);
    const code = ada.backupCodes[0] ?? "";
    await (await halfSignedIn(server, ada.userId)).trpc.mfa.verify.mutate({ code });
    await (await halfSignedIn(server, ada.userId)).trpc.mfa.verify.mutate({
      code: appCode(server, ada.secret),
    });
  });

  test("turning it off needs the password, rotates the session, and asks for no code any more", async () => {
    const ada = await signUpWithApp(server);
    ahead = minutes(11);
    expect(await refusal(ada.browser.trpc.mfa.disable.mutate({}))).toBe("VALIDATION_ERROR");
    expect(await refusal(ada.browser.trpc.mfa.disable.mutate({ password: "wrong horse" }))).toBe(
      "VALIDATION_ERROR",
    );
    const copy = openBrowser(server, { like: ada.browser });
    await ada.browser.trpc.mfa.disable.mutate({ password });
    expect(await copy.trpc.auth.getSession.query()).toBeNull();
    expect(await ada.browser.trpc.auth.getSession.query()).toMatchObject({ secondFactor: "not needed" });
    expect(await ada.signIn(openBrowser(server))).toEqual({ status: "signed-in" });
    expect(await kindsOf(ada.tenantId)).toContain("mfa_disabled");
  });
});
