import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { recordAudit } from "../../identity/index.ts";
import { openSecret, sealSecret } from "../client-secret.ts";
import { changeConnection, findConnection, tidyAttempts } from "../connections.queries.ts";
import { recheckSsoDomain } from "./verify-domain.ts";

/** Each hour: removes what can be used for nothing any more, and looks at a verified domain's record when it is due. */
export async function tidySso(ctx: Ctx): Promise<void> {
  await inTx(ctx, (ctx) => tidyAttempts(ctx));
  await resealSecret(ctx);
  await recheckSsoDomain(ctx);
}

/** Seals the client secret again when it is not under the server's current secret, so that the former can be given up. */
async function resealSecret(ctx: Ctx): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const connection = await findConnection(ctx, { lock: true });
    if (!connection?.sealedSecret || ctx.vault.isCurrent(connection.sealedSecret)) return;
    const secret = openSecret(ctx, connection);
    if (secret === null) {
      // the test of the set-up fails by it, and says so; it has to be entered again
      ctx.log.warn({ tenantId: ctx.tenantId }, "a client secret is sealed under no known secret");
      return;
    }
    await changeConnection(ctx, connection, { sealedSecret: sealSecret(ctx, secret) });
    await recordAudit(ctx, { action: "sso.resealed", subjectType: "sso", subjectId: connection.id });
  });
}
