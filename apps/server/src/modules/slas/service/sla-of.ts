import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import * as queries from "../clocks.queries.ts";
import { advance, type Clock, type ClockKind } from "../clocks.ts";
import type { SlaState } from "../slas.schema.ts";
import { stateOf } from "./count-clocks.ts";

/**
 * How these conversations stand at this moment by what was promised; those without a promise are missing. The caller
 * has found out that the actor may read them.
 */
export async function slaOf(ctx: Ctx, conversationIds: string[]): Promise<Map<string, SlaState>> {
  const rows = await inTx(ctx, (ctx) => queries.clocksOf(ctx, [...new Set(conversationIds)]));
  const found = new Map<string, SlaState>();
  for (const [id, ofOne] of Map.groupBy(rows, ({ conversationId }) => conversationId)) {
    const { clocks } = advance(stateOf(ofOne), ctx.now());
    found.set(id, describe(ofOne[0]?.terms.tier ?? "", clocks, ctx.now()));
  }
  return found;
}

function describe(tier: string, clocks: readonly Clock[], now: Date): SlaState {
  const dueOf = (kind: ClockKind) => clocks.find((clock) => clock.kind === kind)?.dueAt ?? null;
  const due = clocks.flatMap(({ metAt, dueAt }) => (metAt || !dueAt ? [] : [dueAt.getTime()]));
  const dueAt = due.length > 0 ? new Date(Math.min(...due)) : null;
  return {
    tier,
    firstResponseDueAt: dueOf("first_response"),
    resolutionDueAt: dueOf("resolution"),
    dueAt,
    breached: clocks.some(({ breachedAt }) => breachedAt !== null),
    minutesUntilBreach: dueAt && Math.floor((dueAt.getTime() - now.getTime()) / 60_000),
    status: statusOf(clocks),
  };
}

/** The worst that holds: a promise that was broken stays so; of those that are still to be kept, the nearest to it. */
function statusOf(clocks: readonly Clock[]): SlaState["status"] {
  if (clocks.some(({ breachedAt }) => breachedAt)) return "breached";
  const open = clocks.filter(({ metAt }) => !metAt);
  if (open.length === 0) return "met";
  if (open.every(({ pausedAt }) => pausedAt)) return "paused";
  return open.some(({ warnedAt }) => warnedAt) ? "warning" : "ok";
}
