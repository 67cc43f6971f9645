import type { z } from "zod";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError, isAppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { assertCan, findInvitation } from "../../identity/index.ts";
import {
  type createV1UserSchema,
  joinName,
  splitName,
  toInvitedUser,
  toV1User,
  type updateV1UserSchema,
  type V1User,
  type v1UserQuery,
} from "../v1-users.schema.ts";
import { describeInvitations } from "./describe-invitations.ts";
import { invite, listInvitations, revokeInvitation } from "./invite.ts";
import {
  deactivateMember,
  getMember,
  listMembers,
  reactivateMember,
  updateMemberRole,
} from "./manage-members.ts";
import { updateMember } from "./update-member.ts";

/*
 * Seed 004 knows users alone: whom it creates is invited, and stands among its users as `invited` until they accept.
 * Nobody gets an account by it before they took the invitation, so that it does not tell who has one already.
 */

/** For whoever manages members: they, or with `status: "invited"` who has not accepted yet. */
export async function listV1Users(
  ctx: Ctx,
  { status, ...filter }: z.output<typeof v1UserQuery>,
): Promise<{ items: V1User[]; total: number }> {
  assertCan(ctx.actor, "manage members");
  if (status === "invited") {
    const { items, total } = await listInvitations(ctx, filter);
    return { items: items.map(toInvitedUser), total };
  }
  const of = status === "active" ? "active" : status === "inactive" ? "deactivated" : undefined;
  const { items, total } = await listMembers(ctx, { ...filter, status: of });
  return { items: items.map(toV1User), total };
}

export async function getV1User(ctx: Ctx, id: string): Promise<V1User> {
  return inTx(ctx, async (ctx) => {
    const invited = await invitedUser(ctx, id);
    return invited ?? toV1User(await getMember(ctx, { userId: id }));
  });
}

export async function createV1User(
  ctx: Ctx,
  { firstName, lastName, email, ...rest }: z.output<typeof createV1UserSchema>,
): Promise<V1User & { inviteLink: string | null }> {
  const { invitations } = await invite(ctx, {
    emails: [email],
    name: joinName(firstName, lastName),
    ...rest,
  });
  const [invitation] = invitations;
  if (!invitation) throw new AppError("CONFLICT", `${email} belongs to a member already.`);
  return { ...toInvitedUser(invitation), inviteLink: invitation.link };
}

/** All of the change, or nothing of it. */
export async function updateV1User(
  ctx: Ctx,
  id: string,
  { firstName, lastName, role, teamId, skills, status }: z.output<typeof updateV1UserSchema>,
): Promise<V1User> {
  assertCan(ctx.actor, "manage members"); // also where nothing is to be changed
  return inTx(ctx, async (ctx) => {
    if (status === "active") await reactivateMember(ctx, { userId: id });
    if (firstName !== undefined || lastName !== undefined || teamId !== undefined || skills !== undefined) {
      const known = splitName((await getMember(ctx, { userId: id })).name);
      const isNamed = firstName !== undefined || lastName !== undefined;
      await updateMember(ctx, {
        userId: id,
        ...(isNamed ? { name: joinName(firstName ?? known.firstName, lastName ?? known.lastName) } : {}),
        skills,
        ...(teamId === undefined ? {} : { teamIds: teamId === null ? [] : [teamId] }),
      });
    }
    if (role !== undefined) await updateMemberRole(ctx, { userId: id, role });
    if (status === "inactive") await deactivateMember(ctx, { userId: id });
    return toV1User(await getMember(ctx, { userId: id }));
  });
}

/** Ends a membership, or takes an invitation back. */
export async function deactivateV1User(ctx: Ctx, id: string): Promise<void> {
  await inTx(ctx, async (ctx) => {
    if (await invitedUser(ctx, id)) await revokeInvitation(ctx, { invitationId: id });
    else await deactivateMember(ctx, { userId: id });
  });
}

/** The pending invitation with this id, as a user; null where there is none. */
async function invitedUser(ctx: TxCtx, id: string): Promise<V1User | null> {
  assertCan(ctx.actor, "manage members");
  try {
    const [invitation] = await describeInvitations(ctx, [await findInvitation(ctx, id)]);
    return invitation ? toInvitedUser(invitation) : null;
  } catch (error) {
    if (isAppError(error) && error.code === "NOT_FOUND") return null;
    throw error;
  }
}
