import { and, desc, eq, inArray } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, findTenant, recordAudit, recordSecurityEvent } from "../../identity/index.ts";
import { exportQueue } from "../tenants.jobs.ts";
import type { TenantExport } from "../tenants.schema.ts";
import { tenantExports } from "../tenants.tables.ts";

type Row = typeof tenantExports.$inferSelect;

/** Seconds that a link to an archive works. */
const linkSeconds = 600;

/** Begins an export of everything. Throws CONFLICT while one is being made. */
export async function startExport(ctx: Ctx): Promise<TenantExport> {
  assertCan(ctx.actor, "export workspace");
  const { actor } = ctx;
  if (actor.kind !== "user") throw new AppError("FORBIDDEN", "Only a person can export a workspace.");
  return inTx(ctx, async (ctx) => {
    await findTenant(ctx.tenantId, { lock: true }); // of two who press at once, the second is told
    const [running] = await ctx.tx
      .select({ id: tenantExports.id })
      .from(tenantExports)
      .where(
        and(eq(tenantExports.tenantId, ctx.tenantId), inArray(tenantExports.status, ["queued", "running"])),
      );
    if (running) throw new AppError("CONFLICT", "An export is being made already. Wait until it is done.");
    const [row] = await ctx.tx
      .insert(tenantExports)
      .values({ tenantId: ctx.tenantId, id: newId(), requestedBy: actor.userId, createdAt: ctx.now() })
      .returning();
    if (!row) throw new AppError("INTERNAL", "The export was not written.");
    await ctx.jobs.enqueue(exportQueue, { tenantId: ctx.tenantId, exportId: row.id });
    await recordAudit(ctx, {
      action: "tenant.export_started",
      subjectType: "export",
      subjectId: row.id,
      after: { status: row.status },
    });
    await recordSecurityEvent(ctx, {
      kind: "tenant_exported",
      userId: actor.userId,
      tenantId: ctx.tenantId,
      ipAddress: ctx.ipAddress,
      detail: { exportId: row.id },
    });
    return describe(row);
  });
}

/** How far an export is. Throws NOT_FOUND. */
export async function getExport(ctx: Ctx, { exportId }: { exportId: string }): Promise<TenantExport> {
  assertCan(ctx.actor, "export workspace");
  return inTx(ctx, async (ctx) => describe(await findExport(ctx, exportId)));
}

/** The last exports, the newest first. */
export async function listExports(ctx: Ctx): Promise<TenantExport[]> {
  assertCan(ctx.actor, "export workspace");
  const rows = await inTx(ctx, (ctx) =>
    ctx.tx
      .select()
      .from(tenantExports)
      .where(eq(tenantExports.tenantId, ctx.tenantId))
      .orderBy(desc(tenantExports.createdAt), desc(tenantExports.id))
      .limit(20),
  );
  return rows.map(describe);
}

/** Links to the archives of an export, good for ten minutes. Each asking is noted. Throws CONFLICT where there is none. */
export async function downloadExport(ctx: Ctx, { exportId }: { exportId: string }) {
  assertCan(ctx.actor, "export workspace");
  const { parts } = await inTx(ctx, async (ctx) => {
    const row = await findExport(ctx, exportId);
    const isThere = row.status === "done" && row.expiresAt !== null && row.expiresAt > ctx.now();
    if (!isThere) throw new AppError("CONFLICT", "This export cannot be downloaded. Start another one.");
    await recordAudit(ctx, {
      action: "tenant.export_downloaded",
      subjectType: "export",
      subjectId: row.id,
      after: { parts: row.parts.length },
    });
    return row;
  });
  const links = [];
  for (const { blobKey, fileName } of parts) {
    const link = await ctx.blobs.presignDownload({ key: blobKey, fileName, expiresInSeconds: linkSeconds });
    links.push({ fileName, ...link });
  }
  return { links };
}

async function findExport(ctx: TxCtx, id: string): Promise<Row> {
  const [row] = await ctx.tx
    .select()
    .from(tenantExports)
    .where(and(eq(tenantExports.tenantId, ctx.tenantId), eq(tenantExports.id, id)));
  if (!row) throw notFound("The export");
  return row;
}

function describe(row: Row): TenantExport {
  const share = row.stepsTotal === 0 ? 0 : Math.floor((100 * row.stepsDone) / row.stepsTotal);
  return {
    id: row.id,
    status: row.status,
    progress: row.status === "done" || row.status === "expired" ? 100 : Math.min(99, share),
    rows: row.rows,
    files: row.files,
    parts: row.parts.map(({ fileName, bytes, sha256 }) => ({ fileName, bytes, sha256 })),
    failure: row.failure,
    createdAt: row.createdAt,
    finishedAt: row.finishedAt,
    expiresAt: row.expiresAt,
  };
}
