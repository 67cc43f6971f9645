import { inTx } from "../../../platform/ctx/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { assertCan, recordAudit } from "../../identity/index.ts";
import { type AgentStatus, keepStatus, type PresenceRow, routingSettingsOf } from "../../presence/index.ts";
import type { Agent } from "../routing.schema.ts";
import { agentsOf, describeAgent, findAgent } from "./agents.ts";
import { whomFor } from "./whom.ts";

/** Says whether one takes conversations, or a colleague for one, and how many at once. */
export async function setStatus(
  ctx: Ctx,
  input: {
    agentId?: string | undefined;
    status?: AgentStatus | undefined;
    maxConcurrent?: number | null | undefined;
  },
): Promise<Agent> {
  const userId = whomFor(ctx, input.agentId);
  return inTx(ctx, async (ctx) => {
    await findAgent(ctx, userId);
    const { awayAfterMinutes: minutes } = await routingSettingsOf(ctx);
    const { before, after } = await keepStatus(ctx, userId, {
      minutes,
      ...(input.status === undefined ? {} : { status: input.status }),
      ...(input.maxConcurrent === undefined ? {} : { maxConcurrent: input.maxConcurrent }),
    });
    await recordAudit(ctx, {
      action: "agent.status_changed",
      subjectType: "user",
      subjectId: userId,
      before: facts(before),
      after: facts(after),
    });
    return describeAgent(ctx, userId);
  });
}

/** Everybody who answers conversations, by name, with how they stand. */
export async function listAgents(ctx: Ctx): Promise<Agent[]> {
  assertCan(ctx.actor, "read conversations");
  return inTx(ctx, (ctx) => agentsOf(ctx));
}

function facts({ status, maxConcurrent }: PresenceRow) {
  return { status, maxConcurrent };
}
