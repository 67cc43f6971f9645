import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import {
  assertCan,
  endSessions,
  findTenant,
  hashPassword,
  type MemberRow,
  makeResetLink,
  membersElsewhere,
  putPassword,
  recordAudit,
  recordSecurityEvent,
  removeSecondFactor,
  verifyPassword,
} from "../../identity/index.ts";
import { abilitiesOver, isSelf } from "./describe-members.ts";
import { holdMember } from "./hold-member.ts";

/**
 * A link by which a member chooses a new password, for one who belongs to this workspace alone: by mail, or where the
 * installation cannot send any, answered once for whoever asked to hand over.
 */
export async function createResetLink(
  ctx: Ctx,
  { userId }: { userId: string },
): Promise<{ link: string | null }> {
  assertCan(ctx.actor, "manage members");
  return inTx(ctx, async (outer) => {
    const { ctx, member } = await holdForAccount(outer, userId);
    const { language } = await findTenant(ctx.tenantId);
    const link = await makeResetLink(ctx, { id: userId, email: member.email }, language ?? "en");
    await recordAudit(ctx, {
      action: "member.reset_link_made",
      subjectType: "user",
      subjectId: userId,
      after: { by: link === null ? "mail" : "link" },
    });
    return { link };
  });
}

/**
 * Sets a password: one's own with the present one, or that of a member who belongs to this workspace alone. All sessions
 * of the person end, and devices that were trusted are no more.
 */
export async function setPassword(
  ctx: Ctx,
  input: { userId: string; password: string; currentPassword?: string | undefined },
): Promise<void> {
  const { userId } = input;
  const isOwn = isSelf(ctx.actor, userId);
  if (isOwn) await assertCurrent(ctx, userId, input.currentPassword ?? "");
  else assertCan(ctx.actor, "manage members");
  const passwordHash = await hashPassword(ctx, input.password); // before the transaction: it takes a tenth of a second
  await inTx(ctx, async (outer) => {
    const ctx = isOwn ? outer : (await holdForAccount(outer, userId)).ctx;
    await putPassword(userId, passwordHash);
    const endedSessions = await endSessions(userId);
    await recordAudit(ctx, {
      action: "member.password_set",
      subjectType: "user",
      subjectId: userId,
      after: { endedSessions },
    });
    await recordSecurityEvent(ctx, { kind: "password_changed", userId, ipAddress: ctx.ipAddress });
  });
}

/**
 * For a member who lost phone and backup codes, and belongs to this workspace alone: signing in asks for the password
 * only, and for a new second factor where the workspace requires one. All sessions of the person end.
 */
export async function removeMembersSecondFactor(ctx: Ctx, { userId }: { userId: string }): Promise<void> {
  assertCan(ctx.actor, "manage members");
  await inTx(ctx, async (outer) => {
    const { ctx } = await holdForAccount(outer, userId);
    await removeSecondFactor(ctx, userId);
  });
}

/** A member whose account the actor may see to, with the actor's rights of this moment. Throws FORBIDDEN for others. */
async function holdForAccount(outer: TxCtx, userId: string): Promise<{ ctx: TxCtx; member: MemberRow }> {
  if (outer.actor.kind === "apiKey") {
    throw new AppError("FORBIDDEN", "No API key opens a way into a person's account: sign in for that.");
  }
  const { ctx, member, role } = await holdMember(outer, userId);
  const isElsewhere = (await membersElsewhere(ctx, [userId])).has(userId);
  if (abilitiesOver(ctx.actor, member, { role, isLast: false, isElsewhere }).resetPassword)
    return { ctx, member };
  throw new AppError(
    "FORBIDDEN",
    isSelf(ctx.actor, userId)
      ? "Change your own password in your account, with the present one."
      : `${member.name}'s account is not this workspace's alone. They choose a new password themselves.`,
  );
}

async function assertCurrent(ctx: Ctx, userId: string, currentPassword: string): Promise<void> {
  if (await verifyPassword(ctx, userId, currentPassword)) return;
  const message = "currentPassword is not right. Nothing was changed.";
  throw new AppError("VALIDATION_ERROR", message, {
    details: { fields: [{ path: "currentPassword", message }] },
  });
}
