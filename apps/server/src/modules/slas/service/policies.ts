import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import * as queries from "../slas.queries.ts";
import type { NewPolicy, Policy, PolicyChange } from "../slas.schema.ts";
import { slaPolicies } from "../slas.tables.ts";

/** A bound against mistakes. */
const mostPolicies = 50;

/** The tenant's policies by name. */
export async function listPolicies(
  ctx: Ctx,
  input: { page: number; pageSize: number },
): Promise<{ items: Policy[]; total: number }> {
  assertCan(ctx.actor, "manage service levels");
  return inTx(ctx, async (ctx) => {
    const { rows, total } = await queries.pageOfPolicies(ctx, input);
    return { items: rows.map(toPolicy), total };
  });
}

export async function getPolicy(ctx: Ctx, { policyId }: { policyId: string }): Promise<Policy> {
  assertCan(ctx.actor, "manage service levels");
  return inTx(ctx, async (ctx) => toPolicy(await queries.findPolicy(ctx, policyId)));
}

/** Promises something to the customers of a tier, in the conversations that begin from now on. */
export async function createPolicy(ctx: Ctx, input: NewPolicy): Promise<Policy> {
  assertCan(ctx.actor, "manage service levels");
  return inTx(ctx, async (ctx) => {
    const { total } = await queries.pageOfPolicies(ctx, { page: 1, pageSize: 1 });
    if (total >= mostPolicies) {
      throw new AppError("CONFLICT", `A workspace has at most ${mostPolicies} policies. Delete one first.`);
    }
    if (input.calendarId) await queries.findCalendar(ctx, input.calendarId);
    const at = ctx.now();
    const [row] = await ctx.tx
      .insert(slaPolicies)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        ...input,
        activeSince: at,
        createdAt: at,
        updatedAt: at,
      })
      .onConflictDoNothing()
      .returning();
    if (!row) throw tierTaken(input.tier);
    await audit(ctx, "sla_policy.created", row.id, { after: facts(row) });
    return toPolicy(row);
  });
}

/** Changes a policy for the conversations that begin from now on; in the others holds what was promised there. */
export async function updatePolicy(
  ctx: Ctx,
  { policyId, version, ...change }: PolicyChange & { policyId: string },
): Promise<Policy> {
  assertCan(ctx.actor, "manage service levels");
  return inTx(ctx, async (ctx) => {
    const before = await queries.findPolicy(ctx, policyId, { lock: true });
    assertVersion(before, version);
    if (change.calendarId) await queries.findCalendar(ctx, change.calendarId);
    const {
      name = before.name,
      tier = before.tier,
      targets = before.targets,
      calendarId = before.calendarId,
      pauseWithBot = before.pauseWithBot,
      active = before.active,
    } = change;
    const other = await queries.policyOfTier(ctx, tier);
    if (other && other.id !== policyId) throw tierTaken(tier);
    const [row] = await ctx.tx
      .update(slaPolicies)
      .set({
        name,
        tier,
        targets,
        calendarId,
        pauseWithBot,
        active,
        activeSince: active && !before.active ? ctx.now() : before.activeSince,
        version: before.version + 1,
        updatedAt: ctx.now(),
      })
      .where(and(eq(slaPolicies.tenantId, ctx.tenantId), eq(slaPolicies.id, policyId)))
      .returning();
    if (!row) throw new AppError("INTERNAL", "The policy was not written.");
    await audit(ctx, "sla_policy.updated", policyId, { before: facts(before), after: facts(row) });
    return toPolicy(row);
  });
}

/** Promises nothing by it any more; what was promised before holds. */
export async function deletePolicy(ctx: Ctx, { policyId }: { policyId: string }): Promise<void> {
  assertCan(ctx.actor, "manage service levels");
  await inTx(ctx, async (ctx) => {
    const before = await queries.findPolicy(ctx, policyId, { lock: true });
    await ctx.tx
      .delete(slaPolicies)
      .where(and(eq(slaPolicies.tenantId, ctx.tenantId), eq(slaPolicies.id, policyId)));
    await audit(ctx, "sla_policy.deleted", policyId, { before: facts(before) });
  });
}

/** Throws CONFLICT where somebody else has saved since. */
export function assertVersion(row: { version: number }, version: number | undefined): void {
  if (version === undefined || version === row.version) return;
  throw new AppError("CONFLICT", "Somebody else has changed this meanwhile. Load it again, then change it.", {
    details: { version: row.version },
  });
}

function toPolicy({ tenantId: _tenant, activeSince: _since, ...policy }: queries.PolicyRow): Policy {
  return policy;
}

function tierTaken(tier: string): AppError {
  return new AppError(
    "CONFLICT",
    `There is a policy for the tier ${tier} already. Change that one, or choose another tier.`,
  );
}

function facts({ name, tier, targets, calendarId, pauseWithBot, active }: queries.PolicyRow) {
  return { name, tier, targets, calendarId, pauseWithBot, active };
}

function audit(
  ctx: TxCtx,
  action: string,
  policyId: string,
  change: { before?: Record<string, unknown>; after?: Record<string, unknown> },
): Promise<void> {
  return recordAudit(ctx, { action, subjectType: "sla_policy", subjectId: policyId, ...change });
}
