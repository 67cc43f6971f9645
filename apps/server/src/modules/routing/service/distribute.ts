import { inTx } from "../../../platform/ctx/index.ts";
import { isAppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { routingSettingsOf, whoIsThere } from "../../presence/index.ts";
import { isAnythingWaiting } from "../routing.queries.ts";
import { agentsOf } from "./agents.ts";
import { giveNext } from "./assign-next.ts";

/** Conversations given away by one job; the sweep of the next minute goes on. */
const mostAtOnce = 200;

/**
 * Gives waiting conversations to whoever is available, one at a time to who has the fewest, until nobody may take
 * anything more. Each is a transaction of its own and may be repeated; nothing happens where it is switched off.
 */
export async function distribute(ctx: Ctx): Promise<number> {
  let given = 0;
  while (given < mostAtOnce) {
    const candidates = await freeAgents(ctx);
    let isDone = true;
    for (const userId of candidates) {
      if (!(await giveOne(ctx, userId))) continue;
      given++;
      isDone = false;
      break; // loads have changed
    }
    if (isDone) break;
  }
  return given;
}

/** Who is available and has room, the least loaded first; of equals who has been available the longest. */
function freeAgents(ctx: Ctx): Promise<string[]> {
  return inTx(ctx, async (ctx) => {
    const { autoAssign } = await routingSettingsOf(ctx);
    if (!autoAssign || !(await isAnythingWaiting(ctx))) return [];
    const there = await whoIsThere(ctx, ["available"]);
    const agents = await agentsOf(ctx, there);
    return agents
      .filter(({ currentCount, capacity }) => currentCount < capacity)
      .sort((a, b) => a.currentCount - b.currentCount || there.indexOf(a.agentId) - there.indexOf(b.agentId))
      .map(({ agentId }) => agentId);
  });
}

async function giveOne(ctx: Ctx, userId: string): Promise<boolean> {
  try {
    const { outcome } = await inTx(ctx, (ctx) => giveNext(ctx, userId, {}, "auto_assigned"));
    return outcome === "assigned";
  } catch (error) {
    if (isAppError(error) && error.code === "CONFLICT") return false; // they left, or may not answer any more
    throw error;
  }
}
