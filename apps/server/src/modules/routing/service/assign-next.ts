import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { giveConversation } from "../../conversations/index.ts";
import { findTeam } from "../../members/index.ts";
import { lockPresence, noteSign } from "../../presence/index.ts";
import { takeNextWaiting } from "../routing.queries.ts";
import type { Agent } from "../routing.schema.ts";
import { describeAgent } from "./agents.ts";
import { whomFor } from "./whom.ts";

export interface NextInput {
  agentId?: string | undefined;
  teamId?: string | undefined;
  skills?: readonly string[] | undefined;
}

export interface Next {
  agentId: string;
  outcome: "assigned" | "none_waiting" | "at_capacity";
  currentCount: number;
  maxConcurrent: number;
  conversationId: string | null;
}

/** Gives an agent the next conversation that waits and that they may take, or says why there is none. */
export async function assignNext(ctx: Ctx, input: NextInput): Promise<Next> {
  const userId = whomFor(ctx, input.agentId);
  return inTx(ctx, async (ctx) => {
    const isOwnAct = ctx.actor.kind === "user" && ctx.actor.userId === userId;
    await describeAgent(ctx, userId); // who may not answer is told so before they are written down as seen
    if (isOwnAct) await noteSign(ctx, userId);
    return giveNext(ctx, userId, input, "assigned_next");
  });
}

/**
 * The one way in which a waiting conversation finds its agent by itself. Holding the agent's presence orders two calls
 * for one agent, so that nobody gets more than their capacity; the conversation's row is taken without waiting, so that
 * no two get the same and nobody waits in a circle.
 */
export async function giveNext(
  ctx: TxCtx,
  userId: string,
  input: Pick<NextInput, "teamId" | "skills">,
  reason: "assigned_next" | "auto_assigned",
): Promise<Next> {
  const said = await lockPresence(ctx, userId);
  const agent = await describeAgent(ctx, userId);
  if (said.status === "away" || said.status === "offline") {
    throw new AppError("CONFLICT", `Who is ${said.status} takes nothing. Set the status to available first.`);
  }
  await assertInTeam(ctx, agent, input.teamId);
  const { capacity: maxConcurrent, currentCount, agentId, name } = agent;
  const none = { agentId, currentCount, maxConcurrent, conversationId: null };
  if (currentCount >= maxConcurrent) return { ...none, outcome: "at_capacity" };
  const waiting = await takeNextWaiting(ctx, fitnessOf(agent, input));
  if (!waiting) return { ...none, outcome: "none_waiting" };
  await giveConversation(ctx, waiting, { id: agentId, name }, { action: "conversation.assigned", reason });
  return {
    agentId,
    outcome: "assigned",
    currentCount: currentCount + 1,
    maxConcurrent,
    conversationId: waiting.id,
  };
}

async function assertInTeam(ctx: TxCtx, { name, teams }: Agent, teamId: string | undefined): Promise<void> {
  if (teamId === undefined || teams.some(({ id }) => id === teamId)) return;
  const team = await findTeam(ctx, teamId);
  throw new AppError("CONFLICT", `${name} is not in the team ${team.name}. Choose a team of theirs.`);
}

/** What they may take: of their teams and of nobody's, as far as they have the skills. */
export function fitnessOf(agent: Agent, { teamId, skills }: Pick<NextInput, "teamId" | "skills">) {
  return {
    teamIds: agent.teams.map(({ id }) => id),
    skills: skills ? agent.skills.filter((skill) => skills.includes(skill)) : agent.skills,
    onlyTeamId: teamId,
  };
}
