import { and, asc, eq } from "drizzle-orm";
import { asSystem, type Db } from "../../platform/db/index.ts";
import { AppError, notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { monthOf } from "./month.ts";
import { type MonthlyUse, plans, planUses, tenantPlans } from "./plans.tables.ts";

export type PlanRow = typeof plans.$inferSelect;

/** The plan that the tenant has now: the one it was given, or else the default. */
export async function planOf(ctx: TxCtx): Promise<PlanRow> {
  const [given] = await ctx.tx
    .select({ planId: tenantPlans.planId })
    .from(tenantPlans)
    .where(eq(tenantPlans.tenantId, ctx.tenantId));
  return findPlan(given?.planId ?? null);
}

/**
 * The same, with the tenant's row locked until the transaction ends, so that whoever counts next sees what
 * this transaction adds. Always the first lock of a transaction: see assert-room.ts.
 */
export async function lockPlanOf(ctx: TxCtx): Promise<PlanRow> {
  const lock = () =>
    ctx.tx
      .select({ planId: tenantPlans.planId })
      .from(tenantPlans)
      .where(eq(tenantPlans.tenantId, ctx.tenantId))
      .for("update");
  let [row] = await lock();
  if (!row) {
    await ctx.tx.insert(tenantPlans).values({ tenantId: ctx.tenantId }).onConflictDoNothing();
    [row] = await lock();
  }
  return findPlan(row?.planId ?? null);
}

/** A plan by its id, the default one without. Plans are global, so that the role is lifted. */
async function findPlan(id: string | null): Promise<PlanRow> {
  const [plan] = await asSystem((tx) =>
    tx
      .select()
      .from(plans)
      .where(id === null ? eq(plans.isDefault, true) : eq(plans.id, id)),
  );
  if (!plan) throw new AppError("INTERNAL", "There is no default plan.");
  return plan;
}

/** The tenant's plans in a transaction of the system's own, by id. Named system query: for lists over tenants. */
export async function allPlans(db: Db): Promise<PlanRow[]> {
  return db.system().select().from(plans).orderBy(asc(plans.maxBots), asc(plans.name));
}

/** Every plan, locked in an order in which all lock them. */
export async function lockPlans(): Promise<PlanRow[]> {
  return asSystem((tx) => tx.select().from(plans).orderBy(asc(plans.id)).for("update"));
}

export function planAmong(all: PlanRow[], id: string): PlanRow {
  const plan = all.find((candidate) => candidate.id === id);
  if (!plan) throw notFound("The plan");
  return plan;
}

/** What was counted in the month that the context's clock says. */
export async function usesThisMonth(ctx: TxCtx): Promise<Record<MonthlyUse, number>> {
  const rows = await ctx.tx
    .select({ what: planUses.what, used: planUses.used })
    .from(planUses)
    .where(and(eq(planUses.tenantId, ctx.tenantId), eq(planUses.month, monthOf(ctx.now()))));
  const usedOf = (what: MonthlyUse) => rows.find((row) => row.what === what)?.used ?? 0;
  return { queries: usedOf("queries"), processingJobs: usedOf("processingJobs") };
}
