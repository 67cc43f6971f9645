import { eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { logHeads } from "../security.tables.ts";
import { openHead, sealHead, thisHead } from "./chain.ts";

/**
 * Seals the heads of a tenant's logs under the server's current secret, so that the former one can be given up. A head
 * that no known secret opens stays as it is: `audit.verify` shows it.
 */
export async function resealHeads(ctx: Ctx): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const rows = await ctx.tx
      .select()
      .from(logHeads)
      .where(eq(logHeads.tenantId, ctx.tenantId))
      .orderBy(logHeads.log) // in which transactions lock them
      .for("update");
    for (const { log, sealedHead } of rows) {
      const head = ctx.vault.isCurrent(sealedHead) ? null : openHead(ctx, log, sealedHead);
      if (!head) continue;
      await ctx.tx
        .update(logHeads)
        .set({ sealedHead: sealHead(ctx, log, head) })
        .where(thisHead(ctx, log));
    }
  });
}
