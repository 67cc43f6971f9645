import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, can, findMember, recordAudit, searchMembers } from "../../identity/index.ts";
import type { Member } from "../members.schema.ts";
import { teams } from "../members.tables.ts";
import * as queries from "../teams.queries.ts";
import type { Team } from "../teams.schema.ts";
import { describeMembers } from "./describe-members.ts";

/** A bound against mistakes. */
const mostTeams = 200;

/** The tenant's teams by name. */
export async function listTeams(
  ctx: Ctx,
  input: { page: number; pageSize: number; search?: string | undefined },
): Promise<{ items: Team[]; total: number }> {
  assertCan(ctx.actor, "read members");
  return inTx(ctx, async (ctx) => {
    const { rows, total } = await queries.searchTeams(ctx, input);
    return { items: await describe(ctx, rows), total };
  });
}

export async function getTeam(ctx: Ctx, { teamId }: { teamId: string }): Promise<Team> {
  assertCan(ctx.actor, "read members");
  return inTx(ctx, async (ctx) => describeOne(ctx, await queries.findTeam(ctx, teamId)));
}

/** Who is in a team, by name; deactivated members stand there too, as what they are. */
export async function listTeamMembers(
  ctx: Ctx,
  { teamId, page, pageSize }: { teamId: string; page: number; pageSize: number },
): Promise<{ items: Member[]; total: number }> {
  assertCan(ctx.actor, "read members");
  return inTx(ctx, async (ctx) => {
    await queries.findTeam(ctx, teamId);
    const userIds = await queries.peopleOf(ctx, teamId);
    const { rows, total } = await searchMembers(ctx, {
      limit: pageSize,
      offset: (page - 1) * pageSize,
      userIds,
    });
    return { items: await describeMembers(ctx, rows), total };
  });
}

export async function createTeam(ctx: Ctx, input: { name: string; description: string }): Promise<Team> {
  assertCan(ctx.actor, "manage teams");
  return inTx(ctx, async (ctx) => {
    if ((await queries.countTeams(ctx)) >= mostTeams) {
      throw new AppError("CONFLICT", `A workspace has at most ${mostTeams} teams. Delete one first.`);
    }
    const [row] = await ctx.tx
      .insert(teams)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        ...input,
        createdAt: ctx.now(),
        updatedAt: ctx.now(),
      })
      .onConflictDoNothing()
      .returning();
    if (!row) throw nameTaken(input.name);
    await audit(ctx, "team.created", row.id, { after: facts(row) });
    return describeOne(ctx, row);
  });
}

export async function updateTeam(
  ctx: Ctx,
  { teamId, ...change }: { teamId: string; name?: string | undefined; description?: string | undefined },
): Promise<Team> {
  assertCan(ctx.actor, "manage teams");
  return inTx(ctx, async (ctx) => {
    const before = await queries.findTeam(ctx, teamId, { lock: true });
    const { name = before.name, description = before.description } = change;
    if (await queries.isTeamName(ctx, name, teamId)) throw nameTaken(name);
    const [row] = await ctx.tx
      .update(teams)
      .set({ name, description, updatedAt: ctx.now() })
      .where(and(eq(teams.tenantId, ctx.tenantId), eq(teams.id, teamId)))
      .returning();
    if (!row) throw new AppError("INTERNAL", "The team was not written.");
    await audit(ctx, "team.updated", teamId, { before: facts(before), after: facts(row) });
    return describeOne(ctx, row);
  });
}

/** Deletes a team; its people stay members. */
export async function deleteTeam(ctx: Ctx, { teamId }: { teamId: string }): Promise<void> {
  assertCan(ctx.actor, "manage teams");
  await inTx(ctx, async (ctx) => {
    const before = await queries.findTeam(ctx, teamId, { lock: true });
    const members = await queries.peopleOf(ctx, teamId);
    await ctx.tx.delete(teams).where(and(eq(teams.tenantId, ctx.tenantId), eq(teams.id, teamId)));
    await audit(ctx, "team.deleted", teamId, { before: { ...facts(before), members } });
  });
}

/** Puts a member into a team. Doing it again changes nothing. */
export async function addTeamMember(
  ctx: Ctx,
  { teamId, userId }: { teamId: string; userId: string },
): Promise<void> {
  assertCan(ctx.actor, "manage teams");
  await inTx(ctx, async (ctx) => {
    await queries.findTeam(ctx, teamId, { lock: true });
    const member = await findMember(ctx, userId);
    if (member.deactivatedAt) {
      throw new AppError("CONFLICT", `${member.name} is deactivated. Reactivate them first.`);
    }
    await queries.joinTeam(ctx, teamId, userId);
    await audit(ctx, "team.member_added", teamId, { after: { userId } });
  });
}

/** Takes a member out of a team. Of somebody who is not in it nothing changes. */
export async function removeTeamMember(
  ctx: Ctx,
  { teamId, userId }: { teamId: string; userId: string },
): Promise<void> {
  assertCan(ctx.actor, "manage teams");
  await inTx(ctx, async (ctx) => {
    await queries.findTeam(ctx, teamId, { lock: true });
    await findMember(ctx, userId);
    await queries.leaveTeams(ctx, [teamId], userId);
    await audit(ctx, "team.member_removed", teamId, { before: { userId } });
  });
}

async function describeOne(ctx: TxCtx, row: queries.TeamRow): Promise<Team> {
  const [team] = await describe(ctx, [row]);
  if (!team) throw new AppError("INTERNAL", "The team was not read.");
  return team;
}

async function describe(ctx: TxCtx, rows: queries.TeamRow[]): Promise<Team[]> {
  const sizes = await queries.sizesOf(
    ctx,
    rows.map((row) => row.id),
  );
  const mayManage = can(ctx.actor, "manage teams");
  return rows.map(({ tenantId: _tenant, ...row }) => ({
    ...row,
    members: sizes.get(row.id) ?? 0,
    can: { update: mayManage, remove: mayManage },
  }));
}

function nameTaken(name: string): AppError {
  return new AppError("CONFLICT", `There is a team called ${name}. Choose another name.`);
}

function facts({ name, description }: queries.TeamRow) {
  return { name, description };
}

function audit(
  ctx: TxCtx,
  action: string,
  teamId: string,
  change: { before?: Record<string, unknown>; after?: Record<string, unknown> },
): Promise<void> {
  return recordAudit(ctx, { action, subjectType: "team", subjectId: teamId, ...change });
}
