import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { connectionRows, openConnection, sealKey, thisConnection } from "../models.queries.ts";
import { modelConnections } from "../models.tables.ts";

/**
 * Seals a tenant's keys again that are not under the server's current secret, so that the former secret can
 * be given up. A key that no known secret opens stays as it is: its owner sees that it must be entered again.
 */
export async function resealKeys(ctx: Ctx): Promise<void> {
  await inTx(ctx, async (ctx) => {
    for (const row of await connectionRows(ctx)) {
      if (ctx.vault.isCurrent(row.sealedKey)) continue;
      const connection = openConnection(ctx, row);
      if (!connection) {
        ctx.log.warn(
          { provider: row.provider, purpose: row.purpose },
          "a key is sealed under no known secret",
        );
        continue;
      }
      await ctx.tx
        .update(modelConnections)
        .set({ sealedKey: sealKey(ctx, connection.apiKey) })
        .where(and(thisConnection(ctx, row), eq(modelConnections.sealedKey, row.sealedKey)));
      await recordAudit(ctx, {
        action: "model.resealed",
        subjectType: "model",
        subjectId: row.provider,
        after: { purpose: row.purpose },
      });
    }
  });
}
