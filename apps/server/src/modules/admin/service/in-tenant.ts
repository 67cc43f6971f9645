import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";

/**
 * Reads in another tenant, as the system: bots, documents and plans lie behind row-level security, and no
 * statement sees two tenants. A list over tenants goes through them in turn.
 */
export function inTenant<Result>(
  ctx: Ctx,
  tenantId: string,
  read: (ctx: TxCtx) => Promise<Result>,
): Promise<Result> {
  return inTx({ ...ctx, tenantId, actor: { kind: "system", name: "administration" } }, read);
}
