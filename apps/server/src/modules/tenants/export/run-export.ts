import { createHash } from "node:crypto";
import { and, eq, inArray } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { tenantExports } from "../tenants.tables.ts";
import type { ExportPart } from "../tenants.types.ts";
import { exportContents, exportsFolder } from "./contents.ts";
import { deleteArchives } from "./tidy-exports.ts";
import { usualLimits, writeZips } from "./zip-parts.ts";

/** Days that an export can be downloaded. */
export const keptDays = 7;
/** Milliseconds between two notes of how far it is. */
const noteEvery = 500;

/**
 * Writes an export. One that was broken off begins again and replaces what it had written. On the last try it is
 * marked as failed, which its owner sees. One that is settled already is left alone.
 */
export async function runExport(
  ctx: Ctx,
  { exportId, limits = usualLimits }: { exportId: string; limits?: typeof usualLimits },
  { lastTry, signal }: { lastTry: boolean; signal: AbortSignal },
): Promise<void> {
  const begun = await change(ctx, exportId, {
    status: "running",
    stepsDone: 0,
    rows: 0,
    files: 0,
    parts: [],
  });
  if (!begun) return;
  try {
    await write(ctx, exportId, limits, signal);
  } catch (error) {
    if (lastTry && !signal.aborted) {
      await deleteArchives(ctx, exportId);
      await change(ctx, exportId, { status: "failed", failure, parts: [], finishedAt: ctx.now() });
    }
    throw error;
  }
}

const failure = "The export broke off three times. Nothing of yours was changed; start another one.";

async function write(
  ctx: Ctx,
  exportId: string,
  limits: typeof usualLimits,
  signal: AbortSignal,
): Promise<void> {
  const at = ctx.now();
  const parts: ExportPart[] = [];
  let [rows, files, notedAt] = [0, 0, 0];
  const entries = exportContents(ctx, {
    exportId,
    async tell(progress) {
      signal.throwIfAborted();
      ({ rows, files } = progress);
      const now = performance.now();
      if (now - notedAt < noteEvery) return;
      notedAt = now;
      const { done, total } = progress;
      await change(ctx, exportId, { stepsDone: done, stepsTotal: total, rows, files });
    },
  });
  const count = await writeZips(
    entries,
    async (part, archive) => {
      const blobKey = `${exportsFolder(ctx.tenantId)}/${exportId}/${part}.zip`;
      const hash = createHash("sha256");
      let bytes = 0;
      const measured = async function* () {
        for await (const chunk of archive) {
          hash.update(chunk);
          bytes += chunk.byteLength;
          yield chunk;
        }
      };
      await ctx.blobs.putStream(blobKey, measured(), { contentType: "application/zip" });
      parts.push({ blobKey, fileName: "", bytes, sha256: hash.digest("hex") });
    },
    { limits, at },
  );
  const day = at.toISOString().slice(0, 10);
  await change(ctx, exportId, {
    status: "done",
    rows,
    files,
    parts: parts.map((part, n) => ({
      ...part,
      fileName: `workspace-${day}${count > 1 ? `-${n + 1}-of-${count}` : ""}.zip`,
    })),
    finishedAt: ctx.now(),
    expiresAt: new Date(ctx.now().getTime() + keptDays * 86_400_000),
  });
}

/** Changes an export that is not settled; gives whether there is one. */
async function change(
  ctx: Ctx,
  exportId: string,
  set: Partial<typeof tenantExports.$inferInsert>,
): Promise<boolean> {
  const changed = await inTx(ctx, (ctx) =>
    ctx.tx
      .update(tenantExports)
      .set(set)
      .where(
        and(
          eq(tenantExports.tenantId, ctx.tenantId),
          eq(tenantExports.id, exportId),
          inArray(tenantExports.status, ["queued", "running"]),
        ),
      )
      .returning({ id: tenantExports.id }),
  );
  return changed.length > 0;
}
