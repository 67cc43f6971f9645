import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type SamlProvider,
  type SamlTwist,
  startSamlProvider,
} from "../../../../../tests/harness/saml-provider.ts";
import type { TestUser } from "../../../../../tests/harness/server.ts";
import {
  connect,
  memberOf,
  openSsoBrowser,
  type SsoBrowser,
  type SsoWorld,
  samlSettings,
  startSsoWorld,
} from "../../../../../tests/harness/sso.ts";
import { inTx } from "../../platform/ctx/index.ts";
import { securityEvents } from "../identity/security.tables.ts";
import { samlTwists } from "./testing/saml-twists.ts";

let world: SsoWorld;
let provider: SamlProvider;
let other: SamlProvider;
let owner: TestUser;
let second: TestUser;

beforeAll(async () => {
  [provider, other] = await Promise.all([startSamlProvider(), startSamlProvider()]);
  world = await startSsoWorld([provider.host]);
  owner = await world.server.signUp("Owner");
  second = await world.server.signUp("Second");
  await connect(world, owner, samlSettings(provider, "corp.example"));
  await connect(world, second, samlSettings(other, "second.example"));
});
afterAll(async () => {
  await world.close();
  await Promise.all([provider.close(), other.close()]);
});

async function lastFailure(): Promise<string> {
  const rows = await inTx({ ...world.server.services, tenantId: owner.tenantId }, (ctx) =>
    ctx.tx
      .select()
      .from(securityEvents)
      .where(eq(securityEvents.kind, "sign_in_failed"))
      .orderBy(securityEvents.createdAt),
  );
  return JSON.stringify(rows.at(-1)?.detail ?? null);
}

/** Begins, has the provider answer, posts what it answers as another site's form: gives where that leads. */
async function answer(browser: SsoBrowser, email: string, twist: SamlTwist = {}) {
  provider.email = email;
  const url = await browser.start(email, "/inbox");
  const { action, form } = provider.respond(url ?? "", twist);
  const { location } = await browser.go(action, { form, cookies: "none" });
  return { action, form, location: location ?? "" };
}

test("somebody of the domain signs in by an assertion, in two steps, and is a member afterwards", async () => {
  const browser = openSsoBrowser(world.server);
  const { location } = await answer(browser, "Bea@corp.example", {
    attributes: { givenName: "Bea", sn: "Bell" },
  });
  expect(location).toMatch(/^\/api\/auth\/sso\/finish\//);
  const arrived = await browser.go(location);
  expect(arrived).toMatchObject({ status: 303, location: "/inbox" });
  expect(await browser.session()).toMatchObject({ role: "member", tenant: { id: owner.tenantId } });
  expect(await memberOf(world.server, owner.tenantId, "bea@corp.example")).toMatchObject({
    name: "Bea Bell",
  });
  expect((await browser.go(location)).location).toBe("/sso?refused=NOT_BEGUN_HERE"); // a ticket is good once
});

test.each(["response", "both"] as const)("a signature of the %s is enough", async (sign) => {
  const browser = openSsoBrowser(world.server);
  const { location } = await answer(browser, "cleo@corp.example", { sign });
  expect((await browser.go(location)).location).toBe("/inbox");
});

test.each(samlTwists)(
  "an assertion $title signs nobody in, and is recorded",
  async ({ twist, code, reason }) => {
    const browser = openSsoBrowser(world.server);
    const { location } = await answer(browser, "dan@corp.example", twist);
    expect(location).toBe(`/sso?refused=${code}`);
    const kept = await lastFailure();
    expect(kept).toContain(code);
    expect(kept).toContain(reason);
    expect(await memberOf(world.server, owner.tenantId, "dan@corp.example")).toBeNull();
  },
);

test("an assertion counts once: not again, and not for a request of somebody else", async () => {
  const browser = openSsoBrowser(world.server);
  const { action, form, location } = await answer(browser, "eve@corp.example");
  expect((await browser.go(action, { form, cookies: "none" })).location).toBe("/sso?refused=NOT_BEGUN_HERE");
  expect((await browser.go(location)).location).toBe("/inbox");
  expect((await browser.go(action, { form, cookies: "none" })).location).toBe("/sso?refused=NOT_BEGUN_HERE");
  const url = new URL((await openSsoBrowser(world.server).start("eve@corp.example")) ?? "");
  form.set("RelayState", url.searchParams.get("RelayState") ?? "");
  expect((await browser.go(action, { form, cookies: "none" })).location).toBe("/sso?refused=NOT_BEGUN_HERE");
});

test("B05: an assertion that another browser asked for signs nobody in here", async () => {
  const attacker = openSsoBrowser(world.server);
  const { location } = await answer(attacker, "eve@corp.example");
  const victim = openSsoBrowser(world.server);
  await victim.start("vic@corp.example"); // has a cookie of its own
  expect((await victim.go(location)).location).toBe("/sso?refused=NOT_BEGUN_HERE");
  expect((await openSsoBrowser(world.server).go(location)).location).toBe("/sso?refused=NOT_BEGUN_HERE");
  const guessed = location.replace(/ticket=.*/, "ticket=guessed");
  expect((await attacker.go(guessed)).location).toBe("/sso?refused=NOT_BEGUN_HERE");
  world.wait(3 * 60_000);
  expect((await attacker.go(location)).location).toBe("/sso?refused=NOT_BEGUN_HERE"); // a ticket lasts two minutes
  world.wait(-3 * 60_000);
});

test("a provider speaks at its own tenant's address and for its own domain only", async () => {
  const browser = openSsoBrowser(world.server);
  const { action, form } = await answer(browser, "fay@corp.example", { email: "fay@second.example" });
  const crossed = action.replace(owner.tenantId, second.tenantId);
  expect((await browser.go(crossed, { form, cookies: "none" })).location).toBe("/sso?refused=NOT_TRUSTED");
  const own = await answer(browser, "fay@corp.example", { email: "fay@second.example" });
  expect((await browser.go(own.location)).location).toBe("/sso?refused=OTHER_DOMAIN");
  expect(await memberOf(world.server, second.tenantId, "fay@second.example")).toBeNull();
});

test("where it was chosen, the provider's portal may begin: once for each assertion, to a page of ours", async () => {
  const settings = { template: "saml", domain: "corp.example", enabled: true } as const;
  await owner.trpc.enterpriseSecurity.setSsoConfig.mutate({ ...settings, idpInitiated: true });
  const begun = openSsoBrowser(world.server);
  provider.email = "gil@corp.example";
  const url = (await begun.start("gil@corp.example")) ?? "";
  const { action, form } = provider.respond(url, { inResponseTo: null });
  form.set("RelayState", "https://evil.example/");
  const portal = openSsoBrowser(world.server);
  const { location } = await portal.go(action, { form, cookies: "none" });
  expect((await portal.go(location ?? "")).location).toBe("/");
  expect(await portal.session()).toMatchObject({ user: { email: "gil@corp.example" } });
  expect((await portal.go(action, { form, cookies: "none" })).location).toBe("/sso?refused=NOT_BEGUN_HERE");
  await owner.trpc.enterpriseSecurity.setSsoConfig.mutate({ ...settings, idpInitiated: false });
});

test("a form is read at the address for assertions and nowhere else", async () => {
  const form = new URLSearchParams({ SAMLResponse: "eA==" });
  const { url } = world.server;
  for (const path of ["/trpc/auth.ssoStart", "/api/chat", "/api/auth/callback/google"]) {
    const response = await fetch(`${url}${path}`, { method: "POST", body: form });
    expect(response.status).toBeGreaterThanOrEqual(400);
  }
  const incomplete = await fetch(`${url}/api/auth/sso/acs/${owner.tenantId}`, {
    method: "POST",
    body: new URLSearchParams({ RelayState: "x" }),
  });
  expect(incomplete.status).toBe(400);
});

test("the metadata name our addresses", async () => {
  const { ours } = await owner.trpc.enterpriseSecurity.getSsoConfig.query();
  const response = await fetch(ours.metadataUrl);
  expect(response.headers.get("content-type")).toContain("application/samlmetadata+xml");
  const text = await response.text();
  expect(text).toContain(`entityID="${ours.entityId}"`);
  expect(text).toContain(`Location="${ours.acsUrl}"`);
});
