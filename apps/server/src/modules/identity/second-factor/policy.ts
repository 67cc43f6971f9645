import { and, count, eq, exists, not, or } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { asSystem } from "../../../platform/db/index.ts";
import { AppError, notFound } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { recordAudit } from "../audit.ts";
import { passkeys } from "../auth/auth.tables.ts";
import { assertCan } from "../identity.policy.ts";
import { members, tenants, users } from "../identity.tables.ts";

export interface MfaPolicy {
  requireMfa: boolean;
  members: number;
  /** Members with neither an authenticator app nor a passkey: they set one up when they come next. */
  membersWithout: number;
}

/** Whether a workspace asks every member for a second factor, and how many have none. Throws FORBIDDEN. */
export async function getMfaPolicy(ctx: Ctx): Promise<MfaPolicy> {
  assertCan(ctx.actor, "manage sign-in");
  const db = ctx.db.system();
  const [tenant] = await db
    .select({ requireMfa: tenants.requireMfa })
    .from(tenants)
    .where(eq(tenants.id, ctx.tenantId));
  if (!tenant) throw notFound("The workspace");
  const hasPasskey = exists(db.select().from(passkeys).where(eq(passkeys.userId, users.id)));
  const ofTenant = eq(members.organizationId, ctx.tenantId);
  const countWhere = async (where: ReturnType<typeof and>) => {
    const [row] = await db
      .select({ n: count() })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(where);
    return row?.n ?? 0;
  };
  return {
    requireMfa: tenant.requireMfa,
    members: await countWhere(ofTenant),
    membersWithout: await countWhere(
      and(ofTenant, not(or(users.twoFactorEnabled, hasPasskey) ?? hasPasskey)),
    ),
  };
}

/**
 * Has a workspace ask for a second factor, whichever way its members sign in, or no more. It holds from each member's
 * next request. Whoever turns it on has shown one in this very session (`hasShown`), so that they are not the first
 * whom it locks out. Throws FORBIDDEN, or ILLEGAL_TRANSITION where they have not.
 */
export async function setMfaPolicy(ctx: Ctx, requireMfa: boolean, hasShown: boolean): Promise<MfaPolicy> {
  assertCan(ctx.actor, "manage sign-in");
  if (requireMfa && !hasShown) {
    throw new AppError(
      "ILLEGAL_TRANSITION",
      "Show a second factor yourself first: turn two-step verification on for your account, or sign in by a passkey.",
    );
  }
  await inTx(ctx, async (ctx) => {
    const [before] = await asSystem((tx) =>
      tx
        .select({ requireMfa: tenants.requireMfa })
        .from(tenants)
        .where(eq(tenants.id, ctx.tenantId))
        .for("no key update"),
    );
    if (!before) throw notFound("The workspace");
    if (before.requireMfa === requireMfa) return;
    await asSystem((tx) => tx.update(tenants).set({ requireMfa }).where(eq(tenants.id, ctx.tenantId)));
    await recordAudit(ctx, {
      action: "tenant.mfa_policy_changed",
      subjectType: "tenant",
      subjectId: ctx.tenantId,
      before,
      after: { requireMfa },
    });
  });
  return getMfaPolicy(ctx);
}
