import { and, eq, lt } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { tenantExports } from "../tenants.tables.ts";
import { exportsFolder } from "./contents.ts";

/** Deletes the archives of exports whose time is over. What they were stays in the list. */
export async function tidyExports(ctx: Ctx): Promise<void> {
  const old = await inTx(ctx, (ctx) =>
    ctx.tx
      .select({ id: tenantExports.id })
      .from(tenantExports)
      .where(
        and(
          eq(tenantExports.tenantId, ctx.tenantId),
          eq(tenantExports.status, "done"),
          lt(tenantExports.expiresAt, ctx.now()),
        ),
      ),
  );
  for (const { id } of old) {
    await deleteArchives(ctx, id);
    await inTx(ctx, (ctx) =>
      ctx.tx
        .update(tenantExports)
        .set({ status: "expired", parts: [] })
        .where(and(eq(tenantExports.tenantId, ctx.tenantId), eq(tenantExports.id, id))),
    );
  }
}

export async function deleteArchives(ctx: Ctx, exportId: string): Promise<void> {
  for await (const key of ctx.blobs.list(`${exportsFolder(ctx.tenantId)}/${exportId}`))
    await ctx.blobs.delete(key);
}
