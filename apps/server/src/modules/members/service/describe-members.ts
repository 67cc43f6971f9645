import type { Actor } from "../../../platform/ctx/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import {
  adminsOf,
  can,
  covers,
  type MemberRow,
  membersElsewhere,
  rolesOfTenant,
  statusOfMember,
  type TenantRole,
} from "../../identity/index.ts";
import type { Member } from "../members.schema.ts";
import { teamsOf } from "../teams.queries.ts";
import { isLastAdmin } from "./last-admin.ts";

/** Members as the caller sees them, each with what the caller may do with them. */
export async function describeMembers(ctx: TxCtx, rows: MemberRow[]): Promise<Member[]> {
  const ids = rows.map((row) => row.userId);
  const roles = await rolesOfTenant(ctx);
  const teams = await teamsOf(ctx, ids);
  const admins = await adminsOf(ctx);
  const elsewhere = await membersElsewhere(ctx, ids);
  return rows.map((row) => ({
    id: row.userId,
    email: row.email,
    name: row.name,
    image: row.image,
    role: row.role,
    roleName: roles.get(row.role)?.name ?? row.role,
    status: statusOfMember(row),
    teams: teams.get(row.userId) ?? [],
    skills: row.skills,
    joinedAt: row.joinedAt,
    deactivatedAt: row.deactivatedAt,
    can: abilitiesOver(ctx.actor, row, {
      role: roles.get(row.role),
      isLast: isLastAdmin(admins, row.userId),
      isElsewhere: elsewhere.has(row.userId),
    }),
  }));
}

/** Whether the actor looks after members, and this one may do no more than they. */
export function manages(actor: Actor, role: Pick<TenantRole, "rights"> | undefined): boolean {
  // a role that is gone has no rights: its members need another one from whoever manages members
  return can(actor, "manage members") && covers(actor, role?.rights ?? []);
}

export function isSelf(actor: Actor, userId: string): boolean {
  return actor.kind === "user" && actor.userId === userId;
}

/**
 * What the actor may do with a member. Name and way in are the person's as a whole: they are a workspace's business
 * only while the person belongs to no other, and never where the person looks after the installation.
 */
export function abilitiesOver(
  actor: Actor,
  member: MemberRow,
  facts: { role: TenantRole | undefined; isLast: boolean; isElsewhere: boolean },
): Member["can"] {
  const isManaged = manages(actor, facts.role);
  const isOurs = isManaged && !facts.isElsewhere && member.platformRole === "USER";
  const isActive = member.deactivatedAt === null;
  const mayGo = isManaged && isActive && !facts.isLast;
  return {
    update: isManaged,
    rename: isOurs || isSelf(actor, member.userId),
    // one's own is changed with the present one (account)
    resetPassword: isOurs && isActive && !isSelf(actor, member.userId),
    changeRole: mayGo,
    deactivate: mayGo,
    reactivate: isManaged && !isActive,
  };
}
