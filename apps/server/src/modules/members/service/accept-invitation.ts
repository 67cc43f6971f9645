import { type Browser, contextFor, type Principal, type Services } from "../../../faces/principal.ts";
import type { Actor } from "../../../platform/ctx/index.ts";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import {
  addMember,
  assertMayUsePassword,
  beginSession,
  can,
  changeInvitation,
  confirmAddress,
  covers,
  findRole,
  hashPassword,
  insertAccount,
  invitationByToken,
  invitationOf,
  lockMembers,
  type OpenInvitation,
  recordAudit,
  rolesOfTenant,
  rotateSession,
  statusOfMember,
  type TenantRole,
} from "../../identity/index.ts";
import { joinTeam, teamNames } from "../teams.queries.ts";
import { roleOf } from "./describe-invitations.ts";
import { hashOfToken } from "./invitation-link.ts";

/** What a link opens, for whoever holds it. Used, revoked, expired and made-up links answer alike: NOT_FOUND. */
export async function openInvitation(services: Services, token: string) {
  const invitation = await invitationByToken(services.db, hashOfToken(token), services.now());
  if (!invitation) throw noSuchInvitation();
  const { email, name, tenant, inviter, expiresAt, hasAccount } = invitation;
  const role = await inTx(joining(services, invitation, { ipAddress: null }), (ctx) =>
    stillGood(ctx, invitation),
  );
  return {
    email,
    name,
    tenant: { name: tenant.name },
    inviter,
    role: role.id,
    roleName: role.name,
    expiresAt,
    hasAccount,
  };
}

interface Caller {
  principal: Principal | null;
  browser: Browser;
  ipAddress: string | null;
  userAgent?: string | null;
  requestId?: string | null;
}

export interface Acceptance {
  token: string;
  name?: string | undefined;
  password?: string | undefined;
}

/**
 * Makes whoever holds the link a member of the tenant that sent it, in the role that it names, and signs them in there.
 * Somebody without an account chooses a name and a password; an account's owner must be signed in as the address that
 * was invited (UNAUTHORIZED); where its domain comes by single sign-on alone, a password is no way in (SSO_REQUIRED).
 * Each link works once: of many at the same time one succeeds, the others find nothing.
 */
export async function acceptInvitation(
  services: Services,
  caller: Caller,
  input: Acceptance,
): Promise<{ tenant: { id: string; name: string } }> {
  const invitation = await invitationByToken(services.db, hashOfToken(input.token), services.now());
  if (!invitation) throw noSuchInvitation();
  const { id, name } = invitation.tenant;
  if (invitation.hasAccount) {
    const person = ownerOfAddress(caller.principal, invitation.email);
    await inTx(joining(services, invitation, caller), (ctx) => join(ctx, invitation, async () => person.id));
    // they may do other things from here on, so that the token of before is worth nothing
    await rotateSession(services, caller.browser, { tenantId: id });
  } else {
    const account = await newAccount(services, invitation, input);
    const userId = await inTx(joining(services, invitation, caller), (ctx) =>
      join(ctx, invitation, async (ctx) => {
        const made = await insertAccount(ctx, account);
        if (!made) throw noSuchInvitation(); // somebody was faster
        return made.userId;
      }),
    );
    await beginSession(services, caller.browser, { userId, tenantId: id });
  }
  return { tenant: { id, name } };
}

/** Everything that makes somebody a member, in one transaction of the invitation's own tenant. */
async function join(
  outer: TxCtx,
  opened: OpenInvitation,
  whoJoins: (ctx: TxCtx) => Promise<string>,
): Promise<string> {
  // locked in the order in which all lock: the role, members, the invitation
  await findRole(outer, roleOf(opened));
  const role = await stillGood(outer, opened);
  const invitation = await invitationOf(outer, opened.email);
  // of many at once the first one used it; or it was sent anew since it was opened
  if (!invitation || invitation.tokenHash !== opened.tokenHash || roleOf(invitation) !== role.id) {
    throw noSuchInvitation();
  }
  const userId = await whoJoins(outer);
  const actor: Actor = { kind: "user", userId, name: "", role: role.id, rights: role.rights };
  const ctx = { ...outer, actor };
  const isNew = await addMember(ctx, { userId, role: role.id, skills: invitation.skills });
  if (isNew && invitation.teamId && (await teamNames(ctx, [invitation.teamId])).size > 0) {
    await joinTeam(ctx, invitation.teamId, userId);
  }
  if (invitation.mailed) await confirmAddress(userId, ctx.now());
  await changeInvitation(ctx, invitation.id, { status: "accepted", tokenHash: null });
  await recordAudit(ctx, {
    action: "invitation.accepted",
    subjectType: "invitation",
    subjectId: invitation.id,
    before: { status: "pending", email: invitation.email },
    after: { status: "accepted", userId, role: role.id, roleName: role.name },
  });
  return userId;
}

/**
 * The role that an invitation gives. Throws NOT_FOUND unless whoever sent it could send it now: an invitation is worth
 * no more than its sender, who may have left or have fewer rights since.
 */
async function stillGood(ctx: TxCtx, invitation: OpenInvitation): Promise<TenantRole> {
  if (invitation.tenant.status !== "active") throw noSuchInvitation();
  const locked = await lockMembers(ctx, [invitation.inviterId]);
  const roles = await rolesOfTenant(ctx);
  const role = roles.get(roleOf(invitation));
  const inviter = locked.find((member) => member.userId === invitation.inviterId);
  if (!role || !inviter || statusOfMember(inviter) !== "active") throw noSuchInvitation();
  const { userId, name } = inviter;
  const rights = roles.get(inviter.role)?.rights ?? new Set();
  const actor: Actor = { kind: "user", userId, name, role: inviter.role, rights };
  if (!can(actor, "manage members") || !covers(actor, role.rights)) throw noSuchInvitation();
  return role;
}

function ownerOfAddress(principal: Principal | null, email: string): { id: string } {
  if (principal?.user.email !== email) {
    throw new AppError("UNAUTHORIZED", `Sign in as ${email} first, then open the link again.`, {
      details: { email },
    });
  }
  if (principal.secondFactor === "missing") {
    throw new AppError("MFA_REQUIRED", "Show your second factor first, then open the link again.");
  }
  return principal.user;
}

/** The account to make. The password is hashed before any transaction: it takes a tenth of a second. */
async function newAccount(services: Services, invitation: OpenInvitation, { name, password }: Acceptance) {
  await assertMayUsePassword(services.db, { userId: null, email: invitation.email });
  const called = name ?? invitation.name;
  const missing = [...(called ? [] : ["name"]), ...(password ? [] : ["password"])];
  if (!called || !password) {
    throw new AppError("VALIDATION_ERROR", `Choose a ${missing.join(" and a ")}: there is no account yet.`, {
      details: { fields: missing.map((path) => ({ path, message: "This is needed for a new account." })) },
    });
  }
  return {
    name: called,
    email: invitation.email,
    passwordHash: await hashPassword(services, password),
    emailVerified: invitation.mailed,
  };
}

function joining(
  services: Services,
  { tenant }: OpenInvitation,
  from: Omit<Caller, "principal" | "browser">,
) {
  return contextFor(services, { kind: "system", name: "invitation" }, tenant.id, from.ipAddress, from);
}

function noSuchInvitation(): AppError {
  return new AppError(
    "NOT_FOUND",
    "This invitation is not good any more: it was used, taken back, or is too old. Ask for a new one.",
  );
}
