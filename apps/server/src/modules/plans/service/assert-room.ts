import type { TxCtx } from "../../../ports/index.ts";
import { lockPlanOf } from "../plans.queries.ts";
import { limitReached, maxOf, type RoomLimit } from "./limits.ts";

/*
 * The order of locks, which every transaction keeps so that none waits in a circle:
 *
 *   1. the tenant's row in tenant_plans (here), before anything else that the transaction locks
 *   2. rows of bots, sources, documents, conversations
 *   3. the month's row in plan_uses (count-use.ts), as late as possible: all of a tenant's work meets there
 */

/**
 * Throws INSUFFICIENT_CREDITS unless the tenant's plan has room for `adding` more. `used` counts under the
 * lock of the tenant's plan, which is held until the transaction ends: of any number of transactions at once
 * exactly as many pass as there is room for. Storage is in bytes.
 */
export async function assertRoom(
  ctx: TxCtx,
  limit: RoomLimit,
  room: { used: (ctx: TxCtx) => Promise<number>; adding: number },
): Promise<void> {
  if (room.adding <= 0) return;
  const plan = await lockPlanOf(ctx);
  const used = await room.used(ctx);
  if (used + room.adding > maxOf(plan, limit)) throw limitReached(plan, limit, { used });
}
