import { z } from "zod";
import { contextFor, type Services } from "../../../faces/principal.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { ownersOf, removeTenant } from "../../identity/index.ts";
import { countRows, type TenantTable, tenantTables } from "../catalogue.ts";
import { deletionQueue } from "../tenants.jobs.ts";
import type { RowCounts } from "../tenants.types.ts";
import { makeCertificate } from "./certificate.ts";
import { assertGone, deleteRows } from "./delete-rows.ts";
import { certificateMail } from "./deletion-mails.ts";
import {
  changeRunning,
  type DeletionRow,
  dueDeletions,
  findDeletion,
  forgetRecipients,
  takeDeletion,
  unnameTenant,
} from "./deletions.queries.ts";

/** Milliseconds that a worker has a deletion for without a sign of life. */
const lease = 120_000;
const purpose = "deletion-recipients";
const recipients = z.array(
  z.union([
    z.object({ email: z.string(), language: z.enum(["en", "fr", "ar"]).nullable() }),
    // as they were kept before languages were
    z.string().transform((email) => ({ email, language: null })),
  ]),
);

/** Queues every deletion with something left to do. A job too many finds nothing. */
export async function startDueDeletions(services: Services): Promise<void> {
  for (const deletionId of await dueDeletions(services.db, services.now())) {
    // a job is queued in a transaction, and those are a tenant's: here it is nobody's
    await services.db.withTenant(deletionId, () => services.jobs.enqueue(deletionQueue, { deletionId }));
  }
}

/**
 * Deletes a tenant whose grace period is over: its rows in every table, its files, its names and members, the sessions
 * in it, its jobs. Then it makes sure that nothing is left, signs the certificate and sends it to those who owned it.
 * Broken off anywhere, it goes on from there when it is run again; of two at once, one does it.
 */
export async function runDeletion(
  services: Services,
  { deletionId }: { deletionId: string },
  { lastTry }: { lastTry: boolean },
): Promise<void> {
  const taken = await takeDeletion(services.db, deletionId, {
    now: services.now(),
    until: leaseFrom(services),
  });
  if (taken?.tenant) await erase(services, taken, taken.tenant);
  await sendCertificate(services, deletionId, lastTry);
}

async function erase(services: Services, row: DeletionRow, tenantId: string): Promise<void> {
  const { db, blobs } = services;
  const tables = await tenantTables(db);
  const stillMine = async () => {
    const isMine = await changeRunning(db, row.id, { leasedUntil: leaseFrom(services) });
    if (!isMine) throw new Error("The deletion was taken by another worker.");
  };
  const before = row.counted ?? (await noteWhatThereIs(services, row.id, tables, tenantId));

  await deleteRows(db, tables, tenantId, stillMine);
  for await (const key of blobs.list(tenantId)) {
    await blobs.delete(key);
    await stillMine();
  }
  await removeTenant(db, tenantId);
  await services.jobs.forget(tenantId);

  const after: RowCounts = { tables: await assertGone(db, tables, tenantId), files: 0, fileBytes: 0 };
  for await (const key of blobs.list(tenantId)) throw new Error(`A file of a deleted tenant is left: ${key}`);
  const certificate = makeCertificate({
    id: row.id,
    installation: services.publicUrl,
    tenantId,
    requestedBy: { role: row.requesterRole, userId: row.requestedBy },
    requestedAt: row.requestedAt,
    dueAt: row.dueAt,
    deletedAt: services.now(),
    before,
    after,
  });
  const signature = await services.ports.certificates.sign(certificate);
  await changeRunning(db, row.id, {
    status: "done",
    certificate,
    signature,
    settledAt: services.now(),
    leasedUntil: null,
  });
  await unnameTenant(db, tenantId);
  services.log.info({ deletionId: row.id }, "a workspace was deleted");
}

/** Counts everything and keeps the owners' addresses, sealed, before the first row goes. */
async function noteWhatThereIs(
  services: Services,
  deletionId: string,
  tables: TenantTable[],
  tenantId: string,
): Promise<RowCounts> {
  const counted: RowCounts = {
    tables: await countRows(services.db, tables, tenantId),
    files: 0,
    fileBytes: 0,
  };
  for await (const key of services.blobs.list(tenantId)) {
    counted.files++;
    counted.fileBytes += (await services.blobs.head(key))?.size ?? 0;
  }
  const system = contextFor(services, { kind: "system", name: "deletion" }, tenantId, null);
  const owners = await inTx(system, () => ownersOf(tenantId));
  const kept = JSON.stringify(owners.map(({ email, language }) => ({ email, language })));
  await changeRunning(services.db, deletionId, {
    counted,
    recipients: services.ports.mailer.canSend ? services.vault.seal(deletionId, purpose, kept) : null,
  });
  return counted;
}

/** Sends the certificate to those who owned the tenant; on the last try their addresses are given up. */
async function sendCertificate(services: Services, deletionId: string, lastTry: boolean): Promise<void> {
  const row = await findDeletion(services.db, deletionId);
  if (row?.status !== "done" || !row.recipients || !row.certificate || !row.signature) return;
  const { certificate, signature } = row;
  const told = { certificate, signature, publicUrl: services.publicUrl };
  try {
    const owners = recipients.parse(JSON.parse(services.vault.open(deletionId, purpose, row.recipients)));
    for (const [n, { email: to, language }] of owners.entries()) {
      const mail = certificateMail(language ?? "en", told);
      await services.ports.mailer.send({ id: `${deletionId}-${n}`, to, ...mail });
    }
  } catch (error) {
    if (!lastTry) throw error;
    services.log.error(
      { error, deletionId },
      "a certificate could not be sent; administrators can download it",
    );
  }
  await forgetRecipients(services.db, deletionId);
}

function leaseFrom(services: Services): Date {
  return new Date(services.now().getTime() + lease);
}
