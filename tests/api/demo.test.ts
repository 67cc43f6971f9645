import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildServices, type Running } from "../../apps/server/src/app/build-services.ts";
import { ensureDemo } from "../../apps/server/src/app/demo.ts";
import { contextFor } from "../../apps/server/src/faces/principal.ts";
import { listBotDocuments, listBots } from "../../apps/server/src/modules/bots/index.ts";
import { deleteBot } from "../../apps/server/src/modules/bots/service/manage-bots.ts";
import { users } from "../../apps/server/src/modules/identity/identity.tables.ts";
import {
  createAccount,
  ensurePlatformAdmins,
  findAccount,
  noteTenant,
  rightsOfRole,
  startingTenant,
} from "../../apps/server/src/modules/identity/index.ts";
import { deleteDocument } from "../../apps/server/src/modules/knowledge/index.ts";
import { surveys } from "../../apps/server/src/modules/surveys/surveys.tables.ts";
import type { Db } from "../../apps/server/src/platform/db/index.ts";
import { readEnv } from "../../apps/server/src/platform/env/index.ts";
import { newId } from "../../apps/server/src/platform/ids/index.ts";
import { createLog } from "../../apps/server/src/platform/log/index.ts";
import { openTestDb } from "../harness/database.ts";

const directory = mkdtempSync(join(tmpdir(), "parlance-demo-"));
let db: Db;
let running: Running;
beforeAll(async () => {
  db = await openTestDb();
  const env = readEnv({ DATA_DIR: directory, LOG_LEVEL: "silent" });
  running = await buildServices(env, createLog("silent"), { db });
});
afterAll(async () => {
  await running.close();
  await db.close();
  rmSync(directory, { recursive: true, force: true });
});

async function owner() {
  const account = await findAccount(db, "demo@parlance.example");
  if (!account?.tenantId) throw new Error("There is no demo.");
  const actor = {
    kind: "user",
    userId: account.userId,
    name: "Demo",
    role: "owner",
    rights: rightsOfRole("owner"),
  } as const;
  const ctx = contextFor(running.services, actor, account.tenantId, null);
  const { items } = await listBots(ctx, { page: 1, pageSize: 10 });
  const documents = items[0] ? await listBotDocuments(ctx, { botId: items[0].id }) : [];
  return {
    ctx,
    tenantId: account.tenantId,
    bots: items,
    names: documents.map(({ name }) => name),
    documents,
  };
}

async function admins() {
  const rows = await db.system().select().from(users).where(eq(users.platformRole, "ADMIN"));
  return rows.map(({ email }) => email);
}

test("a demo that was cut off is completed; a whole one is its owner's to change", async () => {
  const first = await ensureDemo(running, directory);
  const made = await owner();
  expect(await admins()).toEqual([first.email]); // somebody has to look after a new installation
  expect(made.bots).toHaveLength(1);
  expect(made.names.length).toBeGreaterThan(5);

  // cut off: half of the documents never came, and the demo was not noted as whole
  for (const { id } of made.documents.slice(0, 4)) await deleteDocument(made.ctx, { documentId: id });
  await noteTenant(db, made.tenantId, "");
  expect(await ensureDemo(running, directory)).toEqual(first);
  expect((await owner()).names.toSorted()).toEqual(made.names.toSorted());

  // whole: what its owner deletes stays deleted
  const [document] = (await owner()).documents;
  await deleteDocument(made.ctx, { documentId: document?.id ?? "" });
  await ensureDemo(running, directory);
  expect((await owner()).names).toHaveLength(made.names.length - 1);
  for (const { id } of made.bots) await deleteBot(made.ctx, { id });
  expect(await ensureDemo(running, directory)).toEqual({ ...first, widgetId: null });
  expect((await owner()).bots).toEqual([]);
});

test("a demo from before there were surveys gets one, and not again when its owner deletes it", async () => {
  const db = await openTestDb();
  const env = readEnv({ DATA_DIR: directory, LOG_LEVEL: "silent" });
  const running = await buildServices(env, createLog("silent"), { db });
  const known = { name: "Demo", email: "demo@parlance.example", emailVerified: true };
  const made = await createAccount(running.services, { ...known, passwordHash: "none" });
  const tenantId = await startingTenant(db, made?.userId ?? "");
  const old = () => noteTenant(db, tenantId, JSON.stringify({ demo: "whole" }));
  const surveysOf = () =>
    db.withTenant(tenantId, (tx) =>
      tx.select({ kind: surveys.kind, enabled: surveys.enabled }).from(surveys),
    );
  await old();
  expect(await ensureDemo(running, directory)).toMatchObject({ widgetId: null }); // its bot was deleted before
  expect(await surveysOf()).toEqual([{ kind: "csat", enabled: true }]);
  await db.withTenant(tenantId, (tx) => tx.delete(surveys));
  for (const forget of [async () => {}, old]) {
    await forget();
    await ensureDemo(running, directory);
    expect(await surveysOf()).toEqual([]);
  }
  await running.close();
  await db.close();
});

test("the demo's account is administrator only until somebody else is", async () => {
  const { email } = await ensureDemo(running, directory);
  const boss = { id: newId(), name: "Boss", email: "boss@example.test" };
  await db.system().insert(users).values(boss);
  await ensurePlatformAdmins(db, ["boss@example.test", "nobody@example.test"]);
  await db.system().update(users).set({ platformRole: "USER" }).where(eq(users.email, email));
  await ensureDemo(running, directory);
  expect(await admins()).toEqual([boss.email]);
});
