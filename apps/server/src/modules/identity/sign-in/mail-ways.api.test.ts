import { request as httpRequest } from "node:http";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { eventually } from "../../../../../../tests/harness/eventually.ts";
import { linkIn, type MailServer, startMailServer } from "../../../../../../tests/harness/mail-server.ts";
import { refusal, refusalText } from "../../../../../../tests/harness/scenarios.ts";
import {
  postAuth,
  sessionOf,
  startTestServer,
  type TestServer,
} from "../../../../../../tests/harness/server.ts";
import { newId } from "../../../platform/ids/index.ts";
import { createRateLimiter } from "../../../platform/rate-limit/index.ts";
import { mails } from "../../mail/mail.tables.ts";
import { users, verifications } from "../identity.tables.ts";
import { resetPassword } from "./reset-password.ts";

/** An installation with a mail server: addresses are verified, and passwords reset by a link. */
let server: TestServer;
let post: MailServer;
let now = new Date();

beforeAll(async () => {
  post = await startMailServer();
  server = await startTestServer({ SMTP_URL: post.url, MAIL_FROM: "Parlance <parlance@example.test>" });
  server.services.now = () => now;
});
afterAll(async () => {
  await server.close();
  await post.close();
});
beforeEach(() => {
  server.services.rateLimiter = createRateLimiter();
});

const first = "correct horse";
const register = (email: string, language?: "fr" | "ar") =>
  server.guest.auth.register.mutate({
    name: "Ada",
    email,
    password: first,
    ...(language ? { language } : {}),
  });
const tokenOf = (link: URL) => new URLSearchParams(link.hash.slice(1)).get("token") ?? "";
const signIn = (email: string, password = first) => postAuth(server.url, "login", { email, password });

/** Someone who has confirmed their address. */
async function confirmed(): Promise<string> {
  const email = `${newId()}@example.test`;
  await register(email);
  await server.guest.auth.verifyEmail.mutate({ token: tokenOf(linkIn(await post.waitFor(email))) });
  return email;
}

async function resetLink(email: string): Promise<URL> {
  await server.guest.auth.requestPasswordReset.mutate({ email });
  return linkIn(await post.waitFor(email));
}

describe("an address is confirmed", () => {
  test("before anyone signs in, by a link that works once", async () => {
    const email = `${newId()}@example.test`;
    expect(await register(email)).toEqual({ status: "verify-email" });
    const mail = await post.waitFor(email);
    expect(mail).toMatchObject({
      subject: "Confirm your email address",
      from: "Parlance <parlance@example.test>",
    });
    const early = await signIn(email);
    expect(await early.json()).toEqual({ result: { data: { status: "verify-email" } } });
    expect(early.headers.getSetCookie()).toEqual([]);
    const again = tokenOf(linkIn(await post.waitFor(email)));

    const token = tokenOf(linkIn(mail));
    await server.guest.auth.verifyEmail.mutate({ token });
    for (const used of [token, again]) {
      expect(await refusal(server.guest.auth.verifyEmail.mutate({ token: used }))).toBe("NOT_FOUND");
    }
    const { session } = await sessionOf(server.url, await signIn(email));
    expect(session.user.email).toBe(email);
    const [row] = await server.services.db.system().select().from(users).where(eq(users.email, email));
    expect(row).toMatchObject({ emailVerified: true, status: "ACTIVE" });
  });

  test("B07: signing up answers the same for an address that is taken, whose owner gets a mail", async () => {
    const email = await confirmed();
    const answers = [];
    for (const address of [email, `${newId()}@example.test`]) {
      const response = await postAuth(server.url, "register", {
        name: "Eve",
        email: address,
        password: "battery staple",
      });
      answers.push([response.status, await response.text(), response.headers.getSetCookie()]);
    }
    expect(answers[0]).toEqual(answers[1]);
    const mail = await post.waitFor(email);
    expect(mail.subject).toBe("You already have an account");
    expect(linkIn(mail).pathname).toBe("/sign-in");
    expect((await signIn(email, "battery staple")).status).toBe(401);
    expect((await signIn(email)).status).toBe(200);
  });

  test.each([
    ["fr", "Confirmez votre adresse e-mail"],
    ["ar", "أكّد بريدك الإلكتروني"],
  ] as const)("in the language of the person: %s", async (language, subject) => {
    const email = `${newId()}@example.test`;
    await register(email, language);
    expect((await post.waitFor(email)).subject).toBe(subject);
  });
});

describe("a password is reset", () => {
  test("by a link that works once, ends every session, and confirms the address", async () => {
    const email = `${newId()}@example.test`;
    await register(email);
    await post.waitFor(email);
    const link = await resetLink(email);
    expect(`${link.origin}${link.pathname}${link.search}`).toBe(`${server.url}/reset-password`);
    const token = tokenOf(link);
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const reset = (password: string) => server.guest.auth.resetPassword.mutate({ token, password });
    await reset("battery staple");
    expect(await refusal(reset("third password"))).toBe("NOT_FOUND");
    expect((await signIn(email)).status).toBe(401);
    const { headers } = await sessionOf(server.url, await signIn(email, "battery staple"));

    const next = tokenOf(await resetLink(email));
    await server.guest.auth.resetPassword.mutate({ token: next, password: "fourth password" });
    const answer = await fetch(`${server.url}/trpc/auth.getSession`, { headers });
    expect((await answer.json()).result.data).toBeNull();
  });

  test("B02: the link goes to the server's own address, whatever the request says of the host", async () => {
    const email = await confirmed();
    const status = await new Promise<number>((resolve, reject) => {
      const body = JSON.stringify({ email });
      const request = httpRequest(`${server.url}/trpc/auth.requestPasswordReset`, {
        method: "POST",
        headers: {
          host: "evil.example",
          "x-forwarded-host": "evil.example",
          "x-forwarded-proto": "https",
          forwarded: "host=evil.example",
          "x-original-url": "https://evil.example/",
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
        },
      });
      request.on("response", (response) => resolve(response.resume().statusCode ?? 0));
      request.on("error", reject);
      request.end(body);
    });
    expect(status).toBe(200);
    const mail = await post.waitFor(email);
    expect(linkIn(mail).origin).toBe(server.url);
    expect(mail.text).not.toContain("evil");
  });

  test("B01: not by an empty, absent, listed, foreign or made-up token", async () => {
    const email = await confirmed();
    const real = tokenOf(await resetLink(email));
    for (const token of [
      null,
      undefined,
      "",
      [],
      [real],
      {},
      { $ne: "" },
      0,
      true,
      "a".repeat(19),
      "a".repeat(201),
    ]) {
      const response = await postAuth(server.url, "resetPassword", { token, password: "battery staple" });
      expect((await response.json()).error.data.errorCode, JSON.stringify(token)).toBe("VALIDATION_ERROR");
    }
    const verifying = `${newId()}@example.test`;
    await register(verifying);
    const other = tokenOf(linkIn(await post.waitFor(verifying)));
    const texts = [];
    for (const token of ["a".repeat(43), other, real.toUpperCase(), `${real}=`, `%${real.slice(1)}`]) {
      texts.push(
        await refusalText(server.guest.auth.resetPassword.mutate({ token, password: "battery staple" })),
      );
    }
    expect(new Set(texts).size).toBe(1);
    expect((await signIn(email)).status).toBe(200);
  });

  test("not by a link of two hours ago", async () => {
    const token = tokenOf(await resetLink(await confirmed()));
    const before = now;
    now = new Date(before.getTime() + 2 * 3_600_000);
    expect(await refusal(server.guest.auth.resetPassword.mutate({ token, password: first }))).toBe(
      "NOT_FOUND",
    );
    now = before;
    await server.guest.auth.resetPassword.mutate({ token, password: "battery staple" });
  });

  test("of 100 redemptions at once one succeeds", { timeout: 120_000 }, async () => {
    const email = await confirmed();
    const token = tokenOf(await resetLink(email));
    const results = await Promise.allSettled(
      Array.from({ length: 100 }, (_, n) =>
        resetPassword({ services: server.services, ipAddress: null }, { token, password: `password ${n}` }),
      ),
    );
    expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const winner = results.findIndex(({ status }) => status === "fulfilled");
    expect((await signIn(email, `password ${winner}`)).status).toBe(200);
  });

  test("B07: asking answers the same for an unknown address, which gets no mail; too often gets none either", async () => {
    const known = await confirmed();
    const unknown = `${newId()}@example.test`;
    const ask = async (email: string) => {
      const response = await postAuth(server.url, "requestPasswordReset", { email });
      return `${response.status} ${await response.text()}`;
    };
    const answers = new Set<string>();
    for (const email of [known, unknown]) for (let n = 0; n < 8; n++) answers.add(await ask(email));
    expect(answers.size).toBe(1);
    await post.waitFor(known);
    await eventually(async () => expect(await server.services.jobs.check()).toBeUndefined());
    expect(post.mails.filter(({ to }) => to === unknown)).toEqual([]);
    expect(post.mails.filter(({ to }) => to === known).length).toBeLessThanOrEqual(5);
  });

  test("what opens an account is kept nowhere in clear", async () => {
    const email = await confirmed();
    const token = tokenOf(await resetLink(email));
    const system = server.services.db.system();
    const tables = await system.execute(
      "select table_schema || '.' || table_name as name from information_schema.tables where table_type = 'BASE TABLE' and table_schema in ('public', 'jobs')",
    );
    for (const { name } of tables.rows) {
      const rows = await system.execute(`select t::text as row from ${String(name)} t`);
      expect(
        rows.rows.filter(({ row }) => String(row).includes(token)),
        String(name),
      ).toEqual([]);
    }
    expect(await system.$count(verifications)).toBeGreaterThan(0);
    const sent = await system.select().from(mails).where(eq(mails.recipient, email));
    expect(sent.every(({ sealed, status }) => status === "sent" && sealed === null)).toBe(true);
  });
});
