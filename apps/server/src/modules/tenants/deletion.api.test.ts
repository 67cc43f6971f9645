import { eq, sql } from "drizzle-orm";
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually } from "../../../../../tests/harness/eventually.ts";
import { type MailServer, startMailServer } from "../../../../../tests/harness/mail-server.ts";
import { makeAdmin } from "../../../../../tests/harness/plans.ts";
import { botWith, colleague, refusal, refusalText } from "../../../../../tests/harness/scenarios.ts";
import { startTestServer, type TestServer, type TestUser } from "../../../../../tests/harness/server.ts";
import { startWebSite, type WebSite } from "../../../../../tests/harness/web-site.ts";
import { furnish } from "../../../../../tests/isolation/furnish.ts";
import { connectSmtp } from "../../connectors/smtp/index.ts";
import { systemClock } from "../../platform/clock/index.ts";
import { sha256Hex } from "../../platform/crypto/index.ts";
import { newId } from "../../platform/ids/index.ts";
import { users } from "../identity/identity.tables.ts";
import { countRows, tenantTables } from "./catalogue.ts";
import { canonicalJson } from "./deletion/certificate.ts";
import { runDeletion, startDueDeletions } from "./deletion/run-deletion.ts";
import { certificateSchema } from "./tenants.types.ts";
import { blobsOf, tablesWith } from "./testing/traces.ts";

/* A tenant goes after its grace period: everything of it, and nothing else. */

const day = 86_400_000;
const word = "rambutancanary";
const password = "correct horse";
let server: TestServer;
let site: WebSite;
let mail: MailServer;
let root: TestUser;
let ada: TestUser;
let eve: TestUser;
let agent: TestUser;
let admin: TestUser;

beforeAll(async () => {
  [site, mail] = [await startWebSite(), await startMailServer()];
  server = await startTestServer({
    OUTBOUND_ALLOWED_HOSTS: site.host,
    RATE_LIMIT_SCALE: "10000",
  });
  root = await server.signUp("Root");
  await makeAdmin(server, root);
  ada = await server.signUp("Ada");
  eve = await server.signUp("Eve");
  await furnish({ server, site, owner: ada, word });
  await botWith(eve, { "Tea.md": "# Tea\n\nTea is served at four." });
  agent = await colleague(server, ada, "agent");
  admin = await colleague(server, ada, "admin");
  // now, not by SMTP_URL: whoever signs up would have to confirm their address first
  server.services.ports.mailer = connectSmtp({ url: mail.url, from: "parlance@example.test" });
}, 120_000);
afterAll(async () => {
  server.services.now = systemClock;
  await server.close();
  await Promise.all([site.close(), mail.close()]);
});

const later = (days: number) => {
  server.services.now = () => new Date(Date.now() + days * day);
};
const request = (user: TestUser, name: string, given: string | null = password) =>
  user.trpc.tenant.requestDeletion.mutate({ name, ...(given === null ? {} : { password: given }) });
const latest = async () => {
  const [deletion] = (await root.trpc.admin.listDeletions.query()).items;
  if (!deletion) throw new Error("There is no deletion.");
  return deletion;
};
/** Waits for a mail to Ada. */
const mailed = (subject: string) =>
  eventually(() => {
    const mails = mail.mails.filter((one) => one.to === ada.email && one.subject.includes(subject));
    expect(mails).not.toEqual([]);
    return mails;
  });
const signedIn = (user: TestUser) => user.trpc.auth.getSession.query();

describe("asking for it", () => {
  test.each([
    ["a wrong name", "ada", password, "VALIDATION_ERROR"],
    ["no name", "", password, "VALIDATION_ERROR"],
    ["a name that is too long", "x".repeat(201), password, "VALIDATION_ERROR"],
    ["a wrong password", "Ada", "wrong horse", "VALIDATION_ERROR"],
    ["a password that is too long", "Ada", "x".repeat(257), "VALIDATION_ERROR"],
  ])("with %s is refused", async (_title, name, given, code) => {
    expect(await refusal(request(ada, name, given))).toBe(code);
    expect((await signedIn(ada))?.tenant.status).toBe("active");
  });

  test("without the password is refused once the session is older than ten minutes", async () => {
    server.services.now = () => new Date(Date.now() + 11 * 60_000);
    expect(await refusalText(request(ada, "Ada", null))).toContain("password");
    server.services.now = systemClock;
  });

  test("is the owner's alone", async () => {
    expect(await refusal(request(agent, "Ada"))).toBe("FORBIDDEN");
    expect(await refusal(request(admin, "Ada"))).toBe("FORBIDDEN");
    expect(await refusal(server.guest.tenant.requestDeletion.mutate({ name: "Ada" }))).toBe("UNAUTHORIZED");
  });

  test("of two at once one does, and shuts the workspace for 30 days", async () => {
    const outcomes = await Promise.allSettled([request(ada, "Ada"), request(ada, "Ada")]);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const { deletion, status } = await ada.trpc.tenant.standing.query();
    expect(status).toBe("deleting");
    expect(deletion?.mayCancel).toBe(true);
    const days = (new Date(deletion?.dueAt ?? 0).getTime() - Date.now()) / day;
    expect(days).toBeGreaterThan(29.9);
    expect(days).toBeLessThan(30.1);
    for (const user of [ada, agent])
      expect(await refusal(user.trpc.bot.list.query())).toBe("TENANT_SUSPENDED");
    expect(await latest()).toMatchObject({
      status: "waiting",
      tenant: { id: ada.tenantId },
      hasCertificate: false,
    });
    await mailed("will be deleted on");
  });
});

describe("in the grace period", () => {
  test("nothing goes, whoever asks", async () => {
    const before = await countRows(server.services.db, await tenantTables(server.services.db), ada.tenantId);
    const { id } = await latest();
    await runDeletion(server.services, { deletionId: id }, { lastTry: true });
    later(29);
    await runDeletion(server.services, { deletionId: id }, { lastTry: true });
    server.services.now = systemClock;
    expect(await countRows(server.services.db, await tenantTables(server.services.db), ada.tenantId)).toEqual(
      before,
    );
    expect(await refusal(root.trpc.admin.getDeletionCertificate.query({ deletionId: id }))).toBe("NOT_FOUND");
  });

  test("an administrator can neither suspend nor open it", async () => {
    const { tenantId } = ada;
    expect(await refusal(root.trpc.admin.suspendTenant.mutate({ tenantId, reason: "No" }))).toBe("CONFLICT");
    expect(await refusal(root.trpc.admin.reactivateTenant.mutate({ tenantId }))).toBe("CONFLICT");
  });

  test("an owner keeps it, and nobody else does", async () => {
    expect(await agent.trpc.tenant.standing.query()).toMatchObject({ deletion: { mayCancel: false } });
    expect(await refusal(agent.trpc.tenant.cancelDeletion.mutate())).toBe("FORBIDDEN");
    const speak = (language: "fr" | null) =>
      server.services.db.system().update(users).set({ language }).where(eq(users.id, ada.userId));
    await speak("fr"); // and this mail is in it
    expect(await ada.trpc.tenant.cancelDeletion.mutate()).toEqual({
      status: "active",
      reason: null,
      deletion: null,
    });
    expect((await ada.trpc.bot.list.query()).items.length).toBeGreaterThan(0);
    await mailed("« Ada » ne sera pas supprimé");
    await speak(null);
    expect(await refusal(ada.trpc.tenant.cancelDeletion.mutate())).toBe("CONFLICT");
    later(31);
    await runDeletion(server.services, { deletionId: (await latest()).id }, { lastTry: true });
    server.services.now = systemClock;
    expect((await ada.trpc.bot.list.query()).items.length).toBeGreaterThan(0);
  });
});

describe("when it is due", () => {
  let before: Awaited<ReturnType<typeof countRows>>;
  let ofEve: Awaited<ReturnType<typeof countRows>>;
  let deletionId: string;

  beforeAll(async () => {
    const { db } = server.services;
    mail.mails.length = 0;
    await request(ada, "Ada");
    deletionId = (await latest()).id;
    await mailed("will be deleted on");
    const tables = await tenantTables(db);
    before = await countRows(db, tables, ada.tenantId);
    ofEve = await countRows(db, tables, eve.tenantId);
    expect((await tablesWith(server, ada.tenantId)).length).toBeGreaterThan(30);
    expect((await blobsOf(server, ada.tenantId)).length).toBeGreaterThan(0);
    later(31);
  });
  afterAll(() => {
    server.services.now = systemClock;
  });

  test("a worker that dies half-way leaves it to the next, who finishes", async () => {
    const { blobs } = server.services;
    let deleted = 0;
    const dying = {
      ...server.services,
      blobs: {
        ...blobs,
        async delete(key: string) {
          if (++deleted === 2) throw new Error("The power went.");
          await blobs.delete(key);
        },
      },
    };
    await expect(runDeletion(dying, { deletionId }, { lastTry: false })).rejects.toThrow("The power went.");
    expect(await latest()).toMatchObject({ status: "running", hasCertificate: false });
    expect(await refusal(ada.trpc.tenant.cancelDeletion.mutate())).toBe("CONFLICT");
    expect((await blobsOf(server, ada.tenantId)).length).toBeGreaterThan(0);

    // another worker that comes at once finds that it is taken
    await runDeletion(server.services, { deletionId }, { lastTry: false });
    expect(await latest()).toMatchObject({ status: "running" });

    // maintenance finds it again; of two workers one does it
    server.services.now = () => new Date(Date.now() + 31 * day + 10 * 60_000);
    await startDueDeletions(server.services);
    await Promise.all([1, 2].map(() => runDeletion(server.services, { deletionId }, { lastTry: false })));
    await eventually(async () => expect((await latest()).status).toBe("done"));
  }, 60_000);

  test("no table holds its id or its words, no file is left, and nobody is signed in there", async () => {
    await eventually(async () => expect(await tablesWith(server, ada.tenantId)).toEqual([]));
    // what a person called their own passkey or device goes with the person
    const people = ["public.passkeys", "public.devices"];
    expect((await tablesWith(server, word)).filter((table) => !people.includes(table))).toEqual([]);
    expect(await blobsOf(server, ada.tenantId)).toEqual([]);
    expect(await signedIn(ada)).toBeNull();
    expect(await signedIn(agent)).toBeNull();
  });

  test("this look finds what is left: of another tenant it finds everything", async () => {
    expect(await tablesWith(server, eve.tenantId)).toContain("public.bots");
    expect((await blobsOf(server, eve.tenantId)).length).toBeGreaterThan(0);
  });

  test("another tenant has all that it had", async () => {
    const { db } = server.services;
    const now = await countRows(db, await tenantTables(db), eve.tenantId);
    expect(now).toEqual(ofEve);
    expect((await eve.trpc.bot.list.query()).items).toHaveLength(1);
  });

  test("people keep their accounts, and have a workspace of their own when they sign in", async () => {
    await server.services.db.system().update(users).set({ emailVerified: true });
    const response = await fetch(`${server.url}/api/auth/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email: ada.email, password }),
    });
    expect(response.status).toBe(200);
    expect((await response.json()).user.tenant_id).not.toBe(ada.tenantId);
  });

  test("the certificate says what went, is signed, and names nobody", async () => {
    const { certificate, signature } = await root.trpc.admin.getDeletionCertificate.query({ deletionId });
    expect(certificate.workspaceSha256).toBe(sha256Hex(ada.tenantId));
    expect(certificate.requestedBy).toEqual({ role: "owner", personSha256: sha256Hex(ada.userId) });
    expect(
      Object.fromEntries(Object.entries(certificate.tables).map(([name, n]) => [name, n.before])),
    ).toEqual(before);
    expect(Object.values(certificate.tables).every(({ after }) => after === 0)).toBe(true);
    expect(certificate.files.before).toBeGreaterThan(0);
    expect(certificate.files).toMatchObject({ after: 0 });
    const { sha256, ...document } = certificate;
    expect(sha256).toBe(sha256Hex(canonicalJson(document)));

    const keys: JSONWebKeySet = await (await fetch(`${server.url}/api/deletion-certificates/keys`)).json();
    const { payload } = await compactVerify(signature, createLocalJWKSet(keys));
    expect(certificateSchema.parse(JSON.parse(Buffer.from(payload).toString()))).toEqual(certificate);
    const [head, , tail] = signature.split(".");
    const forged = Buffer.from(JSON.stringify({ ...certificate, tables: {} })).toString("base64url");
    await expect(compactVerify(`${head}.${forged}.${tail}`, createLocalJWKSet(keys))).rejects.toThrow();

    const text = JSON.stringify(certificate);
    for (const name of [ada.tenantId, ada.userId, ada.email, "Ada", word]) expect(text).not.toContain(name);
  });

  test("the owner gets it by mail once, and their address is kept no longer", async () => {
    const mails = await mailed("Certificate");
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(1);
    const { signature } = await root.trpc.admin.getDeletionCertificate.query({ deletionId });
    expect(mails[0]?.text.replaceAll(/\s/g, "")).toContain(signature);
    await eventually(async () => {
      const { rows } = await server.services.db
        .system()
        .execute(sql`select recipients, tenant, requested_by from tenant_deletions`);
      expect(rows.every((row) => Object.values(row).every((value) => value === null))).toBe(true);
    });
  });
});

test("certificates and deletions are for administrators of the installation", async () => {
  for (const call of [
    () => eve.trpc.admin.listDeletions.query(),
    () => eve.trpc.admin.getDeletionCertificate.query({ deletionId: newId() }),
  ]) {
    expect(await refusal(call())).toBe("FORBIDDEN");
  }
  expect(await refusal(root.trpc.admin.getDeletionCertificate.query({ deletionId: newId() }))).toBe(
    "NOT_FOUND",
  );
  expect(await refusal(root.trpc.admin.listDeletions.query({ page: 0 }))).toBe("VALIDATION_ERROR");
});
