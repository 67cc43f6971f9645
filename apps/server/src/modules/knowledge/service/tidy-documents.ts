import { and, eq, isNull, lt } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { deleteBlobsQueue } from "../knowledge.jobs.ts";
import { latestVersion } from "../knowledge.queries.ts";
import { documents } from "../knowledge.tables.ts";
import { fail } from "./ingest-document.ts";

const hour = 3_600_000;

/**
 * Ends what a dead worker or a closed browser left open: a document that has not moved for an hour while it
 * was being processed becomes FAILED, to be tried again; an upload that was never confirmed goes after a day.
 */
export async function tidyDocuments(ctx: Ctx): Promise<void> {
  const before = (age: number) => new Date(ctx.now().getTime() - age);
  const stuck = await inTx(ctx, async (ctx) => {
    const abandoned = await ctx.tx
      .delete(documents)
      .where(
        and(
          eq(documents.tenantId, ctx.tenantId),
          eq(documents.status, "PENDING"),
          isNull(documents.stage),
          lt(documents.createdAt, before(24 * hour)),
        ),
      )
      .returning({ id: documents.id });
    // the key of a first version follows from the document's id; a blob that never came is no error
    const keys = abandoned.map(({ id }) => `${ctx.tenantId}/documents/${id}/1`);
    if (keys.length > 0) await ctx.jobs.enqueue(deleteBlobsQueue, { keys });
    const still = await ctx.tx
      .select({ id: documents.id })
      .from(documents)
      .where(
        and(
          eq(documents.tenantId, ctx.tenantId),
          eq(documents.status, "PROCESSING"),
          lt(documents.updatedAt, before(hour)),
        ),
      );
    const versions = [];
    for (const { id } of still) versions.push(await latestVersion(ctx, id));
    return versions;
  });
  for (const { documentId, version } of stuck) {
    await fail(ctx, { documentId, version }, "PROCESSING_FAILED", stopped);
  }
}

const stopped = "Processing stopped before it was done. Try again.";
