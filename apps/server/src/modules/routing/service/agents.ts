import { AppError } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import {
  findMember,
  type MemberRow,
  rolesOfTenant,
  searchMembers,
  statusOfMember,
} from "../../identity/index.ts";
import { teamsOf } from "../../members/index.ts";
import { presenceOf, routingSettingsOf } from "../../presence/index.ts";
import { loadsOf } from "../routing.queries.ts";
import type { Agent } from "../routing.schema.ts";

/** People of one tenant who are looked at; more agents than that are not distributed to. */
const mostAgents = 500;

/** The roles whose people answer conversations. */
async function answeringRoles(ctx: TxCtx): Promise<string[]> {
  const roles = await rolesOfTenant(ctx);
  return [...roles.values()].flatMap(({ id, rights }) => (rights.has("answer conversations") ? [id] : []));
}

/** A member who may be given conversations; NOT_FOUND for nobody of the tenant's, CONFLICT for who may not answer. */
export async function findAgent(ctx: TxCtx, userId: string): Promise<{ id: string; name: string }> {
  const member = await findMember(ctx, userId);
  const { name } = member;
  if (statusOfMember(member) !== "active") {
    throw new AppError("CONFLICT", `${name} does not work here at present. Choose somebody else.`);
  }
  if (!(await answeringRoles(ctx)).includes(member.role)) {
    throw new AppError("CONFLICT", `${name} may not answer conversations. Give them a role that may, first.`);
  }
  return { id: member.userId, name };
}

/** Agents by name, with how they stand: all of the tenant's, or these. */
export async function agentsOf(ctx: TxCtx, userIds?: readonly string[]): Promise<Agent[]> {
  const { rows } = await searchMembers(ctx, {
    limit: mostAgents,
    offset: 0,
    roles: await answeringRoles(ctx),
    status: "active",
    userIds,
  });
  return describeAgents(ctx, rows);
}

async function describeAgents(ctx: TxCtx, members: MemberRow[]): Promise<Agent[]> {
  const ids = members.map(({ userId }) => userId);
  const { defaultCapacity } = await routingSettingsOf(ctx);
  const [presences, loads, teams] = [
    await presenceOf(ctx, ids),
    await loadsOf(ctx, ids),
    await teamsOf(ctx, ids),
  ];
  return members.flatMap(({ userId, name, skills }) => {
    const presence = presences.get(userId);
    if (!presence) return [];
    return [
      {
        ...presence,
        agentId: userId,
        name,
        skills,
        teams: teams.get(userId) ?? [],
        currentCount: loads.get(userId) ?? 0,
        capacity: presence.maxConcurrent ?? defaultCapacity,
      },
    ];
  });
}

/** One agent as they stand; NOT_FOUND and CONFLICT as `findAgent`. */
export async function describeAgent(ctx: TxCtx, userId: string): Promise<Agent> {
  await findAgent(ctx, userId);
  const [agent] = await agentsOf(ctx, [userId]);
  if (!agent) throw new AppError("INTERNAL", "The agent was not read.");
  return agent;
}
