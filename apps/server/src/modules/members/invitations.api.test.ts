import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MailServer, startMailServer } from "../../../../../tests/harness/mail-server.ts";
import { colleague, refusal } from "../../../../../tests/harness/scenarios.ts";
import {
  password,
  postAuth,
  sessionOf,
  startTestServer,
  type TestServer,
  type TestUser,
} from "../../../../../tests/harness/server.ts";
import { auditLog, invitations, members, tenants, users } from "../identity/identity.tables.ts";

let server: TestServer;
let ada: TestUser;
let eve: TestUser;
beforeAll(async () => {
  server = await startTestServer({ PLATFORM_ADMINS: "boss@example.test" });
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
});
afterAll(() => server.close());

const system = () => server.services.db.system();
const address = () => `${crypto.randomUUID()}@example.test`;
const tokenOf = (link: string | null | undefined) => /token=([\w-]+)/.exec(link ?? "")?.[1] ?? "";
const accept = (token: unknown, more: object = { name: "New", password }, headers = {}) =>
  postAuth(server.url, "acceptInvitation", { token, ...more }, headers);

async function codeOf(response: Response): Promise<string> {
  const body = await response.json();
  return response.ok ? "done" : body.error.data.errorCode;
}

async function invite(by: TestUser, role = "member", email = address()) {
  const { invitations } = await by.trpc.users.invite.mutate({ emails: [email], role });
  const [invitation] = invitations;
  if (!invitation) throw new Error("Nobody was invited.");
  return { ...invitation, token: tokenOf(invitation.link) };
}

describe("an invitation", () => {
  test("is a link of 256 bits that only its hash is kept of, and tells who invites where", async () => {
    const { token, email, link } = await invite(ada, "agent");
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    expect(link?.startsWith(`${server.url}/invite`)).toBe(true);
    const rows = JSON.stringify(await system().select().from(invitations));
    expect(rows).not.toContain(token);
    expect(await server.guest.auth.invitation.query({ token })).toMatchObject({
      email,
      tenant: { name: "Ada" },
      inviter: { name: "Ada" },
      role: "agent",
      hasAccount: false,
    });
    const listed = await ada.trpc.users.listInvitations.query({ search: email });
    expect(listed.items).toMatchObject([{ email, status: "pending", can: { resend: true, revoke: true } }]);
    expect(JSON.stringify(listed)).not.toContain(token);
  });

  test("makes a new account a member, signed in where it was invited", async () => {
    const team = await ada.trpc.teams.create.mutate({ name: "Support" });
    const email = address();
    const { invitations } = await ada.trpc.users.invite.mutate({
      emails: [email.toUpperCase()],
      role: "agent",
      teamId: team.id,
    });
    const token = tokenOf(invitations[0]?.link);
    expect(await codeOf(await accept(token, {}))).toBe("VALIDATION_ERROR");
    const response = await accept(token, { name: "Nia New", password });
    expect(response.ok).toBe(true);
    const { session } = await sessionOf(server.url, response);
    expect(session).toMatchObject({
      user: { email, name: "Nia New", role: "USER" },
      tenant: { id: ada.tenantId },
      role: "agent",
    });
    const found = await ada.trpc.users.get.query({ userId: session.user.id });
    expect(found.teams).toEqual([{ id: team.id, name: "Support" }]);
    expect((await postAuth(server.url, "login", { email, password })).ok).toBe(true);
    const entries = await server.services.db.withTenant(ada.tenantId, (tx) =>
      tx.select().from(auditLog).where(eq(auditLog.action, "invitation.accepted")),
    );
    expect(entries).toMatchObject([{ actorId: session.user.id, after: { role: "agent" } }]);
  });

  test("lets an account's owner in who is signed in as the address, and nobody else", async () => {
    const { token } = await invite(ada, "agent", eve.email);
    expect(await codeOf(await accept(token))).toBe("UNAUTHORIZED");
    const mallory = await server.signUp("Mallory");
    expect(await codeOf(await accept(token, {}, mallory.headers))).toBe("UNAUTHORIZED");
    const response = await accept(token, {}, eve.headers);
    expect(response.ok).toBe(true);
    const { session } = await sessionOf(server.url, response);
    expect(session).toMatchObject({ user: { id: eve.userId }, tenant: { id: ada.tenantId }, role: "agent" });
    expect(await eve.trpc.auth.getSession.query()).toBeNull(); // the token of before is dead
  });

  test("A13: of one tenant is redeemed in no other, and with no other role", async () => {
    const other = await server.signUp("Other tenant");
    const invited = await invite(ada, "agent", other.email);
    for (const act of [
      () => other.trpc.users.resendInvitation.mutate({ invitationId: invited.id }),
      () => other.trpc.users.revokeInvitation.mutate({ invitationId: invited.id }),
    ]) {
      expect(await refusal(act())).toBe("NOT_FOUND");
    }
    const sneaky = { tenantId: other.tenantId, organizationId: other.tenantId, role: "owner" };
    expect((await accept(invited.token, sneaky, other.headers)).ok).toBe(true);
    const rows = await system()
      .select({ tenant: members.organizationId, role: members.role })
      .from(members)
      .where(eq(members.userId, other.userId));
    expect(rows.sort((a, b) => a.role.localeCompare(b.role))).toEqual([
      { tenant: ada.tenantId, role: "agent" },
      { tenant: other.tenantId, role: "owner" },
    ]);
  });

  test("works for no other token, not for nothing, and once", async () => {
    const { token } = await invite(ada);
    const wrong: [unknown, string][] = [
      [null, "VALIDATION_ERROR"],
      ["", "VALIDATION_ERROR"],
      [[], "VALIDATION_ERROR"],
      [[token], "VALIDATION_ERROR"],
      [{ token }, "VALIDATION_ERROR"],
      [undefined, "VALIDATION_ERROR"],
      ["null", "NOT_FOUND"],
      [`${token}x`, "NOT_FOUND"],
      [token.slice(1), "NOT_FOUND"],
    ];
    for (const [value, code] of wrong)
      expect([value, await codeOf(await accept(value))]).toEqual([value, code]);
    expect(await codeOf(await accept(token))).toBe("done");
    expect(await codeOf(await accept(token))).toBe("NOT_FOUND");
    expect(await refusal(server.guest.auth.invitation.query({ token }))).toBe("NOT_FOUND");
  });

  test("redeemed 20 times at once succeeds once", { timeout: 60_000 }, async () => {
    const { token, email } = await invite(ada);
    const codes = await Promise.all(Array.from({ length: 20 }, async () => codeOf(await accept(token))));
    expect(codes.filter((code) => code === "done")).toHaveLength(1);
    // who comes while the winner's account is there and the link not yet used up is told to sign in to it
    for (const code of codes.filter((code) => code !== "done")) {
      expect(["NOT_FOUND", "UNAUTHORIZED"]).toContain(code);
    }
    expect(await system().$count(users, eq(users.email, email))).toBe(1);
  });

  test("ends when it is taken back, sent anew, or seven days old", async () => {
    const revoked = await invite(ada);
    await ada.trpc.users.revokeInvitation.mutate({ invitationId: revoked.id });
    const renewed = await invite(ada);
    const { link } = await ada.trpc.users.resendInvitation.mutate({ invitationId: renewed.id });
    const again = await invite(ada, "member", renewed.email);
    const old = await invite(ada);
    await system()
      .update(invitations)
      .set({ expiresAt: new Date(new Date(old.expiresAt).getTime() - 7 * 24 * 3_600_000 - 1_000) })
      .where(eq(invitations.id, old.id));
    expect(again.id).toBe(renewed.id);
    for (const token of [revoked.token, renewed.token, tokenOf(link), old.token]) {
      expect(await codeOf(await accept(token))).toBe("NOT_FOUND");
    }
    expect(await codeOf(await accept(again.token))).toBe("done");
    const { items } = await ada.trpc.users.listInvitations.query({ search: old.email });
    expect(items).toMatchObject([{ status: "expired" }]);
  });

  test("is worth no more than its sender: not once they are demoted or gone", async () => {
    const admin = await colleague(server, ada, "admin");
    const { token } = await invite(admin, "admin");
    await system().update(members).set({ role: "agent" }).where(ofAda(admin));
    expect(await codeOf(await accept(token))).toBe("NOT_FOUND");
    await system().update(members).set({ role: "admin" }).where(ofAda(admin));
    await ada.trpc.users.deactivate.mutate({ userId: admin.userId });
    expect(await codeOf(await accept(token))).toBe("NOT_FOUND");
  });

  test("is no way in by a password where the address comes by single sign-on alone", async () => {
    const domain = "sso-only.example.test";
    await system().update(tenants).set({ ssoOnlyDomain: domain }).where(eq(tenants.id, eve.tenantId));
    const { token } = await invite(ada, "member", `nia@${domain}`);
    expect(await codeOf(await accept(token))).toBe("SSO_REQUIRED");
    expect(await system().$count(users, eq(users.email, `nia@${domain}`))).toBe(0);
  });

  test("leaves members alone, and makes no administrator of the installation", async () => {
    const known = await colleague(server, ada, "agent");
    const result = await ada.trpc.users.invite.mutate({ emails: [known.email], role: "admin" });
    expect(result).toEqual({ invitations: [], alreadyMembers: [known.email] });
    const boss = await invite(ada, "member", "boss@example.test");
    const { session } = await sessionOf(server.url, await accept(boss.token));
    expect(session.user.role).toBe("USER");
    const [row] = await system().select().from(users).where(eq(users.id, session.user.id));
    expect(row?.emailVerified).toBe(false); // the inviter saw the link, so that it proves nothing
  });
});

const ofAda = ({ userId }: TestUser) =>
  and(eq(members.organizationId, ada.tenantId), eq(members.userId, userId));

test("a member of this workspace alone gets a link to choose a password, which works once", async () => {
  const { token, email } = await invite(ada);
  const { session } = await sessionOf(server.url, await accept(token));
  const { link } = await ada.trpc.users.createResetLink.mutate({ userId: session.user.id });
  const reset = (words: string) =>
    postAuth(server.url, "resetPassword", { token: tokenOf(link), password: words });
  expect((await reset("another horse")).ok).toBe(true);
  expect(await codeOf(await reset("a third horse"))).toBe("NOT_FOUND");
  expect((await postAuth(server.url, "login", { email, password: "another horse" })).ok).toBe(true);
});

describe("where mail can be sent", () => {
  let mail: MailServer;
  let mailing: TestServer;
  beforeAll(async () => {
    mail = await startMailServer();
    mailing = await startTestServer({ SMTP_URL: mail.url, MAIL_FROM: "parlance@example.test" });
  });
  afterAll(async () => {
    await mailing.close();
    await mail.close();
  });

  test("the link goes to the mailbox alone, in the tenant's words, and proves the address", async () => {
    const owner = { name: "Mia\r\nBcc: all@example.test", email: address(), password };
    await postAuth(mailing.url, "register", owner);
    const { text: welcome } = await mail.waitFor(owner.email);
    await postAuth(mailing.url, "verifyEmail", { token: tokenOf(welcome) });
    const { headers } = await sessionOf(mailing.url, await postAuth(mailing.url, "login", owner));
    const call = async (procedure: string, input: object) => {
      const response = await fetch(`${mailing.url}/trpc/users.${procedure}`, {
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: JSON.stringify(input),
      });
      return (await response.json()).result.data;
    };
    const email = address();
    expect((await call("invite", { emails: [email], role: "agent" })).invitations).toMatchObject([
      { email, link: null },
    ]);
    const { text, subject } = await mail.waitFor(email);
    expect(subject).toContain("Mia");
    expect(text).toContain(`${mailing.url}/invite`);
    const response = await postAuth(mailing.url, "acceptInvitation", {
      token: tokenOf(text),
      name: "Nia",
      password,
    });
    const { session } = await sessionOf(mailing.url, response);
    const [row] = await mailing.services.db
      .system()
      .select()
      .from(users)
      .where(eq(users.id, session.user.id));
    expect(row?.emailVerified).toBe(true);
    expect(await call("createResetLink", { userId: session.user.id })).toEqual({ link: null });
    expect((await mail.waitFor(email)).text).toContain("/reset-password");
  });
});
