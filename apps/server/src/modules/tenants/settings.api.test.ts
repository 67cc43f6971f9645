import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openWidget } from "../../../../../tests/harness/chat.ts";
import { colleague, play, refusal, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import {
  sessionOf,
  startTestServer,
  type TestServer,
  type TestUser,
} from "../../../../../tests/harness/server.ts";
import { newId } from "../../platform/ids/index.ts";
import { allowedOrigins } from "../widgets/index.ts";

/* A workspace's settings, a second one, and the domains that it allows. */

let server: TestServer;
let ada: TestUser;
let eve: TestUser;

beforeAll(async () => {
  server = await startTestServer({ RATE_LIMIT_SCALE: "10000" });
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
});
afterAll(() => server.close());

describe("tenant.update", () => {
  const bad = (input: object): Scenario => ({
    title: JSON.stringify(input).slice(0, 80),
    as: () => ada.trpc,
    call: (t) => t.tenant.update.mutate(input),
    refused: "VALIDATION_ERROR",
  });
  const good = (input: object): Scenario => {
    const { refused: _, ...scenario } = bad(input);
    return scenario;
  };
  const deep = (levels: number): object => (levels === 0 ? {} : { a: deep(levels - 1) });
  const png = (length: number) => `data:image/png;base64,${"A".repeat(length)}`;
  test.each([
    bad({ name: "" }),
    bad({ name: "  " }),
    good({ name: "x".repeat(100) }),
    bad({ name: "x".repeat(101) }),
    bad({ subdomain: "ab" }),
    good({ subdomain: "abc" }),
    good({ subdomain: "A-Shop" }),
    good({ subdomain: "x".repeat(63) }),
    bad({ subdomain: "x".repeat(64) }),
    bad({ subdomain: "-abc" }),
    bad({ subdomain: "abc-" }),
    bad({ subdomain: "a--b" }),
    bad({ subdomain: "a.b" }),
    bad({ subdomain: "caf\u00e9" }),
    bad({ subdomain: "admin" }),
    bad({ subdomain: "WWW" }),
    good({ subdomain: null }),
    good({ language: "ar" }),
    bad({ language: "de" }),
    good({ language: null }),
    good({ timeZone: "Europe/Paris" }),
    bad({ timeZone: "Europe/Atlantis" }),
    bad({ timeZone: "+02:00" }),
    good({ timeZone: null }),
    good({ logo: png(40) }),
    bad({ logo: png(100_000) }),
    bad({ logo: "data:image/svg+xml;base64,AAAA" }),
    bad({ logo: "https://elsewhere.example/logo.png" }),
    good({ logo: null }),
    good({ allowedDomains: Array.from({ length: 50 }, (_, n) => `a${n}.example`) }),
    bad({ allowedDomains: Array.from({ length: 51 }, (_, n) => `a${n}.example`) }),
    bad({ allowedDomains: ["https://shop.example"] }),
    bad({ allowedDomains: ["shop.example/path"] }),
    bad({ allowedDomains: [""] }),
    good({ allowedDomains: [] }),
    good({ settings: { note: "x".repeat(8_000) } }),
    bad({ settings: { note: "x".repeat(8_192) } }),
    good({ settings: deep(4) }),
    bad({ settings: deep(5) }),
    bad({ settings: { ["k".repeat(65)]: 1 } }),
    bad({ settings: [] }),
    good({ settings: {} }),
    good({}),
  ])("$title", play);

  test("answers what holds now, and is in the audit log with what was before", async () => {
    const before = await eve.trpc.tenant.get.query();
    const after = await eve.trpc.tenant.update.mutate({
      name: "Eve & Co",
      subdomain: "eve-co",
      language: "fr",
      timeZone: "Africa/Cairo",
      allowedDomains: ["Shop.Example", "shop.example"],
      settings: { theme: { accent: "red" } },
    });
    expect(after).toEqual({
      ...before,
      name: "Eve & Co",
      subdomain: "eve-co",
      language: "fr",
      timeZone: "Africa/Cairo",
      allowedDomains: ["shop.example"],
      settings: { theme: { accent: "red" } },
    });
    expect(await eve.trpc.tenant.get.query()).toEqual(after);
    expect((await eve.trpc.auth.getSession.query())?.tenant.name).toBe("Eve & Co");
    const { items } = await eve.trpc.audit.list.query({ action: "tenant.updated" });
    expect(items[0]).toMatchObject({ before: { name: "Eve" }, after: { name: "Eve & Co", slug: "eve-co" } });
    await eve.trpc.tenant.update.mutate({ name: "Eve", allowedDomains: [] });
  });

  test("of two that want one name in addresses, at once too, one gets it", async () => {
    expect(await refusal(ada.trpc.tenant.update.mutate({ subdomain: "eve-co" }))).toBe("CONFLICT");
    const wish = (user: TestUser) =>
      user.trpc.tenant.update.mutate({ subdomain: "north" }).then(
        () => "has it",
        () => "refused",
      );
    expect((await Promise.all([wish(ada), wish(eve)])).sort()).toEqual(["has it", "refused"]);
  });

  test("is for owners and admins", async () => {
    for (const role of ["contentEditor", "agent", "member"] as const) {
      const { trpc } = await colleague(server, ada, role);
      expect(await refusal(trpc.tenant.update.mutate({ name: "Mine" }))).toBe("FORBIDDEN");
      expect(await refusal(trpc.tenant.get.query())).toBe("FORBIDDEN");
    }
    const admin = await colleague(server, ada, "admin");
    expect((await admin.trpc.tenant.get.query()).allowed).toEqual({
      update: true,
      export: false,
      delete: false,
    });
    expect(await refusal(server.guest.tenant.update.mutate({ name: "Mine" }))).toBe("UNAUTHORIZED");
  });
});

describe("a second workspace", () => {
  test("is its maker's own, shares nothing, and is worked in after a switch under a new token", async () => {
    const zoe = await server.signUp("Zoe");
    await zoe.trpc.bot.create.mutate({ name: "Of the first" });
    const { id } = await zoe.trpc.tenant.create.mutate({ name: "Second" });
    expect((await zoe.trpc.auth.getSession.query())?.tenant.id).toBe(zoe.tenantId);
    const switched = await fetch(`${server.url}/trpc/auth.switchTenant`, {
      method: "POST",
      headers: { ...zoe.headers, "content-type": "application/json" },
      body: JSON.stringify({ tenantId: id }),
    });
    expect(switched.status).toBe(200);
    const { session, headers } = await sessionOf(server.url, switched);
    expect(session.tenant).toMatchObject({ id, name: "Second" });
    expect(session.role).toBe("owner");
    const get = (path: string, as: Record<string, string>) =>
      fetch(`${server.url}/trpc/${path}`, { headers: as });
    expect((await (await get("bot.list", headers)).json()).result.data.items).toEqual([]);
    expect((await get("bot.list", zoe.headers)).status).toBe(401); // the former token is dead
    expect((await (await get("auth.listTenants", headers)).json()).result.data).toMatchObject([
      { id, isCurrent: true, role: "owner" },
      { id: zoe.tenantId, isCurrent: false, role: "owner" },
    ]);
  });

  test("is the twenty-first for nobody, also when two ask at once", async () => {
    const many = await server.signUp("Many");
    for (let n = 1; n < 19; n++) await many.trpc.tenant.create.mutate({ name: `No. ${n}` });
    const one = () =>
      many.trpc.tenant.create.mutate({ name: "One more" }).then(
        () => "made",
        () => "refused",
      );
    expect((await Promise.all([one(), one()])).sort()).toEqual(["made", "refused"]);
  });
});

test("a page may embed a widget that the tenant's list or the widget's own names", async () => {
  const zoe = await server.signUp("Zoe");
  const bots = [
    await zoe.trpc.bot.create.mutate({ name: "One" }),
    await zoe.trpc.bot.create.mutate({ name: "Two" }),
  ];
  const [one = "", two = ""] = await Promise.all(
    bots.map(async ({ id }) => (await zoe.trpc.widgetConfig.getByBotId.query({ botId: id })).widgetId),
  );
  const { db } = server.services;
  const opens = (widgetId: string, origin: string) =>
    openWidget(server, widgetId, { origin: `https://${origin}` }).then(
      () => true,
      () => false,
    );
  expect(await allowedOrigins(db, zoe.tenantId)).toEqual([]);
  expect(await opens(one, "any.example")).toBe(true);
  await zoe.trpc.tenant.update.mutate({ allowedDomains: ["shop.example"] });
  await zoe.trpc.widgetConfig.update.mutate({ botId: bots[1]?.id ?? "", allowedDomains: ["blog.example"] });
  expect((await allowedOrigins(db, zoe.tenantId)).sort()).toEqual(["blog.example", "shop.example"]);
  expect([await opens(one, "shop.example"), await opens(one, "blog.example")]).toEqual([true, false]);
  expect([await opens(two, "shop.example"), await opens(two, "blog.example")]).toEqual([true, true]);
  expect(await opens(two, "any.example")).toBe(false);
  await zoe.trpc.tenant.update.mutate({ allowedDomains: [] });
  expect(await allowedOrigins(db, zoe.tenantId)).toEqual([]); // the first widget may be shown anywhere again
  expect(await allowedOrigins(db, newId())).toEqual([]);

  // and it speaks the tenant's language where it names none of its own
  await zoe.trpc.tenant.update.mutate({ language: "ar" });
  const page = await fetch(`${server.url}/c/${bots[0]?.publicUrlId}`, {
    headers: { "accept-language": "fr" },
  });
  expect(await page.text()).toContain('<html lang="ar" dir="rtl">');
});
