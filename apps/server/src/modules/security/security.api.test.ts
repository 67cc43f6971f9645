import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type MailServer, startMailServer } from "../../../../../tests/harness/mail-server.ts";
import { colleague, play, type Scenario } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { connectSmtp } from "../../connectors/smtp/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { users } from "../identity/identity.tables.ts";
import { recordSecurityEvent, type SecurityEventKind } from "../identity/index.ts";

let server: TestServer;
let mail: MailServer;
let ada: TestUser;
let agent: TestUser;
let admin: TestUser;
let eve: TestUser;
let ahead = 0;
beforeAll(async () => {
  mail = await startMailServer();
  server = await startTestServer();
  server.services.now = () => new Date(Date.now() + ahead);
  [ada, eve] = [await server.signUp("Ada"), await server.signUp("Eve")];
  agent = await colleague(server, ada, "agent");
  admin = await colleague(server, ada, "admin");
});
afterAll(async () => {
  await server.close();
  await mail.close();
});

const record = (kind: SecurityEventKind, tenantId = ada.tenantId, userId: string | null = ada.userId) =>
  recordSecurityEvent(server.services, { kind, userId, tenantId, ipAddress: "192.0.2.1", detail: { n: 1 } });

const scenarios: Scenario[] = [
  { title: "a guest", as: () => server.guest, call: list, refused: "UNAUTHORIZED" },
  { title: "an agent", as: () => agent.trpc, call: list, refused: "FORBIDDEN" },
  { title: "an admin", as: () => admin.trpc, call: list },
  { title: "an owner", as: () => ada.trpc, call: list },
  {
    title: "a guest's own",
    as: () => server.guest,
    call: (trpc) => trpc.auth.listOwnSecurityEvents.query({}),
    refused: "UNAUTHORIZED",
  },
  {
    title: "an agent's own",
    as: () => agent.trpc,
    call: (trpc) => trpc.auth.listOwnSecurityEvents.query({}),
  },
  ...[{ page: 0 }, { page: 100_001 }, { pageSize: 0 }, { pageSize: 101 }, { userId: "x" }].map(
    (input): Scenario => ({
      title: JSON.stringify(input),
      as: () => ada.trpc,
      call: (trpc) => trpc.enterpriseSecurity.listSecurityEvents.query(input),
      refused: "VALIDATION_ERROR",
    }),
  ),
  {
    title: "the most at once",
    as: () => ada.trpc,
    call: (trpc) => trpc.enterpriseSecurity.listSecurityEvents.query({ page: 100_000, pageSize: 100 }),
  },
];

function list(trpc: TestUser["trpc"]) {
  return trpc.enterpriseSecurity.listSecurityEvents.query({});
}

test.each(scenarios)("security events for $title", (scenario) => play(scenario));

test("events are filtered, paged, newest first; each sees their own, nobody another tenant's", async () => {
  await record("mfa_failed");
  await record("refresh_token_reused", ada.tenantId, agent.userId);
  await record("session_revoked", ada.tenantId, null);
  await record("mfa_failed", eve.tenantId, eve.userId);
  const { enterpriseSecurity, auth } = ada.trpc;
  const kindsOf = async (input: Parameters<typeof enterpriseSecurity.listSecurityEvents.query>[0]) =>
    (await enterpriseSecurity.listSecurityEvents.query(input)).items.map(({ kind }) => kind);
  expect((await kindsOf({})).slice(0, 3)).toEqual(["session_revoked", "refresh_token_reused", "mfa_failed"]);
  expect(await kindsOf({ kind: "mfa_failed" })).toEqual(["mfa_failed"]);
  expect(await kindsOf({ severity: "critical" })).toEqual(["refresh_token_reused"]);
  expect(await kindsOf({ severity: "critical", kind: "mfa_failed" })).toEqual([]);
  expect(await kindsOf({ userId: agent.userId, kind: "refresh_token_reused" })).toHaveLength(1);
  expect(await kindsOf({ userId: eve.userId })).toEqual(await kindsOf({ userId: newId() }));
  const page = await enterpriseSecurity.listSecurityEvents.query({ page: 2, pageSize: 1 });
  expect(page.items[0]).toMatchObject({
    kind: "refresh_token_reused",
    severity: "critical",
    user: { id: agent.userId, name: "agent" },
    ipAddress: "192.0.2.1",
    detail: { n: 1 },
  });
  expect(page.meta).toMatchObject({ currentPage: 2, itemsPerPage: 1, itemCount: 1 });
  const own = (await auth.listOwnSecurityEvents.query({})).items;
  expect(own.map(({ user }) => user?.id)).toEqual(own.map(() => ada.userId));
  expect(own.map(({ kind }) => kind)).toContain("mfa_failed");
});

test("an event of a person goes into each tenant of theirs, one about nobody into none", async () => {
  await recordSecurityEvent(server.services, {
    kind: "mfa_enabled",
    userId: admin.userId,
    ipAddress: null,
  });
  await recordSecurityEvent(server.services, { kind: "mfa_enabled", userId: null, ipAddress: null });
  const { items } = await ada.trpc.enterpriseSecurity.listSecurityEvents.query({ kind: "mfa_enabled" });
  expect(items).toMatchObject([{ user: { id: admin.userId } }]);
});

test("owners and admins get one mail an hour of each critical kind, in their language, once mail can be sent", async () => {
  const arabic = await colleague(server, ada, "admin");
  for (const [{ userId }, language] of [
    [admin, "fr"],
    [arabic, "ar"],
  ] as const) {
    await server.services.db.system().update(users).set({ language }).where(eq(users.id, userId));
  }
  const { ports } = server.services;
  server.services.ports = { ...ports, mailer: connectSmtp({ url: mail.url, from: "P <p@example.test>" }) };
  ahead += 3_600_000;
  await Promise.all([
    record("locked_out"),
    record("locked_out"),
    record("mfa_disabled"),
    record("new_device"),
  ]);
  const told = [
    [ada.email, "An account was locked after wrong passwords", "Person: Ada"],
    [admin.email, "Un compte a été verrouillé après des mots de passe erronés", "Personne: Ada"],
    [arabic.email, "قُفل حساب بعد كلمات مرور خاطئة", "الشخص: Ada"],
  ] as const;
  for (const [to, words, person] of told) {
    const { subject, text } = await mail.waitFor(to);
    expect(subject).toBe(words);
    expect(text).toContain(person);
    expect(text).toContain("192.0.2.1");
    expect(text).toContain("/settings?tab=security");
  }
  ahead += 3_480_000; // a minute and more to spare, however slow the machine is
  await record("locked_out");
  await record("sso_changed");
  expect((await mail.waitFor(ada.email)).subject).toBe("Single sign-on was changed");
  ahead += 240_000;
  await record("locked_out");
  expect((await mail.waitFor(ada.email)).subject).toBe("An account was locked after wrong passwords");
  expect(mail.mails.map(({ to }) => to)).not.toContain(agent.email);
  expect(mail.mails.filter(({ to }) => to === ada.email)).toHaveLength(3);
  server.services.ports = ports;
});
