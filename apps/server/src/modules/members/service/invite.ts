import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import { newId } from "../../../platform/ids/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import {
  assertCan,
  changeInvitation,
  countInvitations,
  covers,
  findInvitation,
  findRole,
  type InvitationRow,
  invitationOf,
  memberWithEmail,
  putInvitation,
  recordAudit,
  recordSecurityEvent,
  searchInvitations,
  type TenantRole,
} from "../../identity/index.ts";
import type { Invitation, SentInvitation } from "../members.schema.ts";
import { findTeam } from "../teams.queries.ts";
import { describeInvitations, roleOf } from "./describe-invitations.ts";
import { manages } from "./describe-members.ts";
import { holdActor } from "./hold-member.ts";
import { newInvitationToken, sendLink } from "./invitation-link.ts";
import { beyondOwnRights } from "./manage-members.ts";

/** Invitations that may be open at once; a bound against mistakes. */
const mostInvitations = 1_000;
/** Mails of a tenant's in an hour: invitations go to strangers, whom nobody shall flood by us. */
const mailLimit = { limit: 200, windowMs: 3_600_000 };

export interface Invited {
  emails: readonly string[];
  role: string;
  name?: string | undefined;
  teamId?: string | undefined;
  skills?: string[] | undefined;
}

/** Open invitations, the newest first; those that expired stand there to be sent again. */
export async function listInvitations(
  ctx: Ctx,
  input: { page: number; pageSize: number; search?: string | undefined },
): Promise<{ items: Invitation[]; total: number }> {
  assertCan(ctx.actor, "manage members");
  return inTx(ctx, async (ctx) => {
    const { rows, total } = await searchInvitations(ctx, input);
    return { items: await describeInvitations(ctx, rows), total };
  });
}

/**
 * Invites addresses into the caller's tenant, in a role that goes no further than the caller's own rights. An address
 * that has an open invitation gets a new link, and the old one opens nothing. Members are left alone and named.
 */
export async function invite(
  ctx: Ctx,
  input: Invited,
): Promise<{ invitations: SentInvitation[]; alreadyMembers: string[] }> {
  assertCan(ctx.actor, "manage members");
  const emails = [...new Set(input.emails)].sort();
  await countMails(ctx, emails.length);
  return inTx(ctx, async (outer) => {
    const role = await findRole(outer, input.role);
    const { ctx } = await holdActor(outer);
    assertMayInvite(ctx, role);
    if (input.teamId) {
      assertCan(ctx.actor, "manage teams");
      await findTeam(ctx, input.teamId);
    }
    const alreadyMembers: string[] = [];
    const invitations: SentInvitation[] = [];
    for (const email of emails) {
      if (await memberWithEmail(ctx, email)) alreadyMembers.push(email);
      else invitations.push(await inviteOne(ctx, email, role, input));
    }
    if ((await countInvitations(ctx)) > mostInvitations) {
      throw new AppError(
        "CONFLICT",
        `A workspace has at most ${mostInvitations} open invitations. Revoke some that nobody will accept.`,
      );
    }
    return { invitations, alreadyMembers };
  });
}

/** Sends an invitation again: another link, good for as long as a new one, and the old one opens nothing. */
export async function resendInvitation(
  ctx: Ctx,
  { invitationId }: { invitationId: string },
): Promise<SentInvitation> {
  assertCan(ctx.actor, "manage members");
  await countMails(ctx, 1);
  return inTx(ctx, async (outer) => {
    const { ctx } = await holdActor(outer);
    const before = await findInvitation(ctx, invitationId);
    const role = await findRole(ctx, roleOf(before));
    const inviter = assertMayInvite(ctx, role);
    const { token, ...renewed } = newInvitationToken(ctx.now());
    const row = await changeInvitation(ctx, before.id, {
      ...renewed,
      inviterId: inviter.id,
      mailed: ctx.ports.mailer.canSend,
    });
    await audit(ctx, "invitation.resent", row, { before: facts(before), after: facts(row) });
    return sent(ctx, row, await sendLink(ctx, { email: row.email, token, role, inviter: inviter.name }));
  });
}

/** Takes an invitation back: its link opens nothing any more. */
export async function revokeInvitation(ctx: Ctx, { invitationId }: { invitationId: string }): Promise<void> {
  assertCan(ctx.actor, "manage members");
  await inTx(ctx, async (outer) => {
    const { ctx, roles } = await holdActor(outer);
    const before = await findInvitation(ctx, invitationId);
    const role = roles.get(roleOf(before));
    if (!manages(ctx.actor, role)) throw beyondOwnRights(role?.name ?? roleOf(before));
    const row = await changeInvitation(ctx, before.id, { status: "revoked", tokenHash: null });
    await audit(ctx, "invitation.revoked", row, { before: facts(before) });
  });
}

async function inviteOne(
  ctx: TxCtx,
  email: string,
  role: TenantRole,
  input: Invited,
): Promise<SentInvitation> {
  const inviter = assertMayInvite(ctx, role);
  const before = await invitationOf(ctx, email);
  // one that somebody with more rights sent is theirs to change
  if (before) assertMayInvite(ctx, await findRole(ctx, roleOf(before)));
  const { token, ...renewed } = newInvitationToken(ctx.now());
  const row = await putInvitation(ctx, {
    id: newId(),
    email,
    name: input.name ?? null,
    role: role.id,
    teamId: input.teamId ?? null,
    skills: input.skills ?? [],
    ...renewed,
    mailed: ctx.ports.mailer.canSend,
    inviterId: inviter.id,
    createdAt: ctx.now(),
  });
  await audit(ctx, "invitation.sent", row, {
    ...(before ? { before: facts(before) } : {}),
    after: facts(row),
  });
  await recordSecurityEvent(ctx, {
    kind: "member_invited",
    userId: inviter.id,
    ipAddress: ctx.ipAddress,
    detail: { email, role: role.name },
  });
  return sent(ctx, row, await sendLink(ctx, { email, token, role, inviter: inviter.name }));
}

/** Who invites; throws FORBIDDEN for a role that goes beyond their own rights, and for a program. */
function assertMayInvite({ actor }: TxCtx, role: TenantRole): { id: string; name: string } {
  assertCan(actor, "manage members");
  if (!covers(actor, role.rights)) throw beyondOwnRights(role.name);
  if (actor.kind === "user") return { id: actor.userId, name: actor.name };
  throw new AppError("FORBIDDEN", "Only a person can invite: the invitation says who did.");
}

async function countMails(ctx: Ctx, mails: number): Promise<void> {
  for (let n = 0; n < mails; n++) {
    const hit = await ctx.rateLimiter.hit(`invitations/${ctx.tenantId}`, mailLimit);
    if (hit.allowed) continue;
    throw new AppError(
      "TOO_MANY_REQUESTS",
      `A workspace sends at most ${mailLimit.limit} invitations an hour. Wait ${hit.retryAfterSeconds} seconds.`,
    );
  }
}

async function sent(ctx: TxCtx, row: InvitationRow, link: string | null): Promise<SentInvitation> {
  const [invitation] = await describeInvitations(ctx, [row]);
  if (!invitation) throw new AppError("INTERNAL", "The invitation was not read.");
  return { ...invitation, link };
}

function facts({ email, role, teamId, expiresAt }: InvitationRow) {
  return { email, role, teamId, expiresAt };
}

function audit(
  ctx: TxCtx,
  action: string,
  row: InvitationRow,
  change: { before?: Record<string, unknown>; after?: Record<string, unknown> },
): Promise<void> {
  return recordAudit(ctx, { action, subjectType: "invitation", subjectId: row.id, ...change });
}
