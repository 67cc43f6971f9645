import { inTx } from "../../../platform/ctx/index.ts";
import { notFound } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertPlatformAdmin, findTenant } from "../../identity/index.ts";
import type { Deletion, SignedCertificate } from "../tenants.schema.ts";
import { type DeletionRow, findDeletion, pageOfDeletions } from "./deletions.queries.ts";

/** Deletions of the whole installation, the newest first. */
export async function listDeletions(
  ctx: Ctx,
  input: { page: number; pageSize: number },
): Promise<{ items: Deletion[]; total: number }> {
  assertPlatformAdmin(ctx.actor);
  const { rows, total } = await pageOfDeletions(ctx.db, input);
  const items = [];
  for (const row of rows) items.push(await describe(ctx, row));
  return { items, total };
}

async function describe(ctx: Ctx, row: DeletionRow): Promise<Deletion> {
  const { tenant: tenantId } = row;
  const tenant = tenantId && (await inTx({ ...ctx, tenantId }, () => findTenant(tenantId)).catch(() => null));
  return {
    id: row.id,
    status: row.status,
    tenant: tenant ? { id: tenant.id, name: tenant.name } : null,
    requestedAt: row.requestedAt,
    dueAt: row.dueAt,
    settledAt: row.settledAt,
    hasCertificate: row.certificate !== null,
  };
}

/** The signed certificate of a deletion. Throws NOT_FOUND while there is none. */
export async function getCertificate(
  ctx: Ctx,
  { deletionId }: { deletionId: string },
): Promise<SignedCertificate> {
  assertPlatformAdmin(ctx.actor);
  const row = await findDeletion(ctx.db, deletionId);
  if (!row?.certificate || !row.signature) throw notFound("The certificate");
  return { certificate: row.certificate, signature: row.signature };
}
