import { randomBytes } from "node:crypto";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { makeCertificate } from "../../../../../tests/harness/certificate.ts";
import { type OidcProvider, startOidcProvider } from "../../../../../tests/harness/oidc-provider.ts";
import { type SamlProvider, startSamlProvider } from "../../../../../tests/harness/saml-provider.ts";
import { colleague, refusal, refusalText } from "../../../../../tests/harness/scenarios.ts";
import type { TestUser } from "../../../../../tests/harness/server.ts";
import {
  connect,
  oidcSettings,
  openSsoBrowser,
  type SsoWorld,
  samlSettings,
  signInByOidc,
  startSsoWorld,
} from "../../../../../tests/harness/sso.ts";
import { contextFor } from "../../faces/principal.ts";
import { createVault, type Vault } from "../../platform/crypto/index.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { accounts, auditLog } from "../identity/identity.tables.ts";
import { customRoles } from "../identity/roles.tables.ts";
import { securityEvents } from "../identity/security.tables.ts";
import { openSecret, sealSecret } from "./client-secret.ts";
import { tidySso } from "./index.ts";
import { ssoConnections } from "./sso.tables.ts";

let world: SsoWorld;
let oidc: OidcProvider;
let saml: SamlProvider;

beforeAll(async () => {
  [oidc, saml] = await Promise.all([startOidcProvider(), startSamlProvider()]);
  world = await startSsoWorld([oidc.host, saml.host]);
});
afterAll(async () => {
  await world.close();
  await Promise.all([oidc.close(), saml.close()]);
});
beforeEach(() => {
  oidc.twist = {};
});

const sso = (user: TestUser) => user.trpc.enterpriseSecurity;
const rowsOf = (user: TestUser) =>
  inTx({ ...world.server.services, tenantId: user.tenantId }, (ctx) =>
    ctx.tx.select().from(ssoConnections).where(eq(ssoConnections.tenantId, user.tenantId)),
  );
const day = 86_400_000;

test("C01: a description that redirects inside is not followed, also when somebody signs in", async () => {
  const user = await world.server.signUp("Redirected");
  const settings = oidcSettings(oidc, "redirected.example");
  await connect(world, user, settings);
  oidc.twist = { redirectTo: "http://127.0.0.1:9/latest/meta-data" };
  const { ok, checks } = await sso(user).testSsoConfig.mutate();
  expect(ok).toBe(false);
  expect(checks[0]).toMatchObject({ check: "issuer", ok: false });
  expect(checks[0]?.message).toContain("not allowed");
  await expect(openSsoBrowser(world.server).start("a@redirected.example")).rejects.toThrow(
    "cannot be reached",
  );
  oidc.twist = { description: { token_endpoint: "http://127.0.0.1:9/token" } };
  expect(await signInByOidc(openSsoBrowser(world.server), oidc, "a@redirected.example")).toBe(
    "/sso?refused=PROVIDER_FAILED",
  );
});

test("the set-up shows what to paste and the record; the secret is sealed, kept, and never shown again", async () => {
  const user = await world.server.signUp("Secret");
  const { ours, roles, config } = await sso(user).getSsoConfig.query();
  expect(config).toBeNull();
  expect(roles.map((role) => role.id)).toEqual(["admin", "contentEditor", "agent", "member"]);
  const settings = oidcSettings(oidc, "Secret.Example");
  const saved = await sso(user).setSsoConfig.mutate(settings);
  expect(saved.ours).toEqual(ours);
  expect(saved.config).toMatchObject({
    domain: "secret.example",
    status: "off",
    hasSecret: true,
    domainVerifiedAt: null,
  });
  expect(JSON.stringify(saved)).not.toContain(oidc.client.secret);
  const [row] = await rowsOf(user);
  expect(JSON.stringify(row)).not.toContain(oidc.client.secret);
  const { clientId, issuer } = { clientId: oidc.client.id, issuer: oidc.issuer };
  const kept = await sso(user).setSsoConfig.mutate({ ...settings, oidc: { issuer, clientId } });
  expect(kept.config?.hasSecret).toBe(true);
  // to another issuer the kept secret does not go
  expect(
    await refusalText(
      sso(user).setSsoConfig.mutate({ ...settings, oidc: { issuer: "https://1.1.1.1", clientId } }),
    ),
  ).toContain("client secret");
  expect(
    await refusalText(sso(user).setSsoConfig.mutate({ ...settings, oidc: { issuer, clientId: "another" } })),
  ).toContain("client secret");
  const logged = await inTx({ ...world.server.services, tenantId: user.tenantId }, (ctx) =>
    ctx.tx.select().from(auditLog),
  );
  expect(
    logged
      .map((entry) => entry.action)
      .filter((action) => action.startsWith("sso."))
      .sort(),
  ).toEqual(["sso.changed", "sso.created"]);
  expect(JSON.stringify(logged)).not.toContain(oidc.client.secret);
  const events = await inTx({ ...world.server.services, tenantId: user.tenantId }, (ctx) =>
    ctx.tx.select().from(securityEvents).where(eq(securityEvents.kind, "sso_changed")),
  );
  expect(events).toHaveLength(2);
});

test("a role of the workspace's own may be the default, none beyond the caller's rights", async () => {
  const user = await world.server.signUp("Roles");
  const role = (rights: string[]) => ({ tenantId: user.tenantId, id: newId(), name: rights.join(), rights });
  const [small, great] = [role(["read bots"]), role(["manage sign-in"])];
  await inTx({ ...world.server.services, tenantId: user.tenantId }, (ctx) =>
    ctx.tx.insert(customRoles).values([small, great]),
  );
  const saved = await sso(user).setSsoConfig.mutate(
    oidcSettings(oidc, "roles.example", { defaultRole: small.id }),
  );
  expect(saved.config?.defaultRole).toBe(small.id);
  const limited = await colleague(world.server, user, "member");
  await world.server.services.db
    .system()
    .execute(`update members set role = '${great.id}' where user_id = '${limited.userId}'`);
  const attempt = sso(limited).setSsoConfig.mutate(
    oidcSettings(oidc, "roles.example", { defaultRole: "admin" }),
  );
  expect(await refusal(attempt)).toBe("FORBIDDEN");
  expect((await sso(limited).getSsoConfig.query()).roles.map(({ id }) => id)).toEqual([great.id]);
});

describe("a test says precisely what is wrong", () => {
  let user: TestUser;
  beforeAll(async () => {
    user = await world.server.signUp("Tester");
    await sso(user).setSsoConfig.mutate(oidcSettings(oidc, "tester.example"));
  });
  const result = async () => {
    const { checks } = await sso(user).testSsoConfig.mutate();
    return Object.fromEntries(checks.map(({ check, ok, message }) => [check, ok || message]));
  };
  test("all is well", async () => {
    expect(await result()).toEqual({ issuer: true, keys: true, secret: true });
  });
  test("of the description", async () => {
    oidc.twist = { description: { issuer: "https://other.example" } };
    expect((await result()).issuer).toContain("https://other.example");
    oidc.twist = { description: { token_endpoint: undefined } };
    expect((await result()).issuer).toContain("token_endpoint");
    oidc.twist = { description: { jwks_uri: `${oidc.issuer}/none` } };
    expect((await result()).keys).toContain("404");
  });
  test("of the client", async () => {
    const { clientId, issuer } = { clientId: oidc.client.id, issuer: oidc.issuer };
    const settings = {
      template: "oidc",
      domain: "tester.example",
      oidc: { issuer, clientId, clientSecret: "wrong" },
    } as const;
    await sso(user).setSsoConfig.mutate(settings);
    expect((await result()).secret).toContain("does not accept");
  });
  test("of certificates, by pasted or fetched metadata or by hand", async () => {
    const expired = makeCertificate("expired", { days: 0 }).certificate;
    const settings = samlSettings(saml, "tester.example");
    await sso(user).setSsoConfig.mutate({ ...settings, saml: { metadataUrl: saml.entityId } });
    expect(await result()).toEqual({ entryPoint: true, certificates: true });
    const { entityId, entryPoint } = saml;
    await sso(user).setSsoConfig.mutate({
      ...settings,
      saml: { entityId, entryPoint, certificate: expired },
    });
    expect((await result()).certificates).toContain("expired");
  });
});

describe("a domain", () => {
  test("is verified by its record, by one workspace only, and anew when it changes", async () => {
    const first = await world.server.signUp("First");
    const second = await world.server.signUp("Second");
    const settings = oidcSettings(oidc, "only.example");
    const { config } = await sso(first).setSsoConfig.mutate(settings);
    const record = config?.domainRecord ?? { name: "", value: "" };
    expect(await sso(first).verifySsoDomain.mutate()).toEqual({
      verified: false,
      problem: "missing",
      found: [],
    });
    world.dns.texts.set(record.name, ["another text"]);
    expect(await sso(first).verifySsoDomain.mutate()).toMatchObject({
      verified: false,
      problem: "different",
    });
    world.dns.texts.set(record.name, ["another text", record.value]);
    expect(await sso(first).verifySsoDomain.mutate()).toMatchObject({ verified: true });
    const theirs = await sso(second).setSsoConfig.mutate(settings);
    expect(theirs.config?.domainRecord.value).not.toBe(record.value);
    expect(await sso(second).verifySsoDomain.mutate()).toMatchObject({ problem: "different" });
    world.dns.texts.set(record.name, [record.value, theirs.config?.domainRecord.value ?? ""]);
    expect(await refusalText(sso(second).verifySsoDomain.mutate())).toContain("another workspace");
    const deeds = await inTx({ ...world.server.services, tenantId: first.tenantId }, (ctx) =>
      ctx.tx.select().from(auditLog).where(eq(auditLog.action, "sso.domain_verified")),
    );
    expect(deeds).toMatchObject([
      { actorId: first.userId, after: { domain: "only.example", domainVerified: true } },
    ]);
    // the first gives it up: another domain has to be verified anew, and the former is free
    await sso(first).setSsoConfig.mutate(oidcSettings(oidc, "changed.example"));
    expect((await sso(first).getSsoConfig.query()).config).toMatchObject({
      domainVerifiedAt: null,
      enabled: false,
    });
    expect(await sso(second).verifySsoDomain.mutate()).toMatchObject({ verified: true });
    await sso(second).removeSsoConfig.mutate();
    expect((await sso(second).getSsoConfig.query()).config).toBeNull();
  });

  test("whose record is gone is told of at once and lost after a week, and nobody signs in by it any more", async () => {
    const user = await world.server.signUp("Lost");
    await connect(world, user, oidcSettings(oidc, "lost.example"));
    const ctx = contextFor(
      world.server.services,
      { kind: "system", name: "maintenance" },
      user.tenantId,
      null,
    );
    const look = async () => {
      world.wait(day);
      await tidySso(ctx);
      return (await rowsOf(user))[0];
    };
    const texts = new Map(world.dns.texts);
    expect((await look())?.domainMissingSince).toBeNull();
    world.dns.texts.clear();
    expect((await look())?.domainMissingSince).not.toBeNull();
    world.dns.texts = texts;
    expect((await look())?.domainMissingSince).toBeNull();
    world.dns.texts = new Map();
    await look();
    world.wait(6 * day);
    expect((await look())?.domainVerifiedAt).toBeNull();
    expect(await openSsoBrowser(world.server).start("a@lost.example")).toBeNull();
    world.dns.texts = texts;
    world.wait(-11 * day);
  });
});

test("another provider or none: what the former one called people is forgotten", async () => {
  const user = await world.server.signUp("Mover");
  await connect(world, user, oidcSettings(oidc, "mover.example"));
  await signInByOidc(openSsoBrowser(world.server), oidc, "a@mover.example");
  const [row] = await rowsOf(user);
  const links = () =>
    world.server.services.db.system().$count(accounts, and(eq(accounts.providerId, `sso:${row?.id}`)));
  expect(await links()).toBe(1);
  await sso(user).setSsoConfig.mutate(samlSettings(saml, "mover.example", { enabled: true }));
  expect(await links()).toBe(0);
  expect((await rowsOf(user))[0]).toMatchObject({ sealedSecret: null, clientId: null });
  expect((await rowsOf(user))[0]?.id).not.toBe(row?.id);
});

test("a change of the server's own secret: the client secret is sealed anew within the hour", async () => {
  const user = await world.server.signUp("Sealed");
  await sso(user).setSsoConfig.mutate(oidcSettings(oidc, "sealed.example"));
  const { services } = world.server;
  const [former, current] = ["former", "current"].map((id) => ({ id, key: randomBytes(32) }));
  if (!former || !current) throw new Error("There are two keys.");
  const sealing = (vault: Vault) => ({ vault, tenantId: user.tenantId });
  const sealedSecret = sealSecret(sealing(createVault({ masterKeys: [former] })), "secret");
  await inTx({ ...services, tenantId: user.tenantId }, (ctx) =>
    ctx.tx.update(ssoConnections).set({ sealedSecret }),
  );
  const vault = createVault({ masterKeys: [current, former] });
  const actor = { kind: "system", name: "maintenance" } as const;
  await tidySso(contextFor({ ...services, vault }, actor, user.tenantId, null));
  const [row] = await rowsOf(user);
  expect(row && openSecret(sealing(createVault({ masterKeys: [current] })), row)).toBe("secret");
  // the running server knows neither of the two
  const { checks } = await sso(user).testSsoConfig.mutate();
  expect(checks.find(({ check }) => check === "secret")?.message).toContain("Enter it again");
});
