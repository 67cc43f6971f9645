import { and, eq } from "drizzle-orm";
import { inTx } from "../../../platform/ctx/index.ts";
import { asSystem } from "../../../platform/db/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx, TxCtx } from "../../../ports/index.ts";
import { recordAudit } from "../audit.ts";
import { endSessions } from "../auth/sessions.ts";
import { distrustDevices } from "../devices/trust.ts";
import { members, sessions, tenants } from "../identity.tables.ts";
import { recordSecurityEvent } from "../logs/record-security-event.ts";
import { newBackupCodes, sealCodes } from "./backup-codes.ts";
import { changeTwoFactor, lockTwoFactor, noteWhetherEnabled, removeTwoFactor } from "./two-factors.ts";

/**
 * Turns two-step verification off: the app, its backup codes and every trusted device go, and no session counts as
 * having shown a second factor. Throws CONFLICT while a workspace of theirs asks for one, ILLEGAL_TRANSITION where it
 * is off.
 */
export async function turnOff(ctx: Ctx, userId: string): Promise<void> {
  await inTx(ctx, async (ctx) => {
    const row = await lockTwoFactor(userId);
    if (!row?.confirmedAt) throw notOn();
    const asking = await tenantAskingFor(userId);
    if (asking !== null) {
      throw new AppError(
        "CONFLICT",
        `The workspace "${asking}" asks its members for a second factor, so that it stays on.`,
      );
    }
    await takeAway(ctx, userId);
  });
}

/**
 * Takes the second factor of somebody away who lost it, in the transaction of whoever may: also where a workspace asks
 * for one, so that they set up another. All their sessions end. Throws ILLEGAL_TRANSITION where it is off.
 */
export async function removeSecondFactor(ctx: TxCtx, userId: string): Promise<void> {
  const row = await lockTwoFactor(userId);
  if (!row?.confirmedAt) throw notOn();
  await takeAway(ctx, userId);
  await endSessions(userId);
}

async function takeAway(ctx: TxCtx, userId: string): Promise<void> {
  await removeTwoFactor(userId);
  await noteWhetherEnabled(userId, false, ctx.now());
  await asSystem((tx) => tx.update(sessions).set({ mfaAt: null }).where(eq(sessions.userId, userId)));
  await distrustDevices(userId);
  await recordAudit(ctx, {
    action: "mfa.disabled",
    subjectType: "user",
    subjectId: userId,
    before: { twoFactorEnabled: true },
    after: { twoFactorEnabled: false },
  });
  await recordSecurityEvent(ctx, { kind: "mfa_disabled", userId, ipAddress: ctx.ipAddress });
}

/** Ten new backup codes, told once; none of the former works any more. Throws ILLEGAL_TRANSITION where it is off. */
export async function renewBackupCodes(ctx: Ctx, userId: string): Promise<string[]> {
  const codes = newBackupCodes();
  await inTx(ctx, async (ctx) => {
    const row = await lockTwoFactor(userId);
    if (!row?.confirmedAt) throw notOn();
    await changeTwoFactor(userId, { backupCodes: sealCodes(ctx.vault, userId, codes) });
    await recordAudit(ctx, {
      action: "mfa.backup_codes_regenerated",
      subjectType: "user",
      subjectId: userId,
    });
  });
  return codes;
}

function notOn(): AppError {
  return new AppError("ILLEGAL_TRANSITION", "Two-step verification is not on.");
}

/** The name of a workspace of theirs that asks for a second factor, or null. */
async function tenantAskingFor(userId: string): Promise<string | null> {
  const [tenant] = await asSystem((tx) =>
    tx
      .select({ name: tenants.name })
      .from(members)
      .innerJoin(tenants, eq(tenants.id, members.organizationId))
      .where(and(eq(members.userId, userId), eq(tenants.requireMfa, true)))
      .limit(1),
  );
  return tenant?.name ?? null;
}
