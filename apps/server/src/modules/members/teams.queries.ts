import { and, asc, count, eq, ilike, inArray } from "drizzle-orm";
import { containing } from "../../platform/db/index.ts";
import { notFound } from "../../platform/errors/index.ts";
import type { TxCtx } from "../../ports/index.ts";
import { teamMembers, teams } from "./members.tables.ts";

export type TeamRow = typeof teams.$inferSelect;

/** A team of the tenant; throws NOT_FOUND. Locked, it stays as it is until the transaction ends. */
export async function findTeam(ctx: TxCtx, id: string, options: { lock?: boolean } = {}): Promise<TeamRow> {
  const query = ctx.tx
    .select()
    .from(teams)
    .where(and(eq(teams.tenantId, ctx.tenantId), eq(teams.id, id)));
  const [row] = options.lock ? await query.for("update") : await query;
  if (!row) throw notFound("The team");
  return row;
}

/** By name. */
export async function searchTeams(
  ctx: TxCtx,
  filter: { page: number; pageSize: number; search?: string | undefined },
): Promise<{ rows: TeamRow[]; total: number }> {
  const where = and(
    eq(teams.tenantId, ctx.tenantId),
    filter.search ? ilike(teams.name, containing(filter.search)) : undefined,
  );
  const [totals] = await ctx.tx.select({ n: count() }).from(teams).where(where);
  const rows = await ctx.tx
    .select()
    .from(teams)
    .where(where)
    .orderBy(asc(teams.name), asc(teams.id))
    .limit(filter.pageSize)
    .offset((filter.page - 1) * filter.pageSize);
  return { rows, total: totals?.n ?? 0 };
}

export async function countTeams(ctx: TxCtx): Promise<number> {
  const [row] = await ctx.tx.select({ n: count() }).from(teams).where(eq(teams.tenantId, ctx.tenantId));
  return row?.n ?? 0;
}

/** Whether another team of the tenant has the name. */
export async function isTeamName(ctx: TxCtx, name: string, exceptId: string): Promise<boolean> {
  const rows = await ctx.tx
    .select({ id: teams.id })
    .from(teams)
    .where(and(eq(teams.tenantId, ctx.tenantId), eq(teams.name, name)));
  return rows.some(({ id }) => id !== exceptId);
}

/** How many people each of these teams has. */
export async function sizesOf(ctx: TxCtx, teamIds: string[]): Promise<Map<string, number>> {
  if (teamIds.length === 0) return new Map();
  const rows = await ctx.tx
    .select({ teamId: teamMembers.teamId, n: count() })
    .from(teamMembers)
    .where(and(eq(teamMembers.tenantId, ctx.tenantId), inArray(teamMembers.teamId, teamIds)))
    .groupBy(teamMembers.teamId);
  return new Map(rows.map(({ teamId, n }) => [teamId, n]));
}

/** Who is in a team. */
export async function peopleOf(ctx: TxCtx, teamId: string): Promise<string[]> {
  const rows = await ctx.tx
    .select({ userId: teamMembers.userId })
    .from(teamMembers)
    .where(and(eq(teamMembers.tenantId, ctx.tenantId), eq(teamMembers.teamId, teamId)));
  return rows.map(({ userId }) => userId);
}

/** The teams of each of these people, the one that they joined first at first. */
export async function teamsOf(
  ctx: TxCtx,
  userIds: string[],
): Promise<Map<string, { id: string; name: string }[]>> {
  const found = new Map<string, { id: string; name: string }[]>(userIds.map((id) => [id, []]));
  if (userIds.length === 0) return found;
  const rows = await ctx.tx
    .select({ userId: teamMembers.userId, id: teams.id, name: teams.name })
    .from(teamMembers)
    .innerJoin(teams, and(eq(teams.tenantId, teamMembers.tenantId), eq(teams.id, teamMembers.teamId)))
    .where(and(eq(teamMembers.tenantId, ctx.tenantId), inArray(teamMembers.userId, userIds)))
    .orderBy(asc(teamMembers.createdAt), asc(teams.id));
  for (const { userId, ...team } of rows) found.get(userId)?.push(team);
  return found;
}

/** Names of teams by id; those that are gone are missing. */
export async function teamNames(ctx: TxCtx, ids: string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.tx
    .select({ id: teams.id, name: teams.name })
    .from(teams)
    .where(and(eq(teams.tenantId, ctx.tenantId), inArray(teams.id, ids)));
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export async function joinTeam(ctx: TxCtx, teamId: string, userId: string): Promise<void> {
  await ctx.tx
    .insert(teamMembers)
    .values({ tenantId: ctx.tenantId, teamId, userId, createdAt: ctx.now() })
    .onConflictDoNothing();
}

export async function leaveTeams(ctx: TxCtx, teamIds: string[], userId: string): Promise<void> {
  if (teamIds.length === 0) return;
  await ctx.tx
    .delete(teamMembers)
    .where(
      and(
        eq(teamMembers.tenantId, ctx.tenantId),
        inArray(teamMembers.teamId, teamIds),
        eq(teamMembers.userId, userId),
      ),
    );
}
