import { lt, sql } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { monthOf, nextMonth } from "../month.ts";
import { planOf } from "../plans.queries.ts";
import { type MonthlyUse, planUses } from "../plans.tables.ts";
import { limitReached, maxOf } from "./limits.ts";

/**
 * Counts one use of this month, or throws INSUFFICIENT_CREDITS where the plan allows no more. One statement
 * adds and compares, so that any number at once never pass the limit; what rolls back was not counted. The
 * refusal leaves the transaction whole: a caller may catch it and go on.
 */
export async function countUse(ctx: TxCtx, what: MonthlyUse): Promise<void> {
  const plan = await planOf(ctx);
  const max = maxOf(plan, what);
  const at = ctx.now();
  const counted =
    max > 0 &&
    (await ctx.tx
      .insert(planUses)
      .values({ tenantId: ctx.tenantId, month: monthOf(at), what, used: 1 })
      .onConflictDoUpdate({
        target: [planUses.tenantId, planUses.month, planUses.what],
        set: { used: sql`${planUses.used} + 1` },
        setWhere: lt(planUses.used, max),
      })
      .returning({ used: planUses.used }));
  if (!counted || counted.length === 0) {
    throw limitReached(plan, what, { used: max, resetsAt: nextMonth(at) });
  }
}
