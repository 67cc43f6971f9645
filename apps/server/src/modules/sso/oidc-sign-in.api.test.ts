import { eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createAuthenticator } from "../../../../../tests/harness/authenticator.ts";
import { type OidcProvider, startOidcProvider } from "../../../../../tests/harness/oidc-provider.ts";
import { refusal } from "../../../../../tests/harness/scenarios.ts";
import { password, type TestUser } from "../../../../../tests/harness/server.ts";
import {
  connect,
  memberOf,
  oidcSettings,
  openSsoBrowser,
  type SsoWorld,
  signInByOidc,
  startSsoWorld,
} from "../../../../../tests/harness/sso.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { members, tenants, users } from "../identity/identity.tables.ts";
import { securityEvents } from "../identity/security.tables.ts";
import { oidcTwists } from "./testing/oidc-twists.ts";

let world: SsoWorld;
let provider: OidcProvider;
let other: OidcProvider;
let owner: TestUser;

beforeAll(async () => {
  [provider, other] = await Promise.all([startOidcProvider(), startOidcProvider()]);
  world = await startSsoWorld([provider.host, other.host]);
  owner = await world.server.signUp("Owner");
  await connect(world, owner, oidcSettings(provider, "corp.example", { defaultRole: "agent" }));
});
afterAll(async () => {
  await world.close();
  await Promise.all([provider.close(), other.close()]);
});
beforeEach(() => {
  provider.person = {};
  provider.twist = {};
});

const system = () => world.server.services.db.system();

/** Codes and reasons of the tenant's refused sign-ins, newest last. */
async function failures(tenantId: string): Promise<string[]> {
  const rows = await inTx({ ...world.server.services, tenantId }, (ctx) =>
    ctx.tx
      .select()
      .from(securityEvents)
      .where(eq(securityEvents.kind, "sign_in_failed"))
      .orderBy(securityEvents.createdAt),
  );
  return rows.map((row) => JSON.stringify(row.detail));
}

test("somebody of the domain signs in, gets an account and a membership, and arrives where they wanted to", async () => {
  provider.person = { name: "Bea Bell" };
  const browser = openSsoBrowser(world.server);
  const page = await signInByOidc(browser, provider, "Bea@Corp.Example", "/inbox?tab=mine");
  expect(page).toBe("/inbox?tab=mine");
  const session = await browser.session();
  expect(session).toMatchObject({
    role: "agent",
    tenant: { id: owner.tenantId },
    user: { email: "bea@corp.example" },
  });
  expect(await memberOf(world.server, owner.tenantId, "bea@corp.example")).toMatchObject({
    role: "agent",
    name: "Bea Bell",
    emailVerified: true,
  });
  // again: the same account, known by what the provider calls them
  provider.person = { sub: "subject of Bea@Corp.Example" };
  await signInByOidc(openSsoBrowser(world.server), provider, "bea@corp.example");
  expect(await system().$count(users, eq(users.email, "bea@corp.example"))).toBe(1);
});

test("the tokens' keys, the code's proof and the secret all went to the provider, and nothing was asked twice", async () => {
  const before = provider.requests.length;
  await signInByOidc(openSsoBrowser(world.server), provider, "cleo@corp.example");
  expect(provider.requests.slice(before)).toEqual([
    "/.well-known/openid-configuration",
    "/authorize",
    "/.well-known/openid-configuration",
    "/token",
    "/keys",
  ]);
});

test.each(oidcTwists)(
  "a token $title signs nobody in, and is recorded",
  async ({ twist = {}, person = {}, code, reason }) => {
    provider.twist = twist;
    provider.person = person;
    const browser = openSsoBrowser(world.server);
    const page = await signInByOidc(browser, provider, "dan@corp.example");
    expect(page).toBe(`/sso?refused=${code}`);
    await expect(browser.session()).rejects.toThrow("There is no session");
    const last = (await failures(owner.tenantId)).at(-1);
    expect(last).toContain(code);
    expect(last).toContain(reason);
    expect(await memberOf(world.server, owner.tenantId, "dan@corp.example")).toBeNull();
  },
);

describe("an answer counts once, in the browser that began, at the tenant's own address", () => {
  test("B05: a code that another browser began is refused, and so is a second use", async () => {
    provider.person = { sub: "eve", email: "eve@corp.example", email_verified: true };
    const attacker = openSsoBrowser(world.server);
    const back = await provider.approve((await attacker.start("eve@corp.example")) ?? "");
    const victim = openSsoBrowser(world.server);
    await victim.start("vic@corp.example"); // has a cookie of its own
    expect((await victim.go(back.href)).location).toBe("/sso?refused=NOT_BEGUN_HERE");
    expect((await attacker.go(back.href)).location).toBe("/sso?refused=NOT_BEGUN_HERE"); // spent

    const again = await provider.approve((await attacker.start("eve@corp.example")) ?? "");
    expect((await attacker.go(again.href)).location).toBe("/");
    expect((await attacker.go(again.href)).location).toBe("/sso?refused=NOT_BEGUN_HERE");
  });

  test("B05: a state that nobody began, none, and one that is too old are refused", async () => {
    const browser = openSsoBrowser(world.server);
    const back = await provider.approve((await browser.start("fay@corp.example")) ?? "");
    const foreign = new URL(back);
    foreign.searchParams.set("state", "foreign");
    expect((await browser.go(foreign.href)).location).toBe("/sso?refused=NOT_BEGUN_HERE");
    foreign.searchParams.delete("state");
    expect((await browser.go(foreign.href)).location).toBe("/sso?refused=NOT_BEGUN_HERE");
    world.wait(11 * 60_000);
    expect((await browser.go(back.href)).location).toBe("/sso?refused=NOT_BEGUN_HERE");
    world.wait(-11 * 60_000);
  });

  test("what was begun at one tenant is worth nothing at another's address", async () => {
    const second = await world.server.signUp("Second");
    await connect(world, second, oidcSettings(other, "second.example"));
    provider.person = { sub: "gil", email: "gil@second.example", email_verified: true };
    const browser = openSsoBrowser(world.server);
    const back = await provider.approve((await browser.start("gil@corp.example")) ?? "");
    const crossed = back.href.replace(owner.tenantId, second.tenantId);
    expect((await browser.go(crossed)).location).toBe("/sso?refused=NOT_BEGUN_HERE");
    // and the first tenant's provider speaks for no address of the second's
    expect((await browser.go(back.href)).location).toBe("/sso?refused=OTHER_DOMAIN");
    expect(await memberOf(world.server, second.tenantId, "gil@second.example")).toBeNull();
  });

  test("a provider that says no, an answer of another issuer, and ids of nobody", async () => {
    const browser = openSsoBrowser(world.server);
    const denied = new URL((await browser.start("hal@corp.example")) ?? "");
    const back = new URL(denied.searchParams.get("redirect_uri") ?? "");
    back.searchParams.set("state", denied.searchParams.get("state") ?? "");
    back.searchParams.set("error", "access_denied");
    expect((await browser.go(back.href)).location).toBe("/sso?refused=PROVIDER_REFUSED");
    const mixed = await provider.approve((await browser.start("hal@corp.example")) ?? "");
    mixed.searchParams.set("iss", other.issuer);
    expect((await browser.go(mixed.href)).location).toBe("/sso?refused=NOT_TRUSTED");
    const nobody = `/api/auth/sso/callback/${newId()}?state=a&code=b`;
    expect((await browser.go(nobody)).location).toBe("/sso?refused=NOT_AVAILABLE");
    expect((await browser.go("/api/auth/sso/callback/none?state=a")).status).toBe(404);
  });
});

describe("who is let in", () => {
  const put = async (values: Partial<typeof users.$inferInsert> & { email: string }) => {
    const id = newId();
    await system()
      .insert(users)
      .values({ id, name: "Known", emailVerified: true, ...values });
    return id;
  };
  const come = (email: string) => signInByOidc(openSsoBrowser(world.server), provider, email);

  test("an account with the same confirmed address is linked; an unconfirmed one is not taken over", async () => {
    const userId = await put({ email: "ida@corp.example" });
    expect(await come("ida@corp.example")).toBe("/");
    expect(await memberOf(world.server, owner.tenantId, "ida@corp.example")).toMatchObject({ userId });
    await put({ email: "jon@corp.example", emailVerified: false });
    expect(await come("jon@corp.example")).toBe("/sso?refused=ACCOUNT_NOT_CONFIRMED");
  });

  test("a linked account whose address moved to another domain is not reached any more", async () => {
    expect(await come("kim@corp.example")).toBe("/");
    await system()
      .update(users)
      .set({ email: "kim@elsewhere.example" })
      .where(eq(users.email, "kim@corp.example"));
    expect(await come("kim@corp.example")).toBe("/sso?refused=OTHER_DOMAIN");
  });

  test("suspended people, people whose membership was ended, and everybody of a suspended workspace stay out", async () => {
    await put({ email: "lea@corp.example", status: "SUSPENDED" });
    expect(await come("lea@corp.example")).toBe("/sso?refused=ACCOUNT_SUSPENDED");
    expect(await come("max@corp.example")).toBe("/");
    const max = await memberOf(world.server, owner.tenantId, "max@corp.example");
    await system()
      .update(members)
      .set({ deactivatedAt: new Date() })
      .where(eq(members.userId, max?.userId ?? ""));
    expect(await come("max@corp.example")).toBe("/sso?refused=MEMBERSHIP_ENDED");
    await system().update(tenants).set({ status: "suspended" }).where(eq(tenants.id, owner.tenantId));
    try {
      expect(await come("ned@corp.example")).toBe("/sso?refused=WORKSPACE_SUSPENDED");
    } finally {
      await system().update(tenants).set({ status: "active" }).where(eq(tenants.id, owner.tenantId));
    }
  });

  test("a second factor that the workspace asks for is asked of them too", async () => {
    await system().update(tenants).set({ requireMfa: true }).where(eq(tenants.id, owner.tenantId));
    const browser = openSsoBrowser(world.server);
    try {
      await signInByOidc(browser, provider, "ora@corp.example");
      expect((await browser.session()).secondFactor).toBe("missing");
    } finally {
      await system().update(tenants).set({ requireMfa: false }).where(eq(tenants.id, owner.tenantId));
    }
  });

  test("without passwords the domain's people need the provider, the workspace's owners do not", async () => {
    const { userId } = await world.server.signUp("Pia");
    const emailOf = (id: string, email: string) =>
      system().update(users).set({ email }).where(eq(users.id, id));
    await emailOf(userId, "pia@corp.example");
    await emailOf(owner.userId, "boss@corp.example");
    const { auth, passkeys } = openSsoBrowser(world.server).trpc;
    const login = (email: string) => auth.login.mutate({ email, password });
    await login("pia@corp.example");
    const device = createAuthenticator(world.server.url);
    const { challenge } = await passkeys.startRegistration.mutate({});
    await passkeys.finishRegistration.mutate({ response: device.register(challenge) });
    const byPasskey = async () => {
      const { trpc } = openSsoBrowser(world.server);
      const started = await trpc.passkeys.startSignIn.mutate();
      return trpc.passkeys.finishSignIn.mutate({ response: device.signIn(started.challenge) });
    };
    await byPasskey();
    const allow = (passwordAllowed: boolean) =>
      owner.trpc.enterpriseSecurity.setSsoConfig.mutate({
        template: "oidc",
        domain: "corp.example",
        defaultRole: "agent",
        enabled: true,
        passwordAllowed,
      });
    await allow(false);
    expect(await refusal(login("pia@corp.example"))).toBe("SSO_REQUIRED");
    const wrong = auth.login.mutate({ email: "pia@corp.example", password: "wrong horse" });
    expect(await refusal(wrong)).toBe("UNAUTHORIZED"); // tells nobody anything who does not know the password
    expect(await refusal(byPasskey())).toBe("SSO_REQUIRED");
    const newcomer = { name: "Quy", email: "new@corp.example", password };
    expect(await refusal(world.server.guest.auth.register.mutate(newcomer))).toBe("SSO_REQUIRED");
    await login("boss@corp.example");
    await allow(true);
    await login("pia@corp.example");
  });
});

test.each([
  ["https://evil.example/", "/"],
  ["//evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/api/auth/sign-out", "/"],
  ["/bots/1?tab=a#b", "/bots/1?tab=a#b"],
])("after signing in %s leads to %s", async (next, expected) => {
  expect(await signInByOidc(openSsoBrowser(world.server), provider, "quy@corp.example", next)).toBe(expected);
});

test("an unknown domain, a domain below and one whose connection is off begin nothing, and look alike", async () => {
  const browser = openSsoBrowser(world.server);
  expect(await browser.start("who@unknown.example")).toBeNull();
  expect(await browser.start("who@a.corp.example")).toBeNull();
  const third = await world.server.signUp("Third");
  const settings = oidcSettings(other, "third.example");
  await connect(world, third, settings);
  expect(await browser.start("who@third.example")).not.toBeNull();
  const back = await other.approve((await browser.start("who@third.example")) ?? "");
  await third.trpc.enterpriseSecurity.setSsoConfig.mutate({ ...settings, enabled: false });
  expect(await browser.start("who@third.example")).toBeNull();
  expect((await browser.go(back.href)).location).toBe("/sso?refused=NOT_AVAILABLE");
});
