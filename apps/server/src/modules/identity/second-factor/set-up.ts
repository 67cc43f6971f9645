import { renderSVG } from "uqr";
import { inTx } from "../../../platform/ctx/index.ts";
import { AppError } from "../../../platform/errors/index.ts";
import type { Ctx } from "../../../ports/index.ts";
import { recordAudit } from "../audit.ts";
import { distrustDevices } from "../devices/trust.ts";
import { recordSecurityEvent } from "../logs/record-security-event.ts";
import { newBackupCodes, sealCodes } from "./backup-codes.ts";
import { noteTry, type Proof } from "./prove.ts";
import { newSecret, setUpAddress } from "./totp.ts";
import { assertShown, sealSecret, tryCode } from "./try-code.ts";
import { changeTwoFactor, lockTwoFactor, noteWhetherEnabled, putPendingTwoFactor } from "./two-factors.ts";

export interface SetUp {
  /** For typing into an app that cannot read the QR code. */
  secret: string;
  uri: string;
  qrSvg: string;
}

/**
 * Begins to set up an authenticator app, anew where one was begun and never confirmed. Nothing changes for sign-in
 * until a code of it was shown. Throws CONFLICT where one is set up already.
 */
export async function startSetUp(ctx: Ctx, person: { userId: string; email: string }): Promise<SetUp> {
  const secret = newSecret();
  await inTx(ctx, async (ctx) => {
    const sealed = sealSecret(ctx.vault, person.userId, secret);
    if (!(await putPendingTwoFactor(person.userId, sealed, ctx.now()))) {
      throw new AppError("CONFLICT", "Two-step verification is on already. Turn it off to use another app.");
    }
    await recordAudit(ctx, { action: "mfa.setup_started", subjectType: "user", subjectId: person.userId });
  });
  const uri = setUpAddress(secret, person.email);
  return { secret, uri, qrSvg: renderSVG(uri, { border: 2 }) };
}

/**
 * Turns two-step verification on by the first code of the new app. The ten backup codes are told now and never again.
 * Null where nothing is being set up. Throws VALIDATION_ERROR for a wrong code, TOO_MANY_REQUESTS while locked.
 */
export async function finishSetUp(
  ctx: Ctx,
  userId: string,
  code: string,
): Promise<(Proof & { backupCodes: string[] }) | null> {
  const backupCodes = newBackupCodes();
  const found = await inTx(ctx, async (ctx) => {
    const row = await lockTwoFactor(userId);
    if (!row || row.confirmedAt) return null;
    const found = await tryCode(ctx, row, code);
    await noteTry(ctx, userId, found, row.lockedUntil);
    if (found.kind !== "code") return found;
    const now = ctx.now();
    await changeTwoFactor(userId, {
      confirmedAt: now,
      backupCodes: sealCodes(ctx.vault, userId, backupCodes),
    });
    await noteWhetherEnabled(userId, true, now);
    await distrustDevices(userId); // whatever was trusted before was asked for nothing
    await recordAudit(ctx, {
      action: "mfa.enabled",
      subjectType: "user",
      subjectId: userId,
      before: { twoFactorEnabled: false },
      after: { twoFactorEnabled: true },
    });
    await recordSecurityEvent(ctx, { kind: "mfa_enabled", userId, ipAddress: ctx.ipAddress });
    return found;
  });
  if (!found) return null;
  const mfaAt = ctx.now();
  assertShown(found, mfaAt);
  return { mfaAt, backupCodesLeft: null, backupCodes };
}
