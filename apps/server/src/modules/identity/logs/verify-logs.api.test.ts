import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { sharedTestServer, type TestServer } from "../../../../../../tests/harness/server.ts";
import { contextFor } from "../../../faces/principal.ts";
import { createVault, type MasterKey, namedMasterKey } from "../../../platform/crypto/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import { recordAudit } from "../audit.ts";
import { tenants } from "../identity.tables.ts";
import { recordSecurityEvent } from "./record-security-event.ts";
import { resealHeads } from "./reseal-heads.ts";
import { verifyLogs } from "./verify-logs.ts";

let server: TestServer;
let tenantId: string;
beforeAll(async () => {
  server = await sharedTestServer();
});
afterAll(() => server.close());

const context = () => contextFor(server.services, { kind: "system", name: "test" }, tenantId, null);
const check = async () => (await verifyLogs(context())).auditLog;

async function write(...entries: Record<string, unknown>[]): Promise<void> {
  await inTx(context(), async (ctx) => {
    for (const after of entries) {
      await recordAudit(ctx, { action: "thing.made", subjectType: "thing", subjectId: newId(), after });
    }
  });
}

/** What somebody can do who may write to the database and has not the server's key. */
const tamper = (statement: SQL) => server.services.db.system().execute(statement);
const insertRow = (values: SQL) =>
  tamper(sql`
  insert into audit_log (tenant_id, id, actor_kind, actor_id, action, subject_type, subject_id, sequence, hash, created_at)
  values (${tenantId}, ${newId()}, 'user', 'x', 'x', 'x', 'x', ${values})`);

beforeEach(async () => {
  tenantId = newId();
  await server.services.db.system().insert(tenants).values({ id: tenantId, name: "T", slug: tenantId });
  await write({ n: 1, when: new Date(), nothing: null, left: undefined }, { n: 2, é: [1.5e300, "ß"] });
  await write({ n: 3 });
});

test("the log is whole after changes that failed or ran at once", async () => {
  const failing = inTx(context(), async (ctx) => {
    await recordAudit(ctx, { action: "never", subjectType: "thing", subjectId: "x" });
    throw new Error("fails");
  });
  await expect(failing).rejects.toThrow("fails");
  await Promise.all(Array.from({ length: 20 }, (_, n) => write({ n }, { n })));
  const event = { kind: "signed_in", userId: null, tenantId, ipAddress: "192.0.2.1" } as const;
  await Promise.all(Array.from({ length: 5 }, () => recordSecurityEvent(server.services, event)));
  expect(await verifyLogs(context())).toEqual({
    auditLog: { intact: true, entries: 43, unnumbered: 0, fault: null },
    securityEvents: { intact: true, entries: 5, unnumbered: 0, fault: null },
  });
});

const row = (n: number) => sql`tenant_id = ${tenantId} and sequence = ${n}`;

test.each<[string, () => Promise<unknown>, string]>([
  ["a removed entry", () => tamper(sql`delete from audit_log where ${row(2)}`), "missing"],
  ["a removed last entry", () => tamper(sql`delete from audit_log where ${row(3)}`), "cut off"],
  ["a changed entry", () => tamper(sql`update audit_log set after = '{"n": 9}' where ${row(3)}`), "changed"],
  ["a changed actor", () => tamper(sql`update audit_log set actor_id = 'x' where ${row(1)}`), "changed"],
  [
    "an address that was wiped",
    () => tamper(sql`update audit_log set action = '' where ${row(2)}`),
    "changed",
  ],
  [
    "an entry whose number was taken",
    () => tamper(sql`update audit_log set sequence = null where ${row(3)}`),
    "added",
  ],
  ["an entry without a number", () => insertRow(sql`null, null, now() + interval '1 hour'`), "added"],
  ["an entry at the end", () => insertRow(sql`4, 'x', now()`), "added"],
  ["a head that is gone", () => tamper(sql`delete from log_heads where tenant_id = ${tenantId}`), "unsealed"],
  [
    "a head of another's making",
    () => tamper(sql`update log_heads set sealed_head = 'v1.x.y' where tenant_id = ${tenantId}`),
    "unsealed",
  ],
])("%s is seen", async (_what, fault, reason) => {
  expect((await check()).intact).toBe(true);
  await fault();
  expect((await check()).fault?.reason).toBe(reason);
});

test.each([
  ["removed", () => tamper(sql`delete from audit_log where ${row(3)}`)],
  ["beheaded", () => tamper(sql`delete from log_heads where tenant_id = ${tenantId}`)],
])("a log that was %s goes on, and stays broken", async (_what, fault) => {
  await fault();
  await write({ n: 4 });
  expect((await check()).intact).toBe(false);
});

test("a head is sealed again under the server's current secret, and says what it said", async () => {
  const { services } = server;
  const [former, current] = [
    namedMasterKey(new Uint8Array(32).fill(1)),
    namedMasterKey(new Uint8Array(32).fill(2)),
  ];
  const under = (...masterKeys: MasterKey[]) => ({ ...context(), vault: createVault({ masterKeys }) });
  const head = JSON.parse(services.vault.open(tenantId, "head of audit_log", await sealed()));
  const old = under(former).vault.seal(tenantId, "head of audit_log", JSON.stringify(head));
  await tamper(sql`update log_heads set sealed_head = ${old} where tenant_id = ${tenantId}`);
  await resealHeads(under(current, former));
  expect((await verifyLogs(under(current))).auditLog).toMatchObject({ intact: true, entries: 3 });
});

async function sealed(): Promise<string> {
  const { rows } = await server.services.db
    .system()
    .execute<{ head: string }>(sql`select sealed_head as head from log_heads where tenant_id = ${tenantId}`);
  return rows[0]?.head ?? "";
}

test("entries from before the numbers are counted, and nothing is said of them", async () => {
  await insertRow(sql`null, null, '2026-01-01'`);
  expect(await check()).toMatchObject({ intact: true, unnumbered: 1 });
});

test("the application role adds to the logs, and can neither change nor remove", async () => {
  for (const table of ["audit_log", "security_events"]) {
    for (const statement of [`update ${table} set id = id`, `delete from ${table}`, `truncate ${table}`]) {
      const attempt = server.services.db.withTenant(tenantId, (tx) => tx.execute(sql.raw(statement)));
      await expect(attempt, statement).rejects.toMatchObject({ cause: { code: "42501" } });
    }
  }
  expect((await check()).entries).toBe(3);
});
