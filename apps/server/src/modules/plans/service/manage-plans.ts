import { and, eq, ne } from "drizzle-orm";
import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { asSystem } from "../../../platform/db/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan, assertPlatformAdmin, assertTenant, recordAudit } from "../../identity/index.ts";
import { allPlans, lockPlanOf, lockPlans, planAmong, planOf } from "../plans.queries.ts";
import type { Plan, updatePlanSchema } from "../plans.schema.ts";
import { plans, tenantPlans } from "../plans.tables.ts";

/** The plan of the actor's own tenant. */
export async function getCurrentPlan(ctx: Ctx): Promise<Plan> {
  assertCan(ctx.actor, "read bots");
  return inTx(ctx, planOf);
}

/** Every plan of the installation, smallest first. */
export async function listPlans(ctx: Ctx): Promise<Plan[]> {
  assertPlatformAdmin(ctx.actor);
  return allPlans(ctx.db);
}

/**
 * Changes what a plan allows, from the next call on. Lowering it below what a tenant has deletes nothing:
 * the tenant can add no more. Throws CONFLICT for a name that is taken and for switching the default off.
 */
export async function updatePlan(
  ctx: Ctx,
  { planId, ...change }: z.infer<typeof updatePlanSchema>,
): Promise<Plan> {
  assertPlatformAdmin(ctx.actor);
  return inTx(ctx, async (ctx) => {
    const all = await lockPlans();
    const before = planAmong(all, planId);
    if (all.some((plan) => plan.id !== planId && plan.name === change.name)) {
      throw new AppError("CONFLICT", `There is a plan named "${change.name}". Choose another name.`);
    }
    const after = { ...before, ...definedOf(change), updatedAt: ctx.now() };
    if (after.isDefault && !after.isActive) {
      throw new AppError(
        "CONFLICT",
        "The default plan has to stay active. Make another plan the default first.",
      );
    }
    const row = await asSystem(async (tx) => {
      if (change.isDefault) {
        const others = and(ne(plans.id, planId), eq(plans.isDefault, true));
        await tx.update(plans).set({ isDefault: false }).where(others);
      }
      const [row] = await tx.update(plans).set(after).where(eq(plans.id, planId)).returning();
      return row;
    });
    if (!row) throw notFound("The plan");
    await recordAudit(ctx, {
      action: "plan.updated",
      subjectType: "plan",
      subjectId: planId,
      before: fieldsOf(before, change),
      after: fieldsOf(row, change),
    });
    return row;
  });
}

/** Gives a tenant a plan, the default one with null. It is noted in that tenant's own audit log. */
export async function setTenantPlan(
  ctx: Ctx,
  { tenantId, planId }: { tenantId: string; planId: string | null },
): Promise<Plan> {
  assertPlatformAdmin(ctx.actor);
  const plan = planId === null ? null : planAmong(await allPlans(ctx.db), planId);
  if (plan && !plan.isActive) {
    throw new AppError("CONFLICT", `The plan "${plan.name}" is not active. Activate it, or choose another.`);
  }
  return inTx({ ...ctx, tenantId }, async (ctx) => {
    await assertTenant(tenantId);
    const before = await lockPlanOf(ctx);
    await ctx.tx
      .update(tenantPlans)
      .set({ planId, updatedAt: ctx.now() })
      .where(eq(tenantPlans.tenantId, tenantId));
    const after = await planOf(ctx);
    await recordAudit(ctx, {
      action: "tenant.plan_set",
      subjectType: "tenant",
      subjectId: tenantId,
      before: { planId: before.id, plan: before.name },
      after: { planId: after.id, plan: after.name },
    });
    return after;
  });
}

/** Without what was not given: undefined means unchanged. */
function definedOf<Change extends object>(change: Change): Partial<Required<Change>> {
  const given: Partial<Required<Change>> = {};
  for (const key in change) {
    const value = change[key];
    if (value !== undefined) given[key] = value;
  }
  return given;
}

/** The fields of a plan that a change names. */
function fieldsOf(plan: Plan, change: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(plan).filter(([key]) => key in change));
}
