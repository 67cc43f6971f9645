import type { TxCtx } from "../../../ports/index.ts";
import { searchMembers } from "../../identity/index.ts";
import { teamNames } from "../../members/index.ts";
import type { Fault } from "../rules/check-rule.ts";
import type { Action } from "../rules/rule.schema.ts";

/** Agents and teams that actions name and that are not there to be given anything. */
export async function faultsOfNamed(ctx: TxCtx, actions: readonly Action[]): Promise<Fault[]> {
  const agentIds = actions.flatMap((action) =>
    action.type === "assign_agent" ? [action.params.agentId] : [],
  );
  const teamIds = actions.flatMap((action) => (action.type === "assign_team" ? [action.params.teamId] : []));
  const agents = await workingMembers(ctx, agentIds);
  const teams = await teamNames(ctx, teamIds);
  return actions.flatMap((action, index) => {
    if (action.type === "assign_agent" && !agents.has(action.params.agentId)) {
      const message = "No active member of this workspace has this id.";
      return [{ path: `actions.${index}.params.agentId`, message }];
    }
    if (action.type === "assign_team" && !teams.has(action.params.teamId)) {
      return [{ path: `actions.${index}.params.teamId`, message: "No team of this workspace has this id." }];
    }
    return [];
  });
}

async function workingMembers(ctx: TxCtx, userIds: string[]): Promise<Set<string>> {
  if (userIds.length === 0) return new Set();
  const { rows } = await searchMembers(ctx, { limit: 100, offset: 0, userIds, status: "active" });
  return new Set(rows.map((row) => row.userId));
}
