import { AppError, notFound } from "../../../platform/errors/index.ts";
import type { TxCtx } from "../../../ports/index.ts";
import {
  assertCan,
  lockMembers,
  type MemberRow,
  rolesOfTenant,
  statusOfMember,
  type TenantRole,
} from "../../identity/index.ts";
import { manages } from "./describe-members.ts";

/** A member whose row is locked, with all that decides what may be done with them. */
export interface HeldMember {
  /** With the rights that the actor has at this moment, under the lock. */
  ctx: TxCtx;
  member: MemberRow;
  role: TenantRole | undefined;
  /** All owners and admins, locked as well. */
  locked: MemberRow[];
}

/**
 * Locks a member for a change that the actor may make: someone who was demoted or deactivated a moment ago changes
 * nothing any more. Throws NOT_FOUND, or FORBIDDEN for a member who may do more than the actor.
 */
export async function holdMember(ctx: TxCtx, userId: string): Promise<HeldMember> {
  const { ctx: now, locked, roles } = await holdActor(ctx, [userId]);
  assertCan(now.actor, "manage members");
  const member = locked.find((row) => row.userId === userId);
  if (!member) throw notFound("The user");
  const role = roles.get(member.role);
  if (!manages(now.actor, role)) {
    throw new AppError(
      "FORBIDDEN",
      `${member.name} may do more here than you. It takes somebody with the same rights.`,
    );
  }
  return { ctx: now, member, role, locked };
}

/** Locks whoever acts, and others with them, and reads the actor's rights again. Throws FORBIDDEN once they are out. */
export async function holdActor(
  ctx: TxCtx,
  others: readonly string[] = [],
): Promise<{ ctx: TxCtx; locked: MemberRow[]; roles: Map<string, TenantRole> }> {
  const { actor } = ctx;
  const locked = await lockMembers(ctx, actor.kind === "user" ? [actor.userId, ...others] : others);
  const roles = await rolesOfTenant(ctx);
  if (actor.kind !== "user") return { ctx, locked, roles };
  const self = locked.find((row) => row.userId === actor.userId);
  if (!self || statusOfMember(self) !== "active") {
    throw new AppError("FORBIDDEN", "You are no longer a member of this workspace.");
  }
  const rights = roles.get(self.role)?.rights ?? new Set();
  return { ctx: { ...ctx, actor: { ...actor, role: self.role, rights } }, locked, roles };
}
