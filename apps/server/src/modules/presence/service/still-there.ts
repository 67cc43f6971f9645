import { and, eq, gt, inArray, sql } from "drizzle-orm";
import type { TxCtx } from "../../../ports/index.ts";
import { agentPresence } from "../presence.tables.ts";
import { heartbeatLasts } from "./presence.ts";

/**
 * Open inboxes of all of them say so again, in one statement. Gives those for whom it could not be said so, because
 * their standing would change by it, or somebody holds their row: for each of them `heartbeat` is to be called.
 */
export async function stillThere(ctx: TxCtx, userIds: readonly string[]): Promise<string[]> {
  if (userIds.length === 0) return [];
  const now = ctx.now();
  const until = sql.param(new Date(now.getTime() + heartbeatLasts), agentPresence.thereUntil);
  const ofTenant = eq(agentPresence.tenantId, ctx.tenantId);
  // rows that are held are left out: no row of these is held while another is waited for
  const steady = ctx.tx
    .select({ userId: agentPresence.userId })
    .from(agentPresence)
    .where(
      and(
        ofTenant,
        inArray(agentPresence.userId, [...userIds]),
        gt(agentPresence.thereUntil, now),
        eq(agentPresence.setBySweep, false),
      ),
    )
    .for("update", { skipLocked: true });
  const told = await ctx.tx
    .update(agentPresence)
    .set({ lastSeenAt: now, thereUntil: sql`greatest(${agentPresence.thereUntil}, ${until})` })
    .where(and(ofTenant, inArray(agentPresence.userId, steady)))
    .returning({ userId: agentPresence.userId });
  const done = new Set(told.map(({ userId }) => userId));
  return userIds.filter((id) => !done.has(id));
}
