import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, changeMember, changeUser, membersElsewhere, recordAudit } from "../../identity/index.ts";
import type { Member } from "../members.schema.ts";
import { findTeam, joinTeam, leaveTeams, teamsOf } from "../teams.queries.ts";
import { abilitiesOver } from "./describe-members.ts";
import { type HeldMember, holdMember } from "./hold-member.ts";
import { describeMember } from "./manage-members.ts";

export interface MemberChange {
  userId: string;
  name?: string | undefined;
  skills?: string[] | undefined;
  teamIds?: string[] | undefined;
}

/** Changes what is known about a member: skills, teams, and the name of one who belongs to no other workspace. */
export async function updateMember(ctx: Ctx, input: MemberChange): Promise<Member> {
  assertCan(ctx.actor, "manage members");
  if (input.teamIds) assertCan(ctx.actor, "manage teams");
  return inTx(ctx, async (outer) => {
    const held = await holdMember(outer, input.userId);
    const { ctx, member } = held;
    const before = { name: member.name, skills: member.skills };
    if (input.name !== undefined && input.name !== member.name) await rename(held, input.name);
    if (input.skills) await changeMember(ctx, member.userId, { skills: input.skills });
    const teams = input.teamIds ? await setTeams(ctx, member.userId, input.teamIds) : null;
    await recordAudit(ctx, {
      action: "member.updated",
      subjectType: "user",
      subjectId: member.userId,
      before: { ...before, ...(teams ? { teamIds: teams.before } : {}) },
      after: {
        name: input.name ?? before.name,
        skills: input.skills ?? before.skills,
        ...(teams ? { teamIds: teams.after } : {}),
      },
    });
    return describeMember(ctx, member.userId);
  });
}

async function rename({ ctx, member, role }: HeldMember, name: string): Promise<void> {
  const elsewhere = await membersElsewhere(ctx, [member.userId]);
  const isElsewhere = elsewhere.has(member.userId);
  if (!abilitiesOver(ctx.actor, member, { role, isLast: false, isElsewhere }).rename) {
    throw new AppError(
      "FORBIDDEN",
      `${member.name} belongs to other workspaces too. The name is theirs to change.`,
    );
  }
  await changeUser(member.userId, { name, updatedAt: ctx.now() });
}

/** Puts a member into just these teams; those that they stay in keep their place. */
async function setTeams(
  ctx: TxCtx,
  userId: string,
  teamIds: string[],
): Promise<{ before: string[]; after: string[] }> {
  const wanted = [...new Set(teamIds)];
  for (const id of wanted) await findTeam(ctx, id);
  const before = ((await teamsOf(ctx, [userId])).get(userId) ?? []).map(({ id }) => id);
  await leaveTeams(
    ctx,
    before.filter((id) => !wanted.includes(id)),
    userId,
  );
  for (const id of wanted) if (!before.includes(id)) await joinTeam(ctx, id, userId);
  return { before, after: wanted };
}
