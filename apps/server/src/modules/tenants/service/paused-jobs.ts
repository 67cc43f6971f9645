import { asc, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { holdTenantStatus, tenantStatus } from "../../identity/index.ts";
import { pausedJobs } from "../tenants.tables.ts";

/** What happens to a job whose turn has come. */
export type Turn = "run" | "paused" | "dropped";

/**
 * Whether a job of the context's tenant may run. While the tenant is stopped it is put aside instead, in the same
 * transaction that saw that, so that whoever reopens the tenant finds it. One of a deleted tenant is nobody's. Whoever
 * runs it listens from before this call for the tenant to be stopped.
 */
export async function takeTurn(ctx: Ctx, queue: string, data: object): Promise<Turn> {
  if ((await tenantStatus(ctx.db, ctx.tenantId)) === "active") return "run"; // nearly always; no row is held for it
  return inTx(ctx, async (ctx) => {
    const status = await holdTenantStatus(ctx.tenantId);
    if (status === "active") return "run";
    if (status === null) return "dropped";
    const { tenantId } = ctx;
    await ctx.tx.insert(pausedJobs).values({ tenantId, id: newId(), queue, data, createdAt: ctx.now() });
    return "paused";
  });
}

/** Puts the tenant's waiting jobs back on their queues, the oldest first. Gives how many they were. */
export async function resumeJobs(ctx: TxCtx): Promise<number> {
  const rows = await ctx.tx
    .select()
    .from(pausedJobs)
    .where(eq(pausedJobs.tenantId, ctx.tenantId))
    .orderBy(asc(pausedJobs.createdAt), asc(pausedJobs.id));
  for (const { queue, data } of rows) await ctx.jobs.enqueueNamed(queue, data);
  if (rows.length > 0) await ctx.tx.delete(pausedJobs).where(eq(pausedJobs.tenantId, ctx.tenantId));
  return rows.length;
}
