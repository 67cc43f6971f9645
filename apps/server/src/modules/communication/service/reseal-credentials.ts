import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { connectionRows, sealCredentials, thisKind, unseal } from "../communication.queries.ts";
import { communicationConnections } from "../communication.tables.ts";

/**
 * Seals a tenant's credentials again that are not under the server's current secret, so that the former one can be given
 * up. What no known secret opens stays as it is: people see that it must be connected again.
 */
export async function resealCredentials(ctx: Ctx): Promise<void> {
  await inTx(ctx, async (ctx) => {
    for (const row of await connectionRows(ctx)) {
      if (ctx.vault.isCurrent(row.sealedCredentials)) continue;
      const connection = unseal(ctx, row);
      if (!connection) {
        ctx.log.warn({ kind: row.kind }, "a connection is sealed under no known secret");
        continue;
      }
      await ctx.tx
        .update(communicationConnections)
        .set({ sealedCredentials: sealCredentials(ctx, connection.credentials) })
        .where(
          and(thisKind(ctx, row.kind), eq(communicationConnections.sealedCredentials, row.sealedCredentials)),
        );
      await recordAudit(ctx, {
        action: "communication.resealed",
        subjectType: "connection",
        subjectId: row.kind,
      });
    }
  });
}
