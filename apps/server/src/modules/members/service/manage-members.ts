import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { revokeApiKeysOf } from "../../api-keys/index.ts";
import { releaseConversationsOf } from "../../conversations/index.ts";
import {
  assertCan,
  changeMember,
  covers,
  endSessionsHere,
  findMember,
  findRole,
  type MemberStatus,
  recordAudit,
  recordSecurityEvent,
  searchMembers,
} from "../../identity/index.ts";
import type { Member } from "../members.schema.ts";
import { findTeam, peopleOf } from "../teams.queries.ts";
import { describeMembers, isSelf } from "./describe-members.ts";
import { holdMember } from "./hold-member.ts";
import { assertAdminRemains } from "./last-admin.ts";

/** The members of the caller's tenant, by name. */
export async function listMembers(
  ctx: Ctx,
  input: {
    page: number;
    pageSize: number;
    search?: string | undefined;
    role?: string | undefined;
    teamId?: string | undefined;
    status?: MemberStatus | undefined;
  },
): Promise<{ items: Member[]; total: number }> {
  assertCan(ctx.actor, "read members");
  return inTx(ctx, async (ctx) => {
    const { page, pageSize, role, teamId, search, status } = input;
    if (teamId) await findTeam(ctx, teamId);
    const { rows, total } = await searchMembers(ctx, {
      limit: pageSize,
      offset: (page - 1) * pageSize,
      search,
      status,
      ...(role ? { roles: [role] } : {}),
      ...(teamId ? { userIds: await peopleOf(ctx, teamId) } : {}),
    });
    return { items: await describeMembers(ctx, rows), total };
  });
}

/** A member of the caller's tenant. Everybody may see themselves. */
export async function getMember(ctx: Ctx, { userId }: { userId: string }): Promise<Member> {
  if (!isSelf(ctx.actor, userId)) assertCan(ctx.actor, "read members");
  return inTx(ctx, (ctx) => describeMember(ctx, userId));
}

/**
 * Gives a member another role, from their next request on. Nobody gives rights that they lack, and the last owner or
 * admin stays (CONFLICT). Whose role changes is signed out of this tenant: what was signed in with the old rights ends.
 */
export async function updateMemberRole(
  ctx: Ctx,
  { userId, role: roleId }: { userId: string; role: string },
): Promise<Member> {
  assertCan(ctx.actor, "manage members");
  return inTx(ctx, async (outer) => {
    const role = await findRole(outer, roleId);
    const { ctx, member, role: before, locked } = await holdMember(outer, userId);
    if (!covers(ctx.actor, role.rights)) throw beyondOwnRights(role.name);
    if (member.deactivatedAt) {
      throw new AppError("CONFLICT", `${member.name} is deactivated. Reactivate them first.`);
    }
    if (member.role === role.id) return describeMember(ctx, userId);
    if (role.id !== "owner") assertAdminRemains(locked, userId);
    await changeMember(ctx, userId, { role: role.id });
    await endSessionsHere(ctx, userId);
    const [from, to] = [before?.name ?? member.role, role.name];
    await recordAudit(ctx, {
      action: "member.role_changed",
      subjectType: "user",
      subjectId: userId,
      before: { role: member.role, roleName: from },
      after: { role: role.id, roleName: to },
    });
    await recordSecurityEvent(ctx, {
      kind: "role_changed",
      userId,
      ipAddress: ctx.ipAddress,
      detail: { from, to },
    });
    return describeMember(ctx, userId);
  });
}

/**
 * Ends a membership at once: sessions and API keys in this tenant end, conversations go back to the queue. What they
 * wrote keeps their name. Doing it again changes nothing; the last owner or admin stays (CONFLICT).
 */
export async function deactivateMember(ctx: Ctx, { userId }: { userId: string }): Promise<Member> {
  assertCan(ctx.actor, "manage members");
  return inTx(ctx, async (outer) => {
    const { ctx, member, locked } = await holdMember(outer, userId);
    if (member.deactivatedAt) return describeMember(ctx, userId);
    assertAdminRemains(locked, userId);
    await changeMember(ctx, userId, { deactivatedAt: ctx.now() });
    await endSessionsHere(ctx, userId);
    const keys = await revokeApiKeysOf(ctx, userId);
    const conversations = await releaseConversationsOf(ctx, userId);
    await recordAudit(ctx, {
      action: "member.deactivated",
      subjectType: "user",
      subjectId: userId,
      before: { status: "active", role: member.role },
      after: { status: "deactivated", revokedKeys: keys, releasedConversations: conversations },
    });
    await recordSecurityEvent(ctx, { kind: "member_removed", userId, ipAddress: ctx.ipAddress });
    return describeMember(ctx, userId);
  });
}

/** Lets a deactivated member in again, with the role and teams that they had. Keys stay revoked. */
export async function reactivateMember(ctx: Ctx, { userId }: { userId: string }): Promise<Member> {
  assertCan(ctx.actor, "manage members");
  return inTx(ctx, async (outer) => {
    const { ctx, member } = await holdMember(outer, userId);
    if (!member.deactivatedAt) return describeMember(ctx, userId);
    await changeMember(ctx, userId, { deactivatedAt: null });
    await recordAudit(ctx, {
      action: "member.reactivated",
      subjectType: "user",
      subjectId: userId,
      before: { status: "deactivated" },
      after: { status: "active", role: member.role },
    });
    return describeMember(ctx, userId);
  });
}

export async function describeMember(ctx: TxCtx, userId: string): Promise<Member> {
  const [member] = await describeMembers(ctx, [await findMember(ctx, userId)]);
  if (!member) throw new AppError("INTERNAL", "The member was not read.");
  return member;
}

export function beyondOwnRights(roleName: string): AppError {
  return new AppError(
    "FORBIDDEN",
    `The role ${roleName} may do more than you. Nobody gives rights that they lack.`,
  );
}
